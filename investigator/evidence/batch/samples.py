"""In-process control samples of the batch record, with every individual value.

A result whose key is no number (`MEAN` and the like) is a summary of the others and is left to
whoever wants to compute it.
"""

from collections.abc import Sequence

from investigator.domain.batch import InProcessSample, InProcessTest
from investigator.evidence.batch.entries import Entries
from investigator.evidence.batch.material import number
from investigator.evidence.batch.record_xml import Element, children, text_at


def samples(elements: Sequence[Element], entries: Entries) -> tuple[InProcessSample, ...]:
    """The in-process samples in order of time."""
    found = entries.each(elements, lambda element: _sample(element, entries))
    return tuple(sorted(found, key=lambda s: s.t_ms))


def _sample(element: Element, entries: Entries) -> InProcessSample:
    size = text_at(element, "SampleSize", "QuantityString")
    return InProcessSample(
        t_ms=entries.instant(element),
        description=text_at(element, "Description"),
        container_id=text_at(element, "SampleSourceID"),
        tests=tuple(_test(test, entries) for test in children(element, "SampleTest")),
        size=number(size) if size else None,
        size_unit=text_at(element, "SampleSize", "UnitOfMeasure"),
    )


def _test(test: Element, entries: Entries) -> InProcessTest:
    results = [
        result
        for outcome in children(test, "SampleTestResult")
        for result in children(outcome, "Results")
        if text_at(result, "Key").isdigit()
    ]
    values = entries.each(results, lambda result: number(text_at(result, "ValueString")))
    units = (text_at(result, "UnitOfMeasure") for result in results)
    return InProcessTest(
        code=text_at(test, "TestCode"),
        name=text_at(test, "TestName"),
        unit=next((unit for unit in units if unit), ""),
        values=values,
    )
