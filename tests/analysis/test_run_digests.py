"""Every hypothesis names the runs of the twin that it rests on, the same whoever made them."""

from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from multiprocessing import get_context

import pytest
from support.line_run import at_min, noisy, package, planted, replayed

from investigator.analysis.diagnosis import Diagnosis, diagnose
from investigator.analysis.run_digests import with_runs
from investigator.analysis.views import hypothesis_fits
from investigator.casework.ranking_document import ranking_document
from investigator.casework.stored import encoded
from investigator.domain.results import RankingResult
from investigator.trust.digest import is_digest
from investigator.twin.failure_mode import Shape, TimeShape
from investigator.twin.scenario import Window

IN_ANOTHER_SHAPE = (TimeShape(Shape.PULSES, (600.0,), "So."),) * 4
AMONG = ("paddle_overspeed", "nir_fouling", "line_stop_stagnation", "api_loadcell_drift")


class Inline(Executor):
    """Does what it is given at once, in the thread that asks."""

    def submit(self, fn, /, *args, **kwargs):
        future = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def ranked(executor: Executor) -> Diagnosis:
    c = planted(noisy(5), "paddle_overspeed", Window(at_min(70), at_min(110)), (60.0,)).comparison
    modes = tuple(m for m in package().failure_modes if m.cause in AMONG)
    return diagnose(replayed(c), replace(package(), failure_modes=modes), executor=executor)


@cache
def by_one() -> Diagnosis:
    with ThreadPoolExecutor(1) as executor:
        return ranked(executor)


def stored(found: Diagnosis) -> bytes:
    fits = hypothesis_fits(found.replay.comparison, found.hypotheses)
    return encoded(
        RankingResult(found.ranking, found.panels, fits, found.assumptions, found.findings)
    )


def runs_with(found: Diagnosis, **changed) -> dict[str, tuple[str, ...]]:
    given = {
        "c": found.replay.comparison,
        "hypotheses": found.hypotheses,
        "believed": found.posterior,
        "twin_digest": package().digest,
        "values": package().parameters.values_by_name(),
        **changed,
    }
    rows = with_runs(found.ranking.hypotheses, given.pop("c"), given.pop("hypotheses"),
                     given.pop("believed"), **given)  # fmt: skip
    return {row.cause: row.runs for row in rows}


@pytest.mark.requirement("DIA-051")
def test_the_same_runs_and_result_whatever_executor():
    with ThreadPoolExecutor(2) as executor:
        by_two = ranked(executor)
    assert stored(by_two) == stored(by_one())
    assert stored(ranked(Inline())) == stored(by_one())
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
        assert stored(ranked(executor)) == stored(by_one())


@pytest.mark.requirement("DIA-051")
def test_every_hypothesis_rests_on_the_unperturbed_run_and_on_runs_of_its_own():
    runs = {h.cause: h.runs for h in by_one().ranking.hypotheses}
    assert set(runs) == set(AMONG)
    assert all(is_digest(digest) for named in runs.values() for digest in named)
    assert len({named[0] for named in runs.values()}) == 1
    assert len(runs["line_stop_stagnation"]) == 1
    own = [named[1] for cause, named in runs.items() if cause != "line_stop_stagnation"]
    assert own


@pytest.mark.requirement("DIA-051")
def test_what_a_run_follows_from_names_it():
    found = by_one()
    as_used = runs_with(found)
    assert as_used == {h.cause: h.runs for h in found.ranking.hypotheses}
    values = package().parameters.values_by_name()
    name = sorted(values)[0]
    other = runs_with(found, values={**values, name: values[name] * (1.0 + 1e-15) + 1e-300})
    of_another = runs_with(found, twin_digest="sha256:00")
    for runs in (other, of_another):
        for cause, named in runs.items():
            assert not set(named) & set(as_used[cause])
    moved = {
        model: tuple(replace(f, window=replace(f.window, end_ms=f.window.end_ms + 1)) for f in fits)
        for model, fits in found.hypotheses.fits.items()
    }
    bent = {
        model: tuple(replace(f, added=f.added.plus(f.added, 1e-9)) for f in fits)
        for model, fits in found.hypotheses.fits.items()
    }
    of_a_run = {
        model: tuple(replace(f, window=replace(f.window, lab_run=("lab_q30", "R1"))) for f in fits)
        for model, fits in found.hypotheses.fits.items()
    }
    shaped = {
        model: tuple(replace(f, mode=replace(f.mode, shapes=IN_ANOTHER_SHAPE)) for f in fits)
        for model, fits in found.hypotheses.fits.items()
    }
    told = runs_with(found, hypotheses=replace(found.hypotheses, fits=of_a_run))
    in_another = runs_with(found, hypotheses=replace(found.hypotheses, fits=shaped))
    later = runs_with(found, hypotheses=replace(found.hypotheses, fits=moved))
    otherwise = runs_with(found, hypotheses=replace(found.hypotheses, fits=bent))
    for cause, named in (
        *told.items(), *later.items(), *otherwise.items(), *in_another.items()
    ):  # fmt: skip
        assert named[0] == as_used[cause][0]
        assert not set(named[1:]) & set(as_used[cause][1:])


@pytest.mark.requirement("OUT-009")
def test_the_result_names_the_runs_of_every_ranked_cause():
    ranking = by_one().ranking
    document = ranking_document(ranking, "Europe/Berlin")
    assert [row["runs"] for row in document["ranked_hypotheses"]] == [
        list(h.runs) for h in ranking.hypotheses
    ]
    assert document["ranked_hypotheses"][0]["runs"]
