"""The laboratory results as the window shows them: each as reported, and how it stands.

- What is out of specification stands first, then what was invalidated, repeated, or could not be
  judged against its criterion; the others follow as they were read.
- A result is never averaged, and shown with the digits that the laboratory wrote.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.recorded import told
from investigator.desktop.view_models.results import zone_of
from investigator.domain.acceptance import Bound, Verdict
from investigator.domain.laboratory import LabResult, Standing
from investigator.domain.quantities import UNKNOWN, count, fixed

NO_RESULTS = (
    "No laboratory result",
    "The evidence has no file that was taken for laboratory results; see Files for what each was "
    "taken for.",
)
NO_EVIDENCE = (
    "No laboratory result yet",
    "Admit a folder with the laboratory results; each is then shown as it was reported.",
)
OUT = "out of specification"
_OUT, _INVALIDATED, _REPEATED, _UNJUDGED, _ORDINARY = range(5)
_KIND = "laboratory"
_NOTHING = ("", "-", UNKNOWN)


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One result; texts as they are to be read.

    `key`: its place among the results as read. `number`: what it sorts by; None without a number.
    `rank`: 0 for what a person must see first.
    """

    key: int
    sample: str
    container: str
    test: str
    reported: str
    number: float | None
    limit: str
    verdict: str
    standing: str
    method: str
    analysed: str
    sampled: str
    rank: int
    result: LabResult

    @property
    def tone(self) -> Tone:
        """Of its verdict."""
        if self.rank == _OUT:
            return Tone.BAD
        return Tone.WARN if self.rank == _UNJUDGED else Tone.PLAIN

    @property
    def standing_tone(self) -> Tone:
        """Of its standing."""
        return Tone.WARN if self.rank == _INVALIDATED else Tone.PLAIN

    @property
    def asks(self) -> bool:
        """Whether a person should look at it."""
        return self.rank < _ORDINARY


def results(scene: Scene) -> tuple[ResultRow, ...]:
    """The results of the evidence."""
    evidence = scene.seen.evidence if scene.seen else None
    read = evidence.laboratory if evidence else ()
    rows = (_row(place, result) for place, result in enumerate(read))
    return tuple(sorted(rows, key=lambda row: row.rank))


def nothing_said(scene: Scene) -> tuple[str, str]:
    """What is said where there is no result: title and next step."""
    return NO_RESULTS if scene.seen and scene.seen.evidence else NO_EVIDENCE


def results_note(rows: Sequence[ResultRow]) -> str:
    """How many there are, and how many of them stand out."""
    known = [row.result for row in rows]
    said = [
        (out_of_specification(rows), OUT),
        (sum(r.standing is Standing.INVALIDATED for r in known), "invalidated"),
        (sum(r.retest > 0 for r in known), "of a retest"),
        (sum(r.censored is not None for r in known), "beyond the reach of the method"),
    ]
    told_of = [f"{number} {words}" for number, words in said if number]
    first = count(len(known), "result")
    return ", ".join([first, *told_of]) if told_of else f"{first}, none {OUT}"


def out_of_specification(rows: Iterable[ResultRow]) -> int:
    """How many results are."""
    return sum(row.rank == _OUT for row in rows)


def found(rows: Iterable[ResultRow], search: str) -> tuple[ResultRow, ...]:
    """The rows that have every word of the search."""
    words = search.casefold().split()
    return tuple(row for row in rows if all(word in _text(row) for word in words))


def result_name(row: ResultRow) -> str:
    """What a link to evidence calls the result: its test, and its sample where it has one."""
    return row.test if row.sample == UNKNOWN else f"{row.test} {row.sample}"


def result_named(rows: Iterable[ResultRow], target: str) -> ResultRow | None:
    """The result that a link to evidence names, by test and sample, or by one of them alone."""
    known = tuple(rows)
    named = (row for row in known if result_name(row) == target)
    alone = (row for row in known if target in (row.test, row.sample))
    return next(named, None) or next(alone, None)


def inspected_result(scene: Scene, row: ResultRow) -> Inspected:
    """A result with all that the laboratory said of it."""
    evidence, one = scene.seen.evidence if scene.seen else None, row.result
    items = [item for item in (evidence.items if evidence else ()) if item.kind == _KIND]
    admitted = scene.case.evidence if scene.case else None
    entry = told(admitted, zone_of(scene)) if admitted else ""
    facts = (
        ("Reported", row.reported),
        ("Known of it", _known(one)),
        ("Criterion", row.limit),
        ("Verdict", row.verdict),
        ("Laboratory", _statement(one)),
        ("Standing", row.standing),
        ("Sample", one.sample_id),
        ("Container", one.container_id),
        ("Material lot", one.material_lot),
        ("Batch", one.batch_id),
        ("Stage", one.stage),
        ("Replicate", str(one.replicate)),
        ("Method", one.method),
        ("Instrument", one.instrument),
        ("Run", one.run_id),
        ("Analyst", one.analyst),
        ("Sampled", one.sampled),
        ("Analysed", one.analysed),
    )
    return Inspected(
        title=one.test,
        kind="laboratory result",
        facts=tuple((name, value) for name, value in facts if value not in _NOTHING),
        source=". ".join(filter(None, (", ".join(item.file for item in items), entry))),
        digest=items[0].sha256 if len(items) == 1 else "",
        findings=_remarks(one),
    )


def _row(place: int, one: LabResult) -> ResultRow:
    failed, verdict = one.out_of_specification, one.verdict
    return ResultRow(
        key=place,
        sample=one.sample_id or UNKNOWN,
        container=one.container_id or one.material_lot or UNKNOWN,
        test=one.test,
        reported=_reported(one),
        number=one.result if math.isfinite(one.result) else one.bound,
        limit=_limit(one),
        verdict=OUT if failed else _verdict(one, verdict),
        standing=_standing(one),
        method=one.method or UNKNOWN,
        analysed=one.analysed or UNKNOWN,
        sampled=one.sampled or UNKNOWN,
        rank=_OUT if failed else _rank(one, verdict),
        result=one,
    )


def _rank(one: LabResult, verdict: Verdict) -> int:
    """Of a result that is not out of specification."""
    if one.standing is Standing.INVALIDATED:
        return _INVALIDATED
    if one.retest:
        return _REPEATED
    unjudged = verdict is Verdict.UNJUDGED and one.criterion is not None
    return _UNJUDGED if unjudged else _ORDINARY


def _verdict(one: LabResult, verdict: Verdict) -> str:
    if verdict is Verdict.UNJUDGED and one.criterion is None:
        return "no criterion"
    return verdict.value


def _standing(one: LabResult) -> str:
    run = f"retest {one.retest}" if one.retest else ""
    if one.standing is Standing.INVALIDATED:
        said = f"invalidated: {one.reason}" if one.reason else "invalidated, no reason given"
        return ", ".join(filter(None, (run, said)))
    return run or one.standing.value


def _reported(one: LabResult) -> str:
    """As the laboratory wrote it; where only the number was kept, that."""
    text = one.reported or (f"{one.result:.12g}" if math.isfinite(one.result) else UNKNOWN)
    unit = one.reported_unit or one.unit
    return text if not unit or unit == "-" or unit in text else f"{text} {unit}"


def _limit(one: LabResult) -> str:
    if one.criterion is not None and one.criterion.text:
        return one.criterion.text
    low, high = ((word, limit) for word, limit in (("≥", one.spec_low), ("≤", one.spec_high)))
    said = [f"{word} {limit:.12g}" for word, limit in (low, high) if limit is not None]
    unit = "" if one.unit == "-" else one.unit
    return f"{' and '.join(said)} {unit}".strip() if said else UNKNOWN


def _known(one: LabResult) -> str:
    """What is known of a result without number, or of one in another unit."""
    if one.censored is not None:
        side = "below" if one.censored is Bound.BELOW else "above"
        if one.bound is None:
            return f"{side} the reach of the method; no bound is given"
        return f"{side} {one.bound:.12g} {one.unit}; no number is put in its place"
    converted = one.reported_unit and one.reported_unit != one.unit
    return f"{fixed(one.result, 6).rstrip('0')} {one.unit}" if converted else ""


def _statement(one: LabResult) -> str:
    words = f'"{one.evaluation}"' if one.evaluation else ""
    stated = "" if one.stated is Verdict.UNJUDGED else one.stated.value
    return ": ".join(filter(None, (stated, words)))


def _remarks(one: LabResult) -> tuple[Remark, ...]:
    made = []
    judged = Verdict.UNJUDGED not in {one.verdict, one.stated}
    if judged and one.verdict is not one.stated:
        made.append(
            Remark(
                f"By its limits it {one.verdict.value}; the laboratory states that it "
                f"{one.stated.value}."
            )
        )
    if one.standing is Standing.INVALIDATED:
        made.append(Remark("Invalidated: kept, shown, and used in no calculation."))
    return tuple(made)


def _text(row: ResultRow) -> str:
    parts = (row.test, row.sample, row.container, row.verdict, row.standing, row.method)
    return " ".join((*parts, row.result.stage, row.analysed)).casefold()
