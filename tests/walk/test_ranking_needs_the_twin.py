"""The ranking rests on the twin: where its response is a constant, nothing can be told apart.

Given the example deviation, whose cause the twin finds, when every simulation answers as if nothing
had been changed, then no failure mode is believed any more.
"""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from investigator.analysis import comparison
from investigator.analysis.diagnosis import Replay, diagnose, replay
from investigator.casework.twins import choose_twin, tag_list
from investigator.domain.ranking import Ranking
from investigator.evidence.decided import decided
from investigator.evidence.folder import read_folder
from investigator.process.line import LineParameters
from investigator.twin.package import TwinPackage
from investigator.twin.predicted import Frame, Nominals, Predicted
from investigator.twin.scenario import Perturbation

CAUSE = "api_loadcell_drift"


def constant(
    frame: Frame, p: Perturbation, parameters: LineParameters, nominals: Nominals, null: Predicted
) -> Predicted:
    """The twin's response to nothing, whatever it is asked."""
    return null


@pytest.fixture(scope="module")
def package() -> TwinPackage:
    return choose_twin(None)


@pytest.fixture(scope="module")
def replayed(example: Path, package: TwinPackage) -> Replay:
    manifest = package.manifest
    evidence = read_folder(
        example,
        tags=tag_list(package),
        line_id=manifest.line_id,
        site_zone=manifest.site_zone,
    )
    return replay(decided(evidence), package)


def ranked(replayed: Replay, package: TwinPackage) -> Ranking:
    with ThreadPoolExecutor(2) as executor:
        return diagnose(replayed, package, executor=executor).ranking


@pytest.mark.requirement("DIA-003")
def test_with_the_twin_the_cause_is_found(replayed: Replay, package: TwinPackage) -> None:
    lead = ranked(replayed, package).hypotheses[0]
    assert lead.cause == CAUSE
    assert lead.probability > 0.8


@pytest.mark.requirement("DIA-003")
def test_without_the_response_of_the_twin_the_ranking_collapses(
    replayed: Replay, package: TwinPackage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparison, "predict", constant)
    ranking = ranked(replayed, package)
    assert ranking.hypotheses[0].probability < 0.2
    assert ranking.none_of_the_above > 0.5
