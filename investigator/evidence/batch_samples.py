"""In-process control samples of the batch record, with every individual value.

A result whose key is no number (`MEAN` and the like) is a summary of the others and is left to
whoever wants to compute it.
"""

import math
from collections.abc import Sequence

from investigator.domain.batch import InProcessSample, InProcessTest
from investigator.evidence.batch_xml import Element, children, text_at
from investigator.evidence.instants import read_instant
from investigator.evidence.ledger import LossLedger


def _values(test: Element, ledger: LossLedger) -> tuple[list[float], str]:
    values, unit = [], ""
    for outcome in children(test, "SampleTestResult"):
        for result in children(outcome, "Results"):
            if not text_at(result, "Key").isdigit():
                continue
            ledger.rows_read += 1
            text = text_at(result, "ValueString")
            try:
                value = float(text)
            except ValueError:
                value = math.nan
            if not math.isfinite(value):
                ledger.note(
                    result.sourceline or 0, text, "value of an in-process test is no number"
                )
                continue
            values.append(value)
            unit = unit or text_at(result, "UnitOfMeasure")
    return values, unit


def _tests(sample: Element, ledger: LossLedger) -> tuple[InProcessTest, ...]:
    tests = []
    for test in children(sample, "SampleTest"):
        values, unit = _values(test, ledger)
        code, name = text_at(test, "TestCode"), text_at(test, "TestName")
        tests.append(InProcessTest(code, name, unit, tuple(values)))
    return tuple(tests)


def samples(
    elements: Sequence[Element], ledger: LossLedger, zone: str
) -> tuple[InProcessSample, ...]:
    """The in-process samples in order of time."""
    found = []
    for element in elements:
        ledger.rows_read += 1
        try:
            t_ms = read_instant(text_at(element, "TimeStamp"), zone)
        except ValueError as why:
            ledger.note(element.sourceline or 0, text_at(element, "Description"), str(why))
            continue
        found.append(
            InProcessSample(
                t_ms=t_ms,
                description=text_at(element, "Description"),
                container_id=text_at(element, "SampleSourceID"),
                tests=_tests(element, ledger),
            )
        )
    return tuple(sorted(found, key=lambda s: s.t_ms))
