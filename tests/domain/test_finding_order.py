"""What needs a person stands first, and one cause is one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.domain.evidence import Finding, Severity, Treatment
from investigator.domain.finding_order import lost_s, review_order
from investigator.domain.instant import Span


def found(
    subject: str,
    kind: str,
    at_s: int | None = 0,
    lasting_s: int = 60,
    *,
    severity: Severity = Severity.MAJOR,
    treatment: Treatment = Treatment.DROP,
    sd_factor: float = 1.0,
) -> Finding:
    span = None if at_s is None else Span(1000 * at_s, 1000 * (at_s + lasting_s))
    return Finding(subject, kind, span, "done", "", severity, treatment, sd_factor)


MINOR, CRITICAL = Severity.MINOR, Severity.CRITICAL
WIDEN, IGNORE = Treatment.WIDEN, Treatment.IGNORE


@pytest.mark.requirement("EVD-273")
def test_the_grave_stand_first_then_what_takes_most_away_then_the_earlier() -> None:
    wanted = [
        found("A", "clock_jump", 500, severity=CRITICAL, treatment=IGNORE),
        found("B", "flatline", 900, 1200, treatment=WIDEN, sd_factor=10.0),
        found("C", "gap", 100, 1000),
        found("D", "straight", 0, 1200, treatment=WIDEN, sd_factor=2.0),
        found("E", "rate", 200, 10),
        found("F", "jump", 300, 10),
        found("G", "bad_status", 0, 5000, severity=MINOR),
    ]
    assert [g.findings for g in review_order(reversed(wanted))] == [(f,) for f in wanted]


@pytest.mark.requirement("EVD-273")
def test_instances_of_one_cause_are_one_line() -> None:
    spikes = [found("NIR-331", "spike", 1000 * n) for n in range(12)]
    other = found("TP-351", "spike", 500)
    first, second = review_order([other, *spikes])
    assert (first.title, second.title) == ("12 x spike in NIR-331", "spike in TP-351")
    assert first.findings == tuple(spikes)


@pytest.mark.requirement("EVD-273")
def test_what_hits_several_signals_over_one_stretch_is_one_line() -> None:
    gaps = [found(f"T{n}", "gap", 3000 + n, 1200) for n in range(14)]
    late = found("T3", "gap", 9000, 1200)
    titles = {g.title for g in review_order([*gaps, late])}
    assert titles == {"gap in 14 signals", "gap in T3"}


@pytest.mark.requirement("EVD-273")
def test_minor_ones_and_those_without_a_stretch_are_one_line_a_kind() -> None:
    duplicates = [found(f"T{n}", "duplicate", 70 * n, 0, severity=MINOR) for n in range(17)]
    missing = [found(f"M{n}", "missing_tag", None, treatment=IGNORE) for n in range(3)]
    titles = [g.title for g in review_order([*duplicates, *missing])]
    assert titles == ["missing tag in 3 signals", "duplicate in 17 signals"]


def test_seconds_of_information_that_are_lost() -> None:
    assert lost_s(found("A", "gap", 0, 100)) == 100.0
    assert lost_s(found("A", "flatline", 0, 100, treatment=WIDEN, sd_factor=2.0)) == 75.0
    assert lost_s(found("A", "clock_jump", 0, 100, treatment=IGNORE)) == 0.0
    assert lost_s(found("A", "missing_tag", None)) == 0.0


FOUND = st.builds(
    found,
    st.sampled_from("ABCD"),
    st.sampled_from(["spike", "gap", "flatline"]),
    st.one_of(st.none(), st.integers(0, 400)),
    st.integers(0, 200),
    severity=st.sampled_from(Severity),
    treatment=st.sampled_from(Treatment),
)


@given(st.lists(FOUND, max_size=12), st.randoms())
def test_no_finding_is_lost_and_their_order_does_not_matter(findings: list[Finding], r) -> None:  # type: ignore[no-untyped-def]
    groups = review_order(findings)
    told = [f for g in groups for f in g.findings]
    assert sorted(map(repr, told)) == sorted(map(repr, findings))
    assert all(len({(f.kind, f.severity) for f in g.findings}) == 1 for g in groups)
    r.shuffle(findings)
    assert review_order(findings) == groups
