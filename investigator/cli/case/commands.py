"""The commands of a case, in the order of the walk."""

from investigator.cli.case.analysis import add_analysis
from investigator.cli.case.checks import add_checks
from investigator.cli.case.closing import add_closing
from investigator.cli.case.contributions import add_contributions
from investigator.cli.case.data import add_data
from investigator.cli.case.evidence import add_evidence
from investigator.cli.case.lots import add_lots
from investigator.cli.case.material import add_material
from investigator.cli.case.opening import add_ending, add_opening
from investigator.cli.case.overview import add_overview
from investigator.cli.case.rankings import add_rankings
from investigator.cli.case.reasoning import add_reasoning
from investigator.cli.case.recurrence import add_recurrence
from investigator.cli.case.rereading import add_rereading
from investigator.cli.case.scenarios import add_scenarios
from investigator.cli.sentence_parser import Commands, group


def add_commands(commands: Commands) -> None:
    """Add the commands to the command line."""
    parts = group(commands, "case", "the acts of an investigation, one command each")
    add_overview(parts)
    add_opening(parts)
    add_evidence(parts)
    add_rereading(parts)
    add_data(parts)
    add_material(parts)
    add_lots(parts)
    add_recurrence(parts)
    add_analysis(parts)
    add_contributions(parts)
    add_checks(parts)
    add_rankings(parts)
    add_reasoning(parts)
    add_scenarios(parts)
    add_closing(parts)
    add_ending(parts)
