"""Batch-analysis results as an HL7 FHIR bundle (profile Bundle-batch-analysis-pq), in XML.

- An `Observation` is a result, the `Medication` that it speaks of names the batch, the
  `ObservationDefinition` that it carries out gives test, method and acceptance criterion. A
  reference range in the observation itself goes before that of the definition.
- A criterion for several substances holds for the one that the observation's component names.
- `cancelled` and `entered-in-error` results are kept as invalidated.
- Resources are found by type and id; a reference that leads nowhere leaves its words empty, and a
  result without batch or value goes to the loss ledger. Nothing is fetched from anywhere.

Read are releases 4 (`qualifiedInterval`) and 5 (`qualifiedValue`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from investigator.domain.acceptance import AcceptanceCriterion, Bound, Verdict
from investigator.domain.errors import UnusableInput
from investigator.domain.laboratory import LabResult, Standing
from investigator.evidence.batch.record_xml import Element, at, children, name_of, parse
from investigator.evidence.laboratory.limits import parse_limit
from investigator.evidence.laboratory.reported import Reported, read_reported
from investigator.evidence.laboratory.results import LaboratoryReading, of_batch
from investigator.evidence.laboratory.rows import FoundResult
from investigator.evidence.ledger import LossLedger
from investigator.evidence.tables.numerals import numeral

ROOT = "Bundle"
NAMESPACE = b"http://hl7.org/fhir"
"""As it stands in the file; by it and the root element such a bundle is known."""

WITHDRAWN = frozenset({"cancelled", "entered-in-error"})
COMPARATORS = {"<": Bound.BELOW, "<=": Bound.BELOW, ">": Bound.ABOVE, ">=": Bound.ABOVE}


@dataclass(frozen=True, slots=True)
class _Bundle:
    """Resources by `Type/id` and by their full address."""

    resources: Mapping[str, Element]

    def of(self, element: Element, *path: str) -> Element | None:
        """The resource that the reference at a path of an element leads to."""
        return self.resources.get(_value(element, *path, "reference"))

    def observations(self) -> Iterator[Element]:
        seen: set[int] = set()
        for resource in self.resources.values():
            if name_of(resource) == "Observation" and id(resource) not in seen:
                seen.add(id(resource))
                yield resource


def read_fhir_laboratory(content: bytes, file: str, *, batch_id: str | None) -> LaboratoryReading:
    """The results of a bundle.

    Args:
        content: the XML.
        file: its name, for messages.
        batch_id: results of another batch are reported and not used; None takes them all.

    Raises:
        UnusableInput: no well-formed XML, no results, or more than half of them unusable.
    """
    root = parse(content, file)
    bundle = _Bundle(_resources(root))
    ledger = LossLedger()
    found = []
    for line, observation in _placed(list(bundle.observations())):
        ledger.rows_read += 1
        try:
            result = _result(observation, bundle)
        except ValueError as why:
            ledger.note(line, _words(observation), str(why))
            continue
        found.append(FoundResult(line, _words(observation), result))
    if not ledger.rows_read:
        raise UnusableInput(
            file, "the FHIR bundle holds no results (Observation)", "export it with its results"
        )
    return of_batch(found, ledger, file, batch_id=batch_id)


def _resources(root: Element) -> dict[str, Element]:
    found: dict[str, Element] = {}
    for entry in children(root, "entry"):
        holder = at(entry, "resource")
        for resource in () if holder is None else holder.iterchildren("{*}*"):
            found[f"{name_of(resource)}/{_value(resource, 'id')}"] = resource
            found.setdefault(_value(entry, "fullUrl") or _value(resource, "url"), resource)
            found.setdefault(_value(resource, "url"), resource)
    return found


def _value(element: Element | None, *path: str) -> str:
    """The `value` at a path of local names; empty where there is none."""
    found = None if element is None else at(element, *path)
    return "" if found is None else (found.get("value") or "").strip()


def _placed(observations: Sequence[Element]) -> Iterator[tuple[int, Element]]:
    """Every result with its line, or with its number where several share a line."""
    lines = [observation.sourceline or 0 for observation in observations]
    apart = len(set(lines)) == len(lines)
    return zip(lines if apart else range(1, len(lines) + 1), observations, strict=True)


def _words(observation: Element) -> str:
    return f"Observation {_value(observation, 'id')}"


def _concept(element: Element | None, *path: str) -> str:
    """A coded concept in words: its text, or else the display or the code of its first coding."""
    return (
        _value(element, *path, "text")
        or _value(element, *path, "coding", "display")
        or _value(element, *path, "coding", "code")
    )


def _result(observation: Element, bundle: _Bundle) -> LabResult:
    medication = bundle.of(observation, "subject")
    batch = _value(medication, "batch", "lotNumber")
    if not batch:
        raise ValueError("names no batch (Medication with lot number)")
    definition = bundle.of(observation, "instantiatesReference")
    if definition is None:
        definition = bundle.resources.get(_value(observation, "instantiatesCanonical"))
    substance = _concept(at(observation, "component"), "valueCodeableConcept")
    reported, written, unit = _reported(observation)
    criterion = _criterion(observation, definition, substance)
    status = _value(observation, "status")
    number, bound = reported.number, reported.bound
    return LabResult(
        sample_id=_value(observation, "specimen", "display"),
        batch_id=batch,
        container_id="",
        stage="",
        test=substance or _value(definition, "title") or _concept(observation, "code"),
        replicate=1,
        result=float("nan") if number is None else float(number),
        unit=unit,
        spec_low=_float(criterion, "lower"),
        spec_high=_float(criterion, "upper"),
        evaluation=_concept(observation, "interpretation"),
        analyst=_performer(observation, bundle),
        instrument=_value(observation, "device", "display"),
        run_id="",
        analysed=_value(observation, "effectiveDateTime"),
        material_lot="",
        reported=written,
        censored=reported.censored,
        bound=None if bound is None else float(bound),
        criterion=criterion,
        standing=Standing.INVALIDATED if status in WITHDRAWN else Standing.VALID,
        reason=_value(observation, "note", "text") or (status if status in WITHDRAWN else ""),
        stated=reported.verdict or Verdict.UNJUDGED,
        method=_concept(observation, "method") or _concept(definition, "method"),
    )


def _float(criterion: AcceptanceCriterion | None, side: str) -> float | None:
    limit: Decimal | None = getattr(criterion, side) if criterion is not None else None
    return None if limit is None else float(limit)


def _performer(observation: Element, bundle: _Bundle) -> str:
    who = bundle.of(observation, "performer")
    return _value(who, "name") or _value(observation, "performer", "display")


def _reported(observation: Element) -> tuple[Reported, str, str]:
    """What was found, as written, and its unit."""
    quantity = at(observation, "valueQuantity")
    if quantity is not None:
        return _quantity(quantity)
    written = (
        _concept(observation, "valueCodeableConcept")
        or _value(observation, "valueString")
        or _value(observation, "valueInteger")
    )
    if not written:
        absent = _concept(observation, "dataAbsentReason")
        raise ValueError(f"has no value{f' ({absent})' if absent else ''}")
    reported = read_reported(written)
    if reported is None:
        raise ValueError(f"{written!r} is no result")
    return reported, written, reported.unit


def _quantity(quantity: Element) -> tuple[Reported, str, str]:
    text, comparator = _value(quantity, "value"), _value(quantity, "comparator")
    number = numeral(text)
    if number is None:
        raise ValueError(f"{text!r} is no number")
    unit = _value(quantity, "unit") or _value(quantity, "code")
    if not comparator:
        return Reported(number=number), text, unit
    if comparator not in COMPARATORS:
        raise ValueError(f"{comparator!r} is no comparator that is known")
    return Reported(censored=COMPARATORS[comparator], bound=number), f"{comparator}{text}", unit


def _criterion(
    observation: Element, definition: Element | None, substance: str
) -> AcceptanceCriterion | None:
    own = at(observation, "referenceRange")
    if own is not None:
        return _range(own, _value(own, "text"))
    for qualified in _qualified(definition):
        applies = _concept(qualified, "appliesTo")
        if applies and applies != substance:
            continue
        limits, text = at(qualified, "range"), _value(qualified, "extension", "valueString")
        if limits is None:
            return parse_limit(text) if text else None
        return _range(limits, text, condition=_value(qualified, "condition"))
    return None


def _qualified(definition: Element | None) -> Iterator[Element]:
    if definition is not None:
        yield from children(definition, "qualifiedValue")
        yield from children(definition, "qualifiedInterval")


def _range(limits: Element, text: str, *, condition: str = "") -> AcceptanceCriterion | None:
    low, high = _value(limits, "low", "value"), _value(limits, "high", "value")
    unit = _value(limits, "high", "unit") or _value(limits, "low", "unit")
    if not low and not high:
        return parse_limit(text) if text else None
    said = f"{low} to {high}" if low and high else f"NLT {low}" if low else f"NMT {high}"
    return AcceptanceCriterion(
        text=text or " ".join(f"{said} {unit} {condition}".split()),
        lower=numeral(low),
        upper=numeral(high),
        unit=unit,
        condition=condition,
    )
