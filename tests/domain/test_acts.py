"""Acts: each survives the log unchanged, holds nothing inexact, and says what it is about."""

import dataclasses
import enum
import inspect
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, get_args, get_type_hints

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.investigations import (
    ANNOTATED,
    OFF_THE_WALK,
    WALK,
    asked_why,
    chosen,
    clock,
    decided,
    document,
    judged,
    mapped,
    proposed,
    raised,
    tabled,
)

from investigator.domain.acts import (
    analysis,
    case,
    checks,
    closing,
    data_review,
    evidence,
    reasoning,
    scenarios,
)
from investigator.domain.acts.act import Act
from investigator.domain.acts.analysis import TwinUse, Verdict
from investigator.domain.acts.catalogue import ALL_ACTS, BY_WORD
from investigator.domain.acts.data_review import ClockBasis
from investigator.domain.acts.evidence import FindingJudged, Judgement
from investigator.domain.impact import Proposal
from investigator.trust.canonical import GREATEST_INTEGER, canonical_bytes, from_canonical

SAMPLES = (*WALK, *OFF_THE_WALK)
EXACT = {str, int, bool, date, type(None)}

DEMANDS_A_REASON = """
    case opened · finding added · classification changed · due date extended ·
    related batch decided · scope completed · verdict given · conclusion stated ·
    report returned · case re-opened
"""
NEVER_ASKS_FOR_ONE = """
    containment recorded · evidence admitted · document admitted · replay recorded ·
    annotation made · is/is-not stated · why stated · hypothesis raised ·
    check result entered · own check entered · laboratory phase I stated ·
    human error examined · scenario stated · scenario run · ranking recorded ·
    impact recorded · remedies recorded · action proposed ·
    document linked · report issued · report signed · signatures voided · case closed
"""
IT_DEPENDS = "finding judged · clock judged · tags mapped · twin chosen · disposition decided"


def words(table: str) -> set[str]:
    return {" ".join(word.split()) for word in table.split("·")}


def any_act() -> st.SearchStrategy[Act]:
    return st.sampled_from(ALL_ACTS).flatmap(st.from_type).filter(holds_only_numbers_of_a_record)


def holds_only_numbers_of_a_record(act: Act) -> bool:
    numbers = re.findall(r"(?<=[:,\[])-?\d+", msgspec.json.encode(act).decode())
    return all(abs(int(number)) <= GREATEST_INTEGER for number in numbers)


def as_read_back(act: Act) -> Any:
    """Through the bytes of an entry, as casework does it."""
    body = canonical_bytes(msgspec.to_builtins(act))
    return msgspec.convert(from_canonical(body), BY_WORD[act.WORD])


def types_in(hint: Any) -> Iterator[type]:
    """All types that a value with this type hint is made of."""
    if inspect.isclass(hint) and dataclasses.is_dataclass(hint):
        for name, part in get_type_hints(hint).items():
            if name in {f.name for f in dataclasses.fields(hint)}:
                yield from types_in(part)
    elif get_args(hint):
        for part in get_args(hint):
            yield from () if part is Ellipsis else types_in(part)
    else:
        yield hint


@pytest.mark.parametrize("act", SAMPLES, ids=lambda act: f"{act.WORD} {act.about()}")
def test_an_act_of_the_walk_is_read_back_as_it_was_recorded(act: Act) -> None:
    assert as_read_back(act) == act


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_act())
def test_any_act_is_read_back_as_it_was_recorded(act: Act) -> None:
    again = as_read_back(act)
    assert again == act
    assert again.about() == act.about()
    assert again.needs_reason() == act.needs_reason()


@pytest.mark.parametrize("kind", ALL_ACTS, ids=lambda kind: kind.WORD)
def test_an_act_holds_only_what_has_one_digest(kind: type[Act]) -> None:
    foreign = {t for t in types_in(kind) if t not in EXACT and not issubclass(t, enum.StrEnum)}
    assert foreign == set()


def test_the_search_for_floats_would_find_one() -> None:
    weight = dataclasses.make_dataclass("Weight", [("kg", tuple[float, ...] | None)])
    inexact = dataclasses.make_dataclass("Inexact", [("of", tuple[weight, ...])])
    assert float in set(types_in(inexact))


def test_the_catalogue_holds_every_act_that_there_is() -> None:
    found = {
        kind
        for module in (case, evidence, data_review, reasoning, checks, scenarios, analysis, closing)
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, Act) and kind.WORD
    }
    assert found == set(ALL_ACTS)
    assert {type(act) for act in SAMPLES} == found


def test_every_act_has_a_word_of_its_own() -> None:
    assert len({kind.WORD for kind in ALL_ACTS}) == len(ALL_ACTS) == len(BY_WORD)
    assert all(BY_WORD[kind.WORD] is kind for kind in ALL_ACTS)
    assert all(kind.WORD == kind.WORD.strip() != "" for kind in ALL_ACTS)


def test_different_things_are_told_apart() -> None:
    things = {(type(act), act.about()) for act in SAMPLES}
    assert len(things) == len(SAMPLES)


@pytest.mark.parametrize(
    "made",
    [
        document,
        raised,
        decided,
        proposed,
        tabled,
        lambda name: asked_why(name, 1),
        lambda name: judged(name, Verdict.REFUTED),
        lambda name: dataclasses.replace(ANNOTATED, annotation_id=name),
        lambda name: FindingJudged(name, "gap", Judgement.ACCEPTED),
    ],
)
def test_a_thing_is_told_by_its_id_alone(made: Any) -> None:
    one, same, other = made("x"), made("x"), made("y")
    assert one.about() == same.about() != other.about()


def test_a_verdict_names_its_hypothesis_as_the_hypothesis_names_itself() -> None:
    assert judged("x", Verdict.REFUTED).hypothesis() == raised("x").about()


@pytest.mark.requirement("CAS-008")
@pytest.mark.parametrize("act", SAMPLES, ids=lambda act: f"{act.WORD} {act.about()}")
def test_reasons_are_demanded_as_the_table_says(act: Act) -> None:
    if act.WORD not in words(IT_DEPENDS):
        assert act.needs_reason() == (act.WORD in words(DEMANDS_A_REASON))


@pytest.mark.requirement("CAS-008")
def test_a_departure_needs_a_reason_where_agreement_needs_none() -> None:
    assert not decided("D1", Proposal.RELEASE).needs_reason()
    assert all(decided("D1", other).needs_reason() for other in set(Proposal) - {Proposal.RELEASE})
    assert not FindingJudged("F-1", "gap", Judgement.ACCEPTED).needs_reason()
    assert FindingJudged("F-1", "gap", Judgement.DISMISSED).needs_reason()
    assert not clock("LIMS").needs_reason()
    assert clock("LIMS", ClockBasis.SET).needs_reason()
    assert not mapped().needs_reason()
    assert mapped(packaged=False).needs_reason()
    assert not chosen(TwinUse.GXP).needs_reason()
    assert chosen(TwinUse.INFORMATION_ONLY).needs_reason()


def test_the_table_of_reasons_names_every_act_once() -> None:
    tables = (words(DEMANDS_A_REASON), words(NEVER_ASKS_FOR_ONE), words(IT_DEPENDS))
    assert set().union(*tables) == set(BY_WORD)
    assert sum(len(table) for table in tables) == len(BY_WORD)
