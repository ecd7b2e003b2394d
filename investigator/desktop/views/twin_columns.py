"""The columns of the tables on a twin."""

from investigator.casework.twin_details import FailureMode, figure, found, name, required
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.twin_content import (
    ParameterRow,
    bounds_said,
    limit_value,
    sd_said,
    value_said,
)
from investigator.desktop.view_models.twin_prediction import (
    attribute_title,
    band_said,
    in_band,
    inside95,
    ratio,
    titled,
)
from investigator.desktop.view_models.twin_use import step_tone, what, when
from investigator.desktop.view_models.twin_validation import (
    CheckRow,
    channels_said,
    rank_of,
    share,
    tone_of,
)
from investigator.desktop.widgets.table import Cell, Column
from investigator.domain.applicability import DomainLimit
from investigator.domain.quantities import fixed, significant
from investigator.domain.twin_life import TwinStep
from investigator.domain.validation import (
    AttributeFigures,
    CriterionResult,
    DeviationFigures,
    TagFigures,
    ValidationBatch,
)

STEPS: tuple[Column[TwinStep], ...] = (
    Column("Version", lambda step: step.version),
    Column("Step", lambda step: Cell(what(step), tone=step_tone(step))),
    Column("By", lambda step: step.who.full_name),
    Column("At", lambda step: Cell(when(step), step.t_ms)),
    Column("Entry", lambda step: Cell(str(step.sequence), step.sequence), numeric=True),
    Column("Reason", lambda step: Cell(step.why, tip=step.why), width=-1),
)
CRITERIA: tuple[Column[CriterionResult], ...] = (
    Column("Criterion", lambda r: Cell(r.criterion.title, tip=r.criterion.title), width=-1),
    Column("Required", required, numeric=True),
    Column("Found (95 %)", found, numeric=True),
    Column("Outcome", lambda r: Cell(r.outcome.value, rank_of(r.outcome), tone=tone_of(r.outcome))),
)
ATTRIBUTES: tuple[Column[AttributeFigures], ...] = (
    Column("Attribute", lambda r: Cell(attribute_title(r), tone=_predictable(r)), width=-1),
    Column("n", lambda r: Cell(str(r.containers), r.containers), numeric=True, tip="Containers"),
    Column("RMSEP", lambda r: Cell(significant(r.rmsep), r.rmsep), numeric=True),
    Column(
        "of the mean",
        lambda r: Cell(ratio(r), r.rmsep),
        numeric=True,
        tip="RMSEP over that of the mean of the other batches",
    ),
    Column("Bias (95 %)", lambda r: Cell(figure(r.bias), r.bias.value), numeric=True),
    Column("R²pred", lambda r: Cell(fixed(r.r2_pred, 2), r.r2_pred), numeric=True),
    Column(
        "Inside 95 %",
        lambda r: inside95(r.coverage),
        unit="%",
        numeric=True,
        tip="Share of containers inside their 95 % interval, with its own interval",
    ),
    Column(
        "Width",
        lambda r: Cell(significant(r.width95), r.width95),
        numeric=True,
        tip="Mean full width of the 95 % interval",
    ),
)
TAGS: tuple[Column[TagFigures], ...] = (
    Column("Tag", lambda r: Cell(titled(r.title, r.unit), tip=r.channel), width=-1),
    Column("n", lambda r: Cell(str(r.values), r.values), numeric=True),
    Column("RMSEP", lambda r: Cell(significant(r.rmsep), r.rmsep), numeric=True),
    Column("Inside 95 %", lambda r: inside95(r.coverage), unit="%", numeric=True),
    Column("NIS", lambda r: Cell(fixed(r.nis, 2), r.nis), numeric=True),
    Column("95 % band", lambda r: f"{fixed(r.nis_low, 2)} to {fixed(r.nis_high, 2)}", numeric=True),
    Column(
        "NIS is",
        lambda r: Cell(band_said(r), in_band(r), tone=Tone.GOOD if in_band(r) else Tone.BAD),
    ),
)
DEVIATIONS: tuple[Column[DeviationFigures], ...] = (
    Column("Case", lambda r: r.case),
    Column("Confirmed cause", lambda r: name(r.cause)),
    Column("Channels", lambda r: Cell(channels_said(r), tip=channels_said(r)), width=-1),
    Column("n", lambda r: Cell(str(r.values), r.values), numeric=True),
    Column(
        "with it",
        lambda r: Cell(share(r.inside95), r.inside95),
        unit="%",
        numeric=True,
        tip="Share of the values inside the 95 % band, replayed with the cause",
    ),
    Column(
        "without",
        lambda r: Cell(share(r.inside95_without), r.inside95_without),
        unit="%",
        numeric=True,
        tip="The same, replayed without it",
    ),
)
CHECKS: tuple[Column[CheckRow], ...] = (
    Column("Check", lambda r: Cell(r.check.title, tip=r.check.title), width=-1),
    Column("Of the", lambda r: r.part),
    Column("Expected", lambda r: Cell(r.check.expected, tip=r.check.expected), width=150),
    Column("Found", lambda r: Cell(r.check.found, tip=r.check.found), width=150),
    Column("Outcome", lambda r: Cell(r.outcome.value, rank_of(r.outcome), tone=tone_of(r.outcome))),
)
BATCHES: tuple[Column[ValidationBatch], ...] = (
    Column("Batch", lambda r: r.batch_id),
    Column("Digest of its evidence", lambda r: Cell(r.digest, tip=r.digest), width=-1),
)
LIMITS: tuple[Column[DomainLimit], ...] = (
    Column("Quantity", lambda r: Cell(r.title, tip=r.title), width=230),
    Column("From", lambda r: Cell(limit_value(r.low), r.low), numeric=True),
    Column("To", lambda r: Cell(limit_value(r.high), r.high), numeric=True),
    Column("Unit", lambda r: r.unit),
    Column("Origin", lambda r: Cell(r.origin, tip=r.origin), width=-1),
)
PARAMETERS: tuple[Column[ParameterRow], ...] = (
    Column(
        "Parameter",
        lambda r: Cell(f"{r.name}\n{r.parameter.origin}", r.name, tip=r.parameter.origin),
        width=-1,
        tip="Beneath it, where its value comes from",
    ),
    Column("Value", lambda r: Cell(value_said(r), r.parameter.value), numeric=True),
    Column(
        "±",
        lambda r: Cell(sd_said(r), r.parameter.sd),
        numeric=True,
        tip="Standard uncertainty; a dash for what was set",
    ),
    Column("Unit", lambda r: r.parameter.unit),
    Column("Bounds", lambda r: Cell(bounds_said(r), r.parameter.lower), numeric=True),
    Column("Identifiability", lambda r: Cell(r.verdict, tone=r.tone)),
)
MODES: tuple[Column[FailureMode], ...] = (
    Column("Failure mode", lambda r: Cell(f"{r.title}\n{r.cause}", tip=r.description), width=250),
    Column("Category", lambda r: name(r.category.value)),
    Column("Equipment", lambda r: r.unit),
    Column("Prior", lambda r: Cell(significant(r.prior, 2), r.prior), numeric=True),
    Column("Confirm by", lambda r: Cell(r.confirm_by, tip=r.confirm_by), width=-1),
)


def _predictable(row: AttributeFigures) -> Tone:
    return Tone.PLAIN if row.predictable else Tone.WARN
