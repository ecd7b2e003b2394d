"""How a file of evidence is read: every choice that its bytes leave open, written down.

A profile is proposed from the content, may be corrected by a person, is kept with the reading, and
reads another export of the same kind in the same way. Parsing with a profile decides nothing more.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a file of an evidence folder is."""

    HISTORIAN = "historian"
    BATCH_RECORD = "batch_record"
    LABORATORY = "laboratory"
    ALARMS = "alarm_journal"
    ENVIRONMENT = "environment"
    MATERIALS = "material_extract"
    TAG_LIST = "tag_list"
    STATES = "state_list"
    NOTICE = "deviation_notice"
    DOCUMENT = "document"


class Arrangement(StrEnum):
    """How a table holds its samples or results.

    `LONG`: a sample (or result) a row. `WIDE`: a time (or batch, or sample) a row and a signal (or
    test) a column. `SINGLE`: time and value of the one tag that the file is named after. `BLOCKS`:
    several tables side by side.
    """

    LONG = "long"
    WIDE = "wide"
    SINGLE = "one tag a file"
    BLOCKS = "blocks side by side"


class TimeOrder(StrEnum):
    """How a time stamp is written."""

    ISO = "year first"
    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    EPOCH_S = "seconds since 1970"
    EPOCH_MS = "milliseconds since 1970"
    SPREADSHEET = "days since 1899-12-30"


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """What a column is used for.

    Attributes:
        position: place of the column, from 0.
        role: what it holds, a word of the reader of that kind (`time`, `tag`, `value`, `status`,
            `unit`, ...); `signal` for the samples of one tag, `result` for the results of one test,
            `unused` for none.
        name: the column's name in the file; the tag of a signal; empty where the file has none.
        unit: unit of the column as the file or a person states it.
        description: what the file says of the column.
        block: of several tables side by side, the one that it belongs to.
    """

    position: int
    role: str
    name: str = ""
    unit: str = ""
    description: str = ""
    block: int = 0


@dataclass(frozen=True, slots=True)
class ImportProfile:
    """How one table of a file is read.

    Attributes:
        kind, arrangement: what it is.
        encoding: `utf-8`, `utf-16`, `cp1252`.
        delimiter: of its cells; empty for workbooks and Parquet.
        quote: the quoting character; empty for none.
        decimal, thousands: marks inside numbers; no thousands mark is an empty text.
        header_line: line (from 1) of the column names; 0 where there are none.
        first_line: line of the first row of data.
        columns: uses of the columns, in order of position.
        time_order: how its times are written.
        zone: IANA zone of times without offset.
        sheet: name of the sheet of a workbook; empty otherwise.
    """

    kind: Kind
    arrangement: Arrangement
    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str = '"'
    decimal: str = "."
    thousands: str = ""
    header_line: int = 1
    first_line: int = 2
    columns: tuple[ColumnUse, ...] = ()
    time_order: TimeOrder = TimeOrder.ISO
    zone: str = "UTC"
    sheet: str = ""

    def column(self, role: str) -> ColumnUse | None:
        """The first column with a role; None if there is none."""
        return next((c for c in self.columns if c.role == role), None)

    def columns_of(self, role: str) -> tuple[ColumnUse, ...]:
        """All columns with a role, in order of position."""
        return tuple(c for c in self.columns if c.role == role)
