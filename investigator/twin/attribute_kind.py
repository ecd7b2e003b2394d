"""The quality attributes that the twin predicts for containers, and what is measured of each.

- An attribute is tested by the laboratory, container by container; some are also seen while the
  batch is made, by the at-line tester or by the analyser.
- The press is set up so that weight and hardness are on target: where its set-up leaves the usual,
  it makes up for lots that the twin does not know.
"""

from dataclasses import dataclass

from investigator.process.line import LineOutputs
from investigator.twin.record import Array

ANALYSER = "nir.water"


@dataclass(frozen=True, slots=True)
class AttributeKind:
    """One attribute.

    Attributes:
        attribute, unit: as in the list of specifications.
        course: its name in `LineOutputs`.
        test: channel of its laboratory test; `method`: that test in the method performance.
        in_process: channel of its in-process test, `ANALYSER` for that, empty for none.
        in_process_method: that test in the method performance, empty where it is not given there.
        set_up: whether the press is set up for it.
    """

    attribute: str
    unit: str
    course: str
    test: str
    method: str
    in_process: str = ""
    in_process_method: str = ""
    set_up: bool = False

    @property
    def seen_as(self) -> str:
        """What its in-process test sees: the water at the analyser, else the attribute itself."""
        return "nir_water" if self.in_process == ANALYSER else self.attribute

    def of(self, outputs: LineOutputs) -> Array:
        """The course of the attribute that the twin predicts, (n,)."""
        course: Array = getattr(outputs, self.course)
        return course


WEIGHT = AttributeKind(
    "weight", "mg", "weight_mg", "lab_weight", "weight_ipc", "ipc_weight", "weight_ipc", set_up=True
)
ATTRIBUTES = (
    AttributeKind("assay", "% LC", "assay_pct", "lab_assay", "assay"),
    AttributeKind(
        "hardness",
        "N",
        "hardness_n",
        "lab_hardness",
        "hardness_qc",
        "ipc_hardness",
        "hardness_ipc",
        set_up=True,
    ),
    AttributeKind("q30", "% LC", "q30_pct", "lab_q30", "q30"),
    AttributeKind("water", "%", "water_pct", "lab_water", "water", ANALYSER),
    WEIGHT,
)
