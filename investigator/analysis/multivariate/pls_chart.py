"""A batch on the control chart of its line, by partial least squares of quality on the signals.

It is the chart of the principal components with another plane: not along which signals vary most,
but along which they tell the quality of the tablets.
"""

from investigator.analysis.multivariate.charting import Basis, Seen, chart_by
from investigator.analysis.multivariate.normal_model import read_multivariate
from investigator.analysis.multivariate.pls_monitoring import (
    pls_spe_matrix,
    pls_statistics,
    pls_t2_matrix,
)
from investigator.analysis.multivariate.pls_reference import FILE, QualityModel, read_pls
from investigator.analysis.multivariate.sampled import QUALITIES, filled
from investigator.analysis.multivariate.windows import window_rows
from investigator.domain.chart_model import ChartModel
from investigator.domain.evidence import Evidence
from investigator.domain.multivariate import ControlChart, ExplainedQuality
from investigator.twin.measured import Measured
from investigator.twin.package import TwinPackage


def pls_chart_of(
    measured: Measured, evidence: Evidence, package: TwinPackage
) -> ControlChart | None:
    """The chart of a run by the regression of a twin; None where the twin keeps none.

    Raises:
        UnusableInput: the regression of the package, or the principal components that tell what
            is missing, are incomplete.
    """
    if FILE not in package.reference:
        return None
    model, signals = read_pls(package.reference), read_multivariate(package.reference).pca
    t_ms, rows = window_rows(measured)
    pls, z = model.pls, model.pls.scaled(filled(signals, rows))
    seen = Seen(t_ms, rows, z, pls_statistics(pls, z), pls_t2_matrix(pls), pls_spe_matrix(pls))
    return chart_by(seen, _basis(model), evidence, package.tag_map)


def _basis(model: QualityModel) -> Basis:
    told = zip(QUALITIES, model.explained.tolist(), strict=True)
    return Basis(
        ChartModel.PLS,
        model.limits,
        model.pls.components,
        len(model.batches),
        model.confidence,
        tuple(ExplainedQuality(c.title, share) for c, share in told),
    )
