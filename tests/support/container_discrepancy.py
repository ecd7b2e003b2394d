"""How far known containers of the plant's earlier deviations lie from what is learned of them.

    python -m support.container_discrepancy DATA [PACKAGE]

Only the truth beside the data says what the containers were; the program itself never reads it.
Prints each attribute with the coverage of its intervals where every batch is judged by what the
others taught; with a package the discrepancies are written into it, and it is sealed anew. Cases
with a cause that is on no list are left out: nobody could give it.
"""

import csv
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from investigator.analysis.comparison import Comparison
from investigator.analysis.container_quality import UNITS
from investigator.analysis.diagnosis import Diagnosis, diagnose, replay
from investigator.analysis.impact import DRAWS, draws_of, limits_of
from investigator.analysis.impact_quality import likely_models
from investigator.analysis.learned_containers import Learned, learned, supposed
from investigator.analysis.material import Draw, fine_frame, products
from investigator.casework.normal_runs import read_evidence
from investigator.domain.evidence import Evidence
from investigator.twin.container_discrepancy import (
    FILE,
    Discrepancy,
    KnownContainers,
    discrepancies_document,
    estimate_discrepancy,
)
from investigator.twin.container_prediction import HALF
from investigator.twin.digests import seal
from investigator.twin.package import TwinPackage, load_package

SHIPPED = Path(__file__).parents[2] / "models" / "cdc_line_3"
SEED = 0


@dataclass(frozen=True, slots=True)
class Known:
    """A case whose product is known: what is learned of its containers, and their true means."""

    case: str
    told: Learned
    truth: Mapping[str, Any]

    def containers(self, attribute: str) -> KnownContainers:
        """Errors of one attribute."""
        true = [self.truth[c]["quality"][attribute]["mean"] for c in self.told.containers]
        return KnownContainers(
            batch=self.case,
            error=np.array(true) - self.told.mean[attribute],
            sd=self.told.sd[attribute],
            departure=self.told.departure[attribute],
        )


def known_cases(plant_data: Path, twin: Path) -> Iterator[Known]:
    """The earlier deviations whose causes are listed or that have none, their causes given."""
    package = load_package(twin)
    with (plant_data / "causes.csv").open(encoding="utf-8", newline="") as file:
        listed = {row["id"] for row in csv.DictReader(file)}
    for place in sorted((plant_data / "past_deviations-truth").glob("*.truth.json")):
        truth = json.loads(place.read_text(encoding="utf-8"))
        causes = tuple(truth["cause_ids"])
        if set(causes) <= listed:
            folder = plant_data / "past_deviations" / truth["case"]
            told = told_of(read_evidence(twin, folder), package, causes)
            yield Known(truth["case"], told, truth["containers"])


def told_of(evidence: Evidence, package: TwinPackage, causes: tuple[str, ...]) -> Learned:
    """What is learned of the containers with the causes given; none for nothing at work."""
    with ThreadPoolExecutor(2) as executor:
        compared = replay(evidence, package)
        if not causes:
            c = compared.comparison
            return _told(c, (), (Draw((), c.parameters, 0.0),), package, executor)
        found = diagnose(compared, package, executor=executor, causes=causes)
        return told_under(found, package, executor)


def told_under(found: Diagnosis, package: TwinPackage, executor: ThreadPoolExecutor) -> Learned:
    """What is learned of the containers under the given causes."""
    draws = draws_of(package, found, SEED, members=DRAWS)
    fits = likely_models(found)[0].fits
    return _told(found.replay.comparison, fits, draws, package, executor)


def _told(
    c: Comparison,
    fits: tuple[Any, ...],
    draws: tuple[Draw, ...],
    package: TwinPackage,
    executor: ThreadPoolExecutor,
) -> Learned:
    made = products(c, fine_frame(c), draws, {}, limits_of(package), executor)
    return learned(supposed(c, fits, package, executor, seed=SEED), made)


def estimated(known: Sequence[Known]) -> dict[str, Discrepancy]:
    """The discrepancy of every attribute."""
    return {a: estimate_discrepancy(a, [k.containers(a) for k in known]) for a in UNITS}


def left_out_coverage(known: Sequence[Known], attribute: str) -> float:
    """Share of true means inside their 95 % interval, each batch judged by the others."""
    told = [k.containers(attribute) for k in known]
    inside = []
    for i, own in enumerate(told):
        d = estimate_discrepancy(attribute, told[:i] + told[i + 1 :])
        sd = np.sqrt(own.sd**2 + d.var(own.departure))
        inside.append(np.abs(own.error - d.bias) <= HALF[0.95] * sd)
    return float(np.concatenate(inside).mean())


def write(found: Mapping[str, Discrepancy], batches: Sequence[str], package: Path) -> None:
    """The discrepancies into the package, which is sealed anew."""
    text = json.dumps(discrepancies_document(found, batches), indent=1) + "\n"
    (package / "reference" / f"{FILE}.json").write_text(text, encoding="utf-8")
    seal(package)


def main(plant_data: Path, package: Path | None) -> None:
    """Estimate, say what was found, and write it where a package is named."""
    known = list(known_cases(plant_data, package or SHIPPED))
    found = estimated(known)
    for name, d in found.items():
        coverage = left_out_coverage(known, name)
        sys.stdout.write(
            f"{name:18s} bias {d.bias:9.4g} +/- {d.bias_sd:.2g}  sd {d.sd:8.3g}  share "
            f"{d.share:.3f}  coverage, batch left out {coverage:.3f} ({d.containers})\n"
        )
    if package is not None:
        write(found, [k.case for k in known], package)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
