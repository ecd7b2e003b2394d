"""When, for how long and how large, in words; what is open says so."""

from dataclasses import replace

import pytest
from support.dossiers import MINUTE, START, a_hypothesis, a_span
from support.estimated import an_estimated

from investigator.domain.estimate_words import (
    NOT_ENDED,
    duration_in_words,
    end_in_words,
    estimates_in_words,
    fitted_sizes,
    onset_in_words,
    sizes_in_words,
)
from investigator.domain.quantities import UNKNOWN
from investigator.domain.ranking import Interval

ZONE = "Europe/Berlin"
TOLD = an_estimated("api_bridging")

pytestmark = pytest.mark.requirement("DIA-068")


def test_an_end_has_its_interval_and_a_duration_its_unit() -> None:
    assert end_in_words(TOLD, ZONE) == (
        "2026-03-04 10:30:00+01:00 (2026-03-04 10:28:00+01:00 to 10:34:00+01:00)"
    )
    assert duration_in_words(TOLD) == "18.0 (15.7 to 22.2) min"
    for lasted, words in (
        (Interval(90.0, 60.0, 120.0), "90 (60 to 120) s"),
        (Interval(11_240.0, 11_198.0, 11_282.0), "187.33 (186.63 to 188.03) min"),
        (Interval(36_000.0, 28_800.0, 43_200.0), "10.0 (8.0 to 12.0) h"),
    ):
        assert duration_in_words(replace(TOLD, duration_s=lasted)) == words


def test_what_may_have_gone_on_beyond_the_run_says_so() -> None:
    perhaps = replace(TOLD, ends_open=True)
    assert end_in_words(perhaps, ZONE).startswith("2026-03-04 10:30:00+01:00 (2026-03-04 10:28:00")
    assert end_in_words(perhaps, ZONE).endswith(f"at the earliest, perhaps {NOT_ENDED})")
    assert duration_in_words(perhaps).endswith("min within the run")
    surely = replace(perhaps, end_ms=START + 34 * MINUTE)
    assert end_in_words(surely, ZONE) == f"{NOT_ENDED} (2026-03-04 10:28:00+01:00 at the earliest)"
    tied = replace(perhaps, end_interval=None)
    assert end_in_words(tied, ZONE) == NOT_ENDED
    assert f"; {NOT_ENDED}; at work for" in estimates_in_words(tied, ZONE)


@pytest.mark.requirement("DIA-069")
def test_every_size_is_named() -> None:
    assert sizes_in_words(TOLD) == (
        "over-feed −12.50 (−14.00 to −11.00) %",
        "lag 7.0 (2.0 to 12.0) s",
    )
    assert fitted_sizes(TOLD) == (-12.5, 7.0)


def test_an_older_result_says_what_it_holds() -> None:
    older = a_hypothesis("api_bridging", 0.9)
    assert end_in_words(older, ZONE) == "2026-03-04 10:30:00+01:00"
    assert duration_in_words(older) == UNKNOWN
    assert sizes_in_words(older) == ("−12.50 (−14.00 to −11.00) % of set-point",)
    assert fitted_sizes(older) == (-12.5,)
    assert "end" not in estimates_in_words(older, ZONE)


def test_one_without_a_fit_says_nothing() -> None:
    none = a_hypothesis("nir_fouling", 0.1, fitted=False)
    assert (onset_in_words(none, ZONE), end_in_words(none, ZONE)) == (UNKNOWN, UNKNOWN)
    assert (sizes_in_words(none), fitted_sizes(none)) == ((), ())
    assert estimates_in_words(none, ZONE) == ""


def test_all_of_it_stands_in_one_line() -> None:
    line = estimates_in_words(replace(TOLD, onset_interval=a_span(11, 13)), ZONE)
    assert line.startswith("with 95 % intervals, onset 2026-03-04 10:12:00+01:00 (")
    for words in ("; end 2026-", "; at work for 18.0 (", "; over-feed ", "; lag 7.0 ("):
        assert words in line
