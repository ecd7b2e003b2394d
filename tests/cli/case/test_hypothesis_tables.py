"""The hypotheses of a case as lines for a person and as values for programs."""

from dataclasses import replace

import pytest
from cli.case.test_tables import seen
from support.estimated import an_estimated
from support.investigations import CAUSES, JUDGED, OPENED, RANKED
from support.witnessed import MISSING, witnessed

from investigator.cli.case import hypothesis_tables as tables


@pytest.mark.requirement("CLI-011")
def test_hypotheses_stand_with_probability_and_verdict() -> None:
    head, *lines = tables.hypothesis_lines(seen())
    names = ["Cause", "Probability", "Onset", "Size", "Time", "shape", "Verdict", "State", "Title"]
    assert head.split() == names
    assert lines[0].split()[:4] == [CAUSES[0], "93.0", "%", "10:12"]
    assert lines[2].startswith("none of these")
    assert lines[2].rstrip().endswith("2.0 %")
    assert lines[-1] == "Would tell: Weigh LW-311 against a mass (up to 0.80 bit)"


@pytest.mark.requirement("CLI-098")
def test_the_time_shape_of_a_fit_stands_with_it() -> None:
    found = seen()
    assert tables.hypothesis_documents(found)[0]["time_shape"] is None
    first, *others = found.ranking.ranking.hypotheses
    first = replace(first, time_shape="pulse train", time_constant_s=1505.3)
    told = replace(found.ranking.ranking, hypotheses=(first, *others))
    found = replace(found, ranking=replace(found.ranking, ranking=told))
    assert "pulse train, period 1510 s" in tables.hypothesis_lines(found)[1]
    document = tables.hypothesis_documents(found)[0]
    assert (document["time_shape"], document["time_constant_s"]) == ("pulse train", 1505.3)


@pytest.mark.requirement("CLI-099")
def test_a_likely_hypothesis_is_told_in_full() -> None:
    found = seen()
    first, *others = found.ranking.ranking.hypotheses
    told = replace(found.ranking.ranking, hypotheses=(an_estimated(first.cause), *others))
    found = replace(found, ranking=replace(found.ranking, ranking=told))
    [line] = [row for row in tables.hypothesis_lines(found) if "at work for" in row]
    assert line.startswith(f"{first.cause}: with 95 % intervals, onset 2026-03-04 10:12")
    assert line.endswith("; lag 7.0 (2.0 to 12.0) s")
    document = tables.hypothesis_documents(found)[0]
    assert [size["name"] for size in document["sizes"]] == ["over-feed", "lag"]
    unranked = tables.hypothesis_documents(seen(until=OPENED))
    assert all(row["sizes"] is None for row in unranked)


@pytest.mark.requirement("CLI-011")
def test_what_was_not_ranked_yet_is_only_listed() -> None:
    lines = tables.hypothesis_lines(seen(until=OPENED))
    assert len(lines) == 1
    waiting = tables.hypothesis_documents(seen(until=RANKED))
    assert [row["verdict"] for row in waiting] == [None, None]
    assert tables.hypothesis_documents(seen(until=JUDGED[0]))[0]["verdict"] == "supported"


@pytest.mark.requirement("DIA-055", "DIA-054")
def test_what_is_missing_and_what_alarms_say_stands_below_the_hypotheses() -> None:
    found = seen()
    told = replace(found.ranking, ranking=witnessed(found.ranking.ranking))
    lines = tables.hypothesis_lines(replace(found, ranking=told))
    assert f"Missing: {MISSING}" in lines
    cause = found.ranking.ranking.hypotheses[0].cause
    assert any(
        line.startswith(f"{cause}: Alarm LW-311 LOW was expected") and "did not come" in line
        for line in lines
    )
    assert f"{cause}: Alarms and operators raise its prior by a factor of 2.2." in lines
