"""A batch on the control chart of its line, by principal components of the normal batches."""

from collections.abc import Mapping

from investigator.analysis.multivariate.charting import Basis, Seen, chart_by
from investigator.analysis.multivariate.contributions import spe_matrix, t2_matrix
from investigator.analysis.multivariate.monitoring import statistics
from investigator.analysis.multivariate.normal_model import FILE, NormalModel, read_multivariate
from investigator.analysis.multivariate.windows import window_rows
from investigator.domain.chart_model import ChartModel
from investigator.domain.evidence import Evidence
from investigator.domain.multivariate import ControlChart
from investigator.twin.measured import Measured
from investigator.twin.package import TwinPackage

NOT_LEARNED = (
    "The twin keeps no model of how signals vary together in normal batches, so there is no "
    "control chart; estimate it with `investigator twin reference`."
)


def control_chart_of(
    measured: Measured, evidence: Evidence, package: TwinPackage
) -> ControlChart | None:
    """The chart of a run by the model of a twin; None where the twin keeps none.

    Raises:
        UnusableInput: the model of the package is incomplete.
    """
    if FILE not in package.reference:
        return None
    model = read_multivariate(package.reference)
    return control_chart(measured, evidence, package.tag_map, model)


def control_chart(
    measured: Measured, evidence: Evidence, tag_map: Mapping[str, str], model: NormalModel
) -> ControlChart:
    """The chart of a run.

    Args:
        measured: the channels of the run. evidence: that it was read from.
        tag_map: historian tag by role. model: of the normal batches of the line.
    """
    t_ms, rows = window_rows(measured)
    pca, z = model.pca, model.pca.scaled(rows)
    seen = Seen(t_ms, rows, z, statistics(pca, z), t2_matrix(pca), spe_matrix(pca))
    batches = len(model.batches)
    basis = Basis(ChartModel.PCA, model.limits, pca.components, batches, model.confidence)
    return chart_by(seen, basis, evidence, tag_map)
