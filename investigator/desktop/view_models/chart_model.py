"""The models that a batch is charted by: which there are, and how they stand to each other."""

from collections.abc import Mapping

from investigator.desktop.view_models.comparison_part import clocks
from investigator.domain.chart_comparison import agreement_in_words
from investigator.domain.chart_model import ChartModel
from investigator.domain.multivariate import ControlChart
from investigator.domain.results import ReplayResult

MODEL_TIPS: Mapping[ChartModel, str] = {
    ChartModel.PCA: "Principal components: along which the signals of normal batches vary most",
    ChartModel.PLS: "Partial least squares: along which they tell weight, thickness and hardness "
    "of the in-process checks",
}
NO_MODEL = (
    "This replay holds no chart by it: it was made before there was one, or its twin keeps no such "
    "model. Estimate that with `investigator twin reference`, then replay the batch again."
)


def charts_of(result: ReplayResult | None) -> Mapping[ChartModel, ControlChart]:
    """The charts of a replay, by model."""
    told = (result.control_chart, result.pls_chart) if result else ()
    return {chart.model: chart for chart in told if chart is not None}


def agreement(charts: Mapping[ChartModel, ControlChart], zone: str) -> str:
    """Where the chart of one model alone is out of control; empty where there is one chart."""
    if len(charts) < len(ChartModel):
        return ""
    pca, pls = charts[ChartModel.PCA], charts[ChartModel.PLS]
    return agreement_in_words(pca, pls, lambda span: clocks(span, zone))
