"""Which view shows which place; each is made when it is first gone to.

Importing them, and what plots are drawn with, takes a quarter of a second; `prepare_views` does
that beforehand, off the thread of the window.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType

from investigator.desktop.frame.state import Place
from investigator.desktop.frame.view import View


def prepare_views() -> None:
    """Import all views and what they draw with; call this off the thread of the window."""
    import_module("investigator.desktop.plots.stack")
    for name in _MODULES:
        import_module(f"investigator.desktop.views.{name}")


def _case() -> View:
    from investigator.desktop.views.case import CaseView

    return CaseView()


def _evidence() -> View:
    from investigator.desktop.views.evidence import EvidenceView

    return EvidenceView()


def _timeline() -> View:
    from investigator.desktop.views.timeline import TimelineView

    return TimelineView()


def _replay() -> View:
    from investigator.desktop.views.replay import ReplayView

    return ReplayView()


def _hypotheses() -> View:
    from investigator.desktop.views.hypotheses import HypothesesView

    return HypothesesView()


def _impact() -> View:
    from investigator.desktop.views.impact import ImpactView

    return ImpactView()


def _disposition() -> View:
    from investigator.desktop.views.disposition import DispositionView

    return DispositionView()


def _report() -> View:
    from investigator.desktop.views.report import ReportView

    return ReportView()


def _audit() -> View:
    from investigator.desktop.views.audit import AuditView

    return AuditView()


def _twin() -> View:
    from investigator.desktop.views.twin import TwinView

    return TwinView()


def _people() -> View:
    from investigator.desktop.views.people import PeopleView

    return PeopleView()


VIEWS: Mapping[Place, Callable[[], View]] = MappingProxyType(
    {
        Place.CASE: _case,
        Place.EVIDENCE: _evidence,
        Place.TIMELINE: _timeline,
        Place.REPLAY: _replay,
        Place.HYPOTHESES: _hypotheses,
        Place.IMPACT: _impact,
        Place.DISPOSITION: _disposition,
        Place.REPORT: _report,
        Place.AUDIT: _audit,
        Place.TWIN: _twin,
        Place.PEOPLE: _people,
    }
)

_MODULES = (
    "case",
    "evidence",
    "timeline",
    "replay",
    "hypotheses",
    "impact",
    "disposition",
    "report",
    "audit",
    "twin",
    "people",
)
"""Where the views are, in the order in which they are needed."""
