"""`case contributions` from the console: the time that is asked for."""

from collections.abc import Callable

import pytest
from support.charts import a_chart, a_pls_chart
from support.console import Console
from support.investigations import CASE

from investigator.cli.case import contribution_tables
from investigator.domain.chart_model import ChartModel


@pytest.fixture
def charted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every case has the small chart."""
    monkeypatch.setattr(
        contribution_tables,
        "chart_of",
        lambda _seen, model: a_chart() if model is ChartModel.PCA else a_pls_chart(),
    )


@pytest.mark.requirement("CLI-079")
@pytest.mark.usefixtures("charted")
@pytest.mark.parametrize("end", ["2026-03-04T10:00", "2026-03-04T09:00"])
def test_a_time_that_does_not_end_after_it_starts_is_refused(
    end: str, console_at: Callable[[str], Console]
) -> None:
    asked = ("case", "contributions", CASE, "--span", "2026-03-04T10:00", end)
    assert "does not end after it starts" in console_at("replay").refused("ann", *asked)


@pytest.mark.requirement("CLI-097")
@pytest.mark.usefixtures("charted")
def test_the_model_is_chosen_and_is_principal_components_where_none_is(
    console_at: Callable[[str], Console],
) -> None:
    console = console_at("replay")
    assert console.done("ann", "case", "contributions", CASE).startswith("PCA: ")
    asked = ("case", "contributions", CASE, "--model", "pls")
    assert console.done("ann", *asked).startswith("PLS: ")
    assert "invalid choice" in console.refused("ann", *asked[:-1], "lda")
