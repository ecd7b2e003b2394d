"""A tiny plant on paper: evidence files of one short batch, written in every layout that is read.

The batch runs from 2026-03-04 10:00 to 12:00 UTC on line L-1 with one feeder and one drum filler;
its record runs `mes_s` seconds behind the historian.
"""

import gzip
import io
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from investigator.domain.trajectory import Interpolation, Signal
from investigator.evidence.historian.facts import TagFacts

START = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
START_MS = int(START.timestamp() * 1000)
ZONE = "Europe/Berlin"
LINE = "L-1"

FLOW, MODE, DRUM = "P.L1.LW1.FLOW.PV", "P.L1.LW1.MODE", "P.L1.DF1.DRUMNO"
STATES = ((0, "OFF"), (1, "RUN"), (2, "REFILL"))


def tag_list() -> dict[str, TagFacts]:
    """The tag list of the tiny plant."""
    step = Interpolation.STEP
    return {
        FLOW: TagFacts(Signal(FLOW, "flow", "kg/h"), 0.0, 10.0, 2.0, 0.02, "LW-1"),
        MODE: TagFacts(Signal(MODE, "mode", "state", step, STATES), 0.0, 2.0, 1.0, 0.0, "LW-1"),
        DRUM: TagFacts(Signal(DRUM, "drum", "-", step), 0.0, 40.0, 1.0, 0.0, "DF-1"),
    }


def at(seconds: float, *, offset_h: int = 0) -> str:
    """ISO time `seconds` after the start, written with the given offset from UTC."""
    moment = START + timedelta(hours=offset_h, seconds=seconds)
    sign = "+" if offset_h >= 0 else "-"
    return f"{moment.strftime('%Y-%m-%dT%H:%M:%S')}{sign}{abs(offset_h):02d}:00"


Rows = Sequence[tuple[str, float, str, str]]
"""Tag, seconds after the start, value as written, status."""

REFILLS = (600, 1800, 3000, 4200, 5400, 6600)
DRUM_CHANGES = (2400, 4800)


def usual_rows() -> list[tuple[str, float, str, str]]:
    """A calm run: flow about 4 kg/h, a refill of 20 s every twenty minutes, three drums."""
    rows = [(FLOW, s, f"{4 + 0.05 * ((s // 60) % 3):.2f}", "Good") for s in range(0, 7201, 60)]
    rows.append((MODE, 0, "RUN", "Good"))
    for begin in REFILLS:
        rows += [(MODE, begin, "REFILL", "Good"), (MODE, begin + 20, "RUN", "Good")]
    rows += [(DRUM, s, str(n), "Good") for n, s in enumerate((0, *DRUM_CHANGES), start=1)]
    return rows


def long_text(rows: Rows, *, delimiter: str = ",", end: str = "\n", offset_h: int = 1) -> bytes:
    """The long layout as delimited text."""
    lines = [delimiter.join(("Tag", "Timestamp", "Value", "Status"))]
    lines += [delimiter.join((t, at(s, offset_h=offset_h), v, q)) for t, s, v, q in rows]
    return (end.join(lines) + end).encode()


def packed(content: bytes) -> bytes:
    """gzip, always the same bytes."""
    return gzip.compress(content, mtime=0)


def long_parquet(rows: Rows) -> bytes:
    """The long layout as Parquet with values as text."""
    columns = {
        "Tag": [t for t, _, _, _ in rows],
        "Timestamp": [at(s, offset_h=1) for _, s, _, _ in rows],
        "Value": [v for _, _, v, _ in rows],
        "Status": [q for _, _, _, q in rows],
    }
    sink = io.BytesIO()
    parquet.write_table(pa.table(columns), sink)
    return sink.getvalue()


def wide_text(columns: Mapping[str, Sequence[str]], *, step_s: int = 10) -> bytes:
    """The wide layout: `;`, decimal comma, Latin-1, a comment, tags, units."""
    names = list(columns)
    lines = [
        "# Export: Täglich; Interpoliert; Zeitzone Europe/Berlin",
        ";".join(["Zeit", "UTC-Offset", *names]),
        ";".join(["", "", *("°C" for _ in names)]),
    ]
    for n in range(len(columns[names[0]])):
        clock = (START + timedelta(hours=1, seconds=step_s * n)).strftime("%d.%m.%Y %H:%M:%S")
        cells = [columns[name][n].replace(".", ",") for name in names]
        lines.append(";".join([clock, "+01:00", *cells]))
    return ("\r\n".join(lines) + "\r\n").encode("latin-1")


def _event(seconds: float, kind: str, unit: str, text: str, value: str = "") -> str:
    return f"""<Event><EntryID>E{int(seconds)}</EntryID><TimeStamp>{at(seconds)}</TimeStamp>
<EventType>{kind}</EventType><EventSubType>Process</EventSubType><EquipmentID>{unit}</EquipmentID>
<Value><ValueString>{value}</ValueString><UnitOfMeasure>kg</UnitOfMeasure></Value>
<MessageText>{text}</MessageText></Event>"""


def _property(name: str, value: str, unit: str = "") -> str:
    return f"""<MaterialActualProperty><ID>{name}</ID><Value><ValueString>{value}</ValueString>
<UnitOfMeasure>{unit}</UnitOfMeasure></Value></MaterialActualProperty>"""


def _drum(number: int, begin: float, end: float) -> str:
    return f"""<MaterialActual><ID>MA-B1-D{number}</ID>
<MaterialSubLotID>B1-D{number}</MaterialSubLotID>
<MaterialUse>Produced</MaterialUse><Quantity><QuantityString>12000</QuantityString>
<UnitOfMeasure>g</UnitOfMeasure></Quantity>{_property("FillStart", at(begin))}
{_property("FillEnd", at(end))}</MaterialActual>"""


def batch_record(
    *,
    mes_s: float = 0.0,
    line: str = LINE,
    batch: str = "B1",
    namespace: str = "http://www.mesa.org/xml/B2MML",
    extra_events: str = "",
) -> bytes:
    """A batch record whose clock shows `mes_s` seconds less than the historian's."""
    refills = "".join(
        _event(s - mes_s, "Equipment", "LW-1", "Hopper refill", "1.5") for s in REFILLS
    )
    starts = (0, *DRUM_CHANGES)
    drums = "".join(
        _event(s - mes_s, "Material", "DF-1", f"Drum {n} fill start")
        for n, s in enumerate(starts, start=1)
    )
    filled = "".join(_drum(n, s - mes_s, s + 2400 - mes_s) for n, s in enumerate(starts, start=1))
    alarm = f"""<Event><EntryID>A1</EntryID><TimeStamp>{at(700 - mes_s)}</TimeStamp>
<EventType>Alarm</EventType><EquipmentID>LW1</EquipmentID>
<Value><ValueString>3.1</ValueString></Value><MessageText>Flow LOW</MessageText>
<AlarmData><AlarmEvent>ALM</AlarmEvent><AlarmType>{FLOW}</AlarmType>
<AlarmLimit><ValueString>-10 %</ValueString></AlarmLimit>
<Priority>2</Priority></AlarmData></Event>"""
    results = "".join(
        f"""<Results><ValueString>{v}</ValueString><UnitOfMeasure>mg</UnitOfMeasure>
<Key>{k}</Key></Results>"""
        for k, v in (("1", 250.5), ("2", 249.5), ("MEAN", 250.0))
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<BatchProductionRecord xmlns="{namespace}"><ID>BPR-{batch}</ID>
<TimeStamp>{at(7200)}</TimeStamp><CreationDate>{at(0)}</CreationDate><BatchID>{batch}</BatchID>
<BatchProductionRecordSpec>MBR-1</BatchProductionRecordSpec><EquipmentID>{line}</EquipmentID>
<MaterialDefinitionID>FP-1</MaterialDefinitionID><RecordStatus>Complete</RecordStatus>
<Comments><Comment><EntryID>C1</EntryID><TimeStamp>{at(60 - mes_s)}</TimeStamp>
<CommentText>Shift handover</CommentText><PersonID>OP-1</PersonID></Comment></Comments>
<ControlRecipes><ControlRecipeRecord><ControlRecipe>
<EquipmentRequirement><ID>LW-1</ID></EquipmentRequirement>
<Formula><Parameter><ID>RATE_SP</ID><Description>Rate</Description><Value><ValueString>20.0</ValueString>
<UnitOfMeasure>kg/h</UnitOfMeasure></Value></Parameter></Formula>
</ControlRecipe></ControlRecipeRecord></ControlRecipes>
<Events>{refills}{drums}{alarm}{extra_events}</Events>
<OperationsPerformances><OperationsPerformanceRecord><OperationsPerformance>
<StartTime>{at(0 - mes_s)}</StartTime><Endtime>{at(7200 - mes_s)}</Endtime>
<OperationsResponse><SegmentResponse><ID>FEEDING</ID>
<ActualStartTime>{at(0 - mes_s)}</ActualStartTime><ActualEndTime>{at(7100 - mes_s)}</ActualEndTime>
<SegmentData><ID>LW-1_TOTALISER</ID><Description>Total</Description><Value>
<ValueString>8.1</ValueString><UnitOfMeasure>kg</UnitOfMeasure></Value></SegmentData>
<MaterialActual><ID>MA-LW-1-1</ID><MaterialDefinitionID>RM-1</MaterialDefinitionID>
<MaterialLotID>LOT1</MaterialLotID><Description>API</Description><MaterialUse>Consumed</MaterialUse>
<Quantity><QuantityString>8.0</QuantityString><UnitOfMeasure>kg</UnitOfMeasure></Quantity>
{_property("IssuedQuantity", "9.0", "kg")}{_property("ResidualReturned", "1.0", "kg")}
{_property("PotencyEntered", "99.2", "%")}</MaterialActual></SegmentResponse>
<SegmentResponse><ID>FILLING</ID><ActualStartTime>{at(0 - mes_s)}</ActualStartTime>
<ActualEndTime>{at(7200 - mes_s)}</ActualEndTime>{filled}</SegmentResponse></OperationsResponse>
</OperationsPerformance></OperationsPerformanceRecord></OperationsPerformances>
<Samples><Sample><EntryID>S1</EntryID><TimeStamp>{at(480 - mes_s)}</TimeStamp>
<Description>IPC 1</Description><SampleSourceID>B1-D1</SampleSourceID>
<SampleTest><TestCode>WT</TestCode><TestName>Weight</TestName>
<SampleTestResult>{results}</SampleTestResult></SampleTest></Sample></Samples>
</BatchProductionRecord>""".encode()


LABORATORY = (
    b"SampleID,BatchID,ContainerID,Stage,Test,Replicate,Result,Unit,SpecLow,SpecHigh,Evaluation,"
    b"Analyst,Instrument,RunID,AnalysisDate,MaterialLot\n"
    b"S1,B1,B1-D1,Finished product,Assay,1,99.5,% LC,95.0,105.0,PASS,AN-1,HPLC-1,R1,2026-03-05,\n"
    b"S2,B1,,Raw material,LOD,1,0.5,%,,1.0,PASS,AN-1,-,R2,2026-02-01,LOT1\n"
)

ALARMS = (
    "Timestamp,AlarmID,Tag,Message,Priority,Event,Value,Limit,Operator\n"
    f"{at(700, offset_h=1)},A1,{FLOW},Flow LOW,2,ALM,3.1,-10 %,\n"
    f"{at(760, offset_h=1)},A1,{FLOW},Flow LOW,2,ACK,,-10 %,OP-1\n"
).encode()

ENVIRONMENT = (
    b"TimestampUTC,Location,Point,Value,Unit,AlertLow,AlertHigh,Status\n"
    b"2026-03-04T10:00:00Z,R1,EMS.RH,40.0,%RH,30,55,OK\n"
    b"2026-03-04T10:05:00Z,R1,EMS.RH,56.5,%RH,30,55,ALERT\n"
)

NOTICE = json.dumps(
    {
        "deviation_number": "DEV-1",
        "title": "Flow low",
        "site": "N",
        "line": LINE,
        "product": "T",
        "batch_id": "B1",
        "opened": "2026-03-04T12:30:00+01:00",
        "opened_by": "QA-1",
        "status": "OPEN",
        "preliminary_classification": "Major",
        "observation": {
            "description": "Flow LOW",
            "detected_at": "2026-03-04T11:11:40+01:00",
            "parameter": FLOW,
            "observed_value": 3.1,
            "limit": "-10 %",
            "source": "alarm journal",
            "containers_mentioned": ["B1-D1"],
        },
        "further_observations": [],
        "production_window": ["2026-03-04T11:00:00+01:00", "2026-03-04T13:00:00+01:00"],
    }
).encode()


def usual_files() -> dict[str, bytes]:
    """A whole folder of evidence, by file name."""
    return {
        "alarms.csv": ALARMS,
        "batch_record.xml": batch_record(mes_s=41.0),
        "deviation.json": NOTICE,
        "deviation.md": b"# Notice\n",
        "environmental.csv": ENVIRONMENT,
        "historian.csv": long_text(usual_rows()),
        "lab_results.csv": LABORATORY,
    }


def write_folder(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write the files into a folder and return it."""
    for name, content in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return folder
