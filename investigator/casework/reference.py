"""What a twin knows of normal batches: estimated from a folder of them, written into its package.

- The same batches give the same bytes, with one worker or many; the package is sealed anew.
- A package that has no such statistics yet can be given them; any other file of it that differs
  from its digest is told instead of sealed with them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from investigator.analysis.golden_envelope import FILE as GOLDEN
from investigator.analysis.golden_envelope import estimate_envelopes
from investigator.analysis.multivariate.normal_model import FILE as MULTIVARIATE
from investigator.analysis.multivariate.normal_model import estimate_multivariate
from investigator.analysis.multivariate.pls_learning import estimate_pls
from investigator.analysis.multivariate.pls_reference import FILE as PLS
from investigator.analysis.usual_gains import usual_gains
from investigator.casework.investigate import executor_of
from investigator.casework.normal_runs import Progress, normal_runs
from investigator.casework.twins import folder_of
from investigator.twin.attribute_models import FILE as ATTRIBUTES
from investigator.twin.attribute_models import estimate_attributes
from investigator.twin.calibrate.line_of_batches import line_of_batches
from investigator.twin.digests import verified_digest
from investigator.twin.package import LINE_PARAMETERS, REFERENCE, characterised_parameters
from investigator.twin.package_writing import write_files
from investigator.twin.parameters import Parameters, parameters_toml, read_parameters
from investigator.twin.reference import FILE, estimate_reference, read_reference
from investigator.twin.replay_statistics import FILE as REPLAY
from investigator.twin.replay_statistics import estimate_replay
from investigator.twin.unit_spread import FILE as UNITS
from investigator.twin.unit_spread import estimate_units

_STATISTICS = (FILE, ATTRIBUTES, REPLAY, UNITS, GOLDEN, MULTIVARIATE, PLS)
_WRITTEN = (LINE_PARAMETERS, *(f"{REFERENCE}/{name}.json" for name in _STATISTICS))


@dataclass(frozen=True, slots=True)
class ReferenceReport:
    """The statistics as written (the document of the package) and the digest after sealing."""

    twin_id: str
    statistics: dict[str, Any]
    told: Parameters
    digest: str


def estimate_twin_reference(
    twin_id: str, history: Path, *, workers: int, progress: Progress
) -> ReferenceReport:
    """Estimate the reference statistics of a twin from normal batches and write them into it.

    Args:
        twin_id: id of the twin package.
        history: folder with one folder of evidence for each normal batch.
        workers: number of threads; changes nothing but the time.
        progress: is told, in words, what is being done.

    Raises:
        UnusableRequest: there is no such twin or folder, or it holds too few batches.
        UnusableInput: the evidence of a batch cannot be used, or is not that of a normal batch, or
            a file of the package that is not written here differs from its digest.
    """
    folder = folder_of(twin_id)
    verified_digest(folder, except_for=_WRITTEN)
    runs = [(run.batch_id, run.record) for run in normal_runs(folder, history, progress)]
    progress("estimating what normal batches tell of the line")
    before = characterised_parameters(folder)
    found = line_of_batches(runs, before)
    told = parameters_toml(Parameters(found))
    # As they will be read, and without what other batches told: the same batches, the same bytes.
    of_line = read_parameters(LINE_PARAMETERS, told)
    parameters = before.replaced_by(of_line)
    line = parameters.line()
    with executor_of(workers) as executor:
        progress("estimating usual levels and noise of every channel")
        statistics = estimate_reference(runs, line, executor)
        progress("searching the normal batches for changes")
        records = [record for _, record in runs]
        statistics["usual_gains"] = usual_gains(records, line, statistics, executor)
        progress("learning how the quality of containers differs from the twin")
        usual = read_reference({FILE: statistics})
        documents = {
            FILE: statistics,
            ATTRIBUTES: estimate_attributes(runs, usual, parameters, executor),
            REPLAY: estimate_replay(runs, usual, parameters, executor),
            UNITS: estimate_units(runs, usual, parameters, executor),
        }
    progress("laying the normal batches side by side")
    documents[GOLDEN] = estimate_envelopes(runs)
    progress("learning how signals vary together in normal batches")
    documents[MULTIVARIATE] = estimate_multivariate(runs)
    progress("learning what signals tell of in-process checks in normal batches")
    pls = estimate_pls(runs)
    documents |= {PLS: pls} if pls else {}
    texts = {f"{REFERENCE}/{name}.json": _json(document) for name, document in documents.items()}
    texts[LINE_PARAMETERS] = told
    gone = () if pls else (f"{REFERENCE}/{PLS}.json",)
    return ReferenceReport(twin_id, statistics, of_line, write_files(folder, texts, gone=gone))


def _json(document: Mapping[str, Any]) -> str:
    return json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
