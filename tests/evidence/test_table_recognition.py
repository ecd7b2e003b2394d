"""Laboratory, alarm and monitoring tables are told from each other and from historian exports."""

from pathlib import Path

import pytest

from investigator.domain.import_profile import Arrangement, Kind
from investigator.evidence.recognise import recognise
from investigator.evidence.sources.source import sources_of

LIMS = "Probennummer;Charge;Prüfmerkmal;Ergebnis;Einheit;Obere Grenze\nP-1;B1;Wasser;0,4;%;1,0\n"
WIDE = "Sample,Assay [%],Water [%]\nSpecification,95.0 to 105.0 %,NMT 1.0 %\nS1,99.5,0.4\n"
LOTS = "batch;api_batch;api_water;tbl_yield\n1;5;0,51;98,2\n2;6;0,49;98,8\n"
JOURNAL = (
    "Date/Time,Alarm Number,Source,Alarm State,Description,Severity\n"
    "2026-03-04 10:00:00,17,FIC-101,Active,Flow low,High\n"
)
EPISODES = "In time,Out time,Tag,Message\n2026-03-04T10:00:00Z,2026-03-04T10:05:00Z,F1,Flow low\n"
UTILITY = (
    "Zeitstempel;Anlage;Messpunkt;Messwert;Einheit;Warngrenze unten;Warngrenze oben\n"
    "04.03.2026 10:00:00;Druckluft;PI-01;6,1;bar;5,8;7,0\n"
)
HISTORIAN = (
    "Tag,Description,Timestamp,Value,Status\nF1,Flow,2026-03-04T10:00:00Z,4.1,Good\n"
    "F1,Flow,2026-03-04T10:01:00Z,4.2,Good\n"
)


@pytest.mark.requirement("EVD-204", "EVD-209", "EVD-210", "EVD-211")
@pytest.mark.parametrize(
    ("text", "kind", "arrangement", "role"),
    [
        (LIMS, Kind.LABORATORY, Arrangement.LONG, "spec_high"),
        (WIDE, Kind.LABORATORY, Arrangement.WIDE, "sample"),
        (LOTS, Kind.LABORATORY, Arrangement.WIDE, "lot"),
        (JOURNAL, Kind.ALARMS, Arrangement.LONG, "event"),
        (EPISODES, Kind.ALARMS, Arrangement.LONG, "returned"),
        (UTILITY, Kind.ENVIRONMENT, Arrangement.LONG, "alert_low"),
        (HISTORIAN, Kind.HISTORIAN, Arrangement.LONG, "tag"),
    ],
)
def test_a_table_is_told_by_its_columns(
    tmp_path: Path, text: str, kind: Kind, arrangement: Arrangement, role: str
) -> None:
    file = tmp_path / "export.csv"
    file.write_text(text, encoding="utf-8")
    (source,) = sources_of(file, file.name)
    (found,) = recognise(source, zone="Europe/Berlin")
    assert found.profile is not None
    assert (found.kind, found.profile.arrangement) == (kind, arrangement)
    assert found.profile.column(role) is not None
