"""Why a hypothesis is rejected or only less probable: one sentence with its numbers."""

from dataclasses import replace

import pytest
from support.dossiers import a_hypothesis, a_span

from investigator.domain.elimination import rejection, standing
from investigator.domain.ranking import Elimination

ZONE = "Europe/Berlin"
LEFT = Elimination(
    channel="NIR API content",
    span=a_span(13, 31),
    predicted=20.01,
    measured=18.13,
    undisturbed=20.02,
    unit="% w/w",
    implausibility=7.46,
    second=4.0,
    second_channel="Assay (QC)",
    explained_by="API feeder bridging",
)
CAME_NOT = replace(LEFT, predicted=18.0, measured=20.0, undisturbed=20.0)
IMPROBABLE = replace(a_hypothesis("nir_fouling", 0.001), strength="strong evidence against it")


@pytest.mark.requirement("DIA-044")
class TestRejected:
    def test_a_change_that_stays_unexplained_is_told_with_its_numbers(self) -> None:
        assert rejection(LEFT, ZONE) == (
            "Rejected: NIR API content was 18.1 % w/w from 10:13 to 10:31; at best it gives "
            "20.0 % w/w, the undisturbed line 20.0 % w/w, and API feeder bridging explains it "
            "(implausibility 7.5, and 4.0 in Assay (QC); up to 3 is retained)."
        )

    def test_a_change_that_did_not_come_is_another_sentence(self) -> None:
        assert not LEFT.did_not_come
        assert CAME_NOT.did_not_come
        assert rejection(CAME_NOT, ZONE) == (
            "Rejected: it predicts NIR API content at 18.0 % w/w from 10:13 to 10:31, a change "
            "that did not come: 20.0 % w/w was measured, the undisturbed line gives 20.0 % w/w "
            "(implausibility 7.5, and 4.0 in Assay (QC); up to 3 is retained)."
        )

    def test_a_change_to_the_other_side_did_come(self) -> None:
        hardly = replace(LEFT, predicted=20.2, measured=13.0, undisturbed=20.0)
        assert not hardly.did_not_come
        assert "at best it gives" in rejection(hardly, ZONE)

    def test_nobody_explains_it_where_no_listed_cause_leads(self) -> None:
        assert "explains" not in rejection(replace(LEFT, explained_by=""), ZONE)

    def test_close_values_are_told_apart_by_their_decimals(self) -> None:
        near = replace(LEFT, predicted=250.11, measured=250.42, undisturbed=250.11, unit="-")
        assert "was 250.42 from" in rejection(near, ZONE)
        assert "gives 250.11, the" in rejection(near, ZONE)


@pytest.mark.requirement("DIA-045")
class TestRetained:
    def test_where_nothing_contradicts_it_is_less_probable_and_says_what_it_needs(self) -> None:
        said = standing(IMPROBABLE, ZONE)
        assert said.startswith("Possible, less probable")
        assert "ejected" not in said
        assert "−12.50 (−14.00 to −11.00) % of set-point from 10:12 to 10:30" in said

    def test_rejected_is_said_only_with_what_rejects_it(self) -> None:
        assert standing(replace(IMPROBABLE, elimination=LEFT), ZONE) == rejection(LEFT, ZONE)

    def test_a_probable_one_is_possible(self) -> None:
        assert standing(replace(IMPROBABLE, probability=0.2), ZONE).startswith("Possible:")

    def test_without_an_occasion_its_reason_stands(self) -> None:
        bare = a_hypothesis("nir_fouling", 0.0, fitted=False)
        assert standing(bare, ZONE) == bare.why

    def test_the_leading_one_and_earlier_results_say_nothing(self) -> None:
        assert standing(a_hypothesis("nir_fouling", 0.001), ZONE) == ""
