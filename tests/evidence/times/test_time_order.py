"""How a column of times is written is decided from the whole column."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.domain.import_profile import TimeOrder
from investigator.evidence.times.time_order import decide_order

FIRST = date(2000, 1, 1)
DAY, MONTH = TimeOrder.DAY_FIRST, TimeOrder.MONTH_FIRST


@pytest.mark.requirement("EVD-152")
@pytest.mark.parametrize(
    ("texts", "order", "certain"),
    [
        (["2026-04-03T23:04:00+02:00"], TimeOrder.ISO, True),
        (["20260403T230400Z"], TimeOrder.ISO, True),
        (["20260403230400", "20260403230410"], TimeOrder.ISO, True),
        (["01/02/2026"] * 50 + ["25/02/2026"], DAY, True),
        (["01/02/2026"] * 50 + ["02/25/2026"], MONTH, True),
        (["04.25.2026 10:00"], MONTH, True),
        (["25/04/26", "04/25/26"], DAY, False),
        (["11/01/2026", "12/01/2026", "01/02/2026"], DAY, True),
        (["01/11/2026", "01/12/2026", "02/01/2026"], MONTH, True),
        (["04/04/2026 10:00"], DAY, False),
        (["14-May-11 00:00:00"], DAY, True),
        (["01.04.98 11:02:52", "01.04.98 11:02:55 AM"], DAY, True),
        (["maj.19", "nov.18"], DAY, True),
        (["1617487440"], TimeOrder.EPOCH_S, True),
        (["1617487440123"], TimeOrder.EPOCH_MS, True),
        (["36343.476928"], TimeOrder.SPREADSHEET, True),
        (["35886460322,81"], TimeOrder.SPREADSHEET, True),
        (["12", "13"], TimeOrder.EPOCH_S, False),
        (["", " "], TimeOrder.ISO, False),
        (["A", "B"], TimeOrder.ISO, False),
    ],
)
def test_orders(texts: list[str], order: TimeOrder, certain: bool) -> None:
    decision = decide_order(texts)
    assert (decision.order, decision.certain) == (order, certain)
    assert decision.why


def test_the_text_that_decides_is_quoted() -> None:
    assert "25/02/2026" in decide_order(["01/02/2026", "25/02/2026"]).why


def test_a_decision_by_the_course_says_so() -> None:
    rising = [f"0{day}/0{month}/2026" for month in (1, 2) for day in (1, 2, 3)]
    decision = decide_order(rising)
    assert decision.order is DAY
    assert "step back" in decision.why


@pytest.mark.requirement("EVD-152")
@given(
    st.integers(0, 11000),
    st.integers(14, 60),
    st.sampled_from([("%d/%m/%Y", DAY), ("%m/%d/%Y", MONTH)]),
)
def test_two_weeks_of_days_always_decide(
    start: int, days: int, written: tuple[str, TimeOrder]
) -> None:
    form, order = written
    texts = [(FIRST + timedelta(days=start + n)).strftime(form) for n in range(days)]
    decision = decide_order(texts)
    assert (decision.order, decision.certain) == (order, True)
