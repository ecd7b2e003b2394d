"""The confirmed causes of the plant's earlier deviations as the list that a site would keep.

    python -m support.confirmed_causes DATA FILE

Only the truth beside the data says them; the program itself never reads it. Cases with a cause that
is on no list, and cases without cause, are not on the list.
"""

import csv
import json
import sys
from pathlib import Path


def confirmed(plant_data: Path) -> list[tuple[str, str]]:
    """Folder and cause, a row for each cause of each earlier deviation whose causes are listed."""
    with (plant_data / "causes.csv").open(encoding="utf-8", newline="") as file:
        listed = {row["id"] for row in csv.DictReader(file)}
    rows = []
    for place in sorted((plant_data / "past_deviations-truth").glob("*.truth.json")):
        truth = json.loads(place.read_text(encoding="utf-8"))
        causes = truth["cause_ids"]
        if set(causes) <= listed:
            rows += [(truth["case"], cause) for cause in causes]
    return rows


def write(plant_data: Path, place: Path) -> None:
    """The list as `folder,cause`."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("folder", "cause"))
        writer.writerows(confirmed(plant_data))


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
