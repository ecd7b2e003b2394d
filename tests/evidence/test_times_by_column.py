"""Columns of times: every form, every zone, and the nights when clocks change."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.domain.import_profile import TimeOrder
from investigator.domain.instant import EPOCH, from_datetime
from investigator.evidence.times.instants import (
    HELD,
    READ,
    InstantReader,
    read_instant,
    read_instants,
)

MINUTE = 60_000
HOUR = 60 * MINUTE

ZONES = (
    "Europe/Berlin",
    "America/Chicago",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Africa/Casablanca",
    "Europe/Dublin",
    "Asia/Kathmandu",
    "UTC",
)

WRITTEN = (
    ("%Y-%m-%dT%H:%M:%S", TimeOrder.ISO),
    ("%Y/%m/%d %H:%M:%S", TimeOrder.ISO),
    ("%Y%m%dT%H%M%S", TimeOrder.ISO),
    ("%Y%m%d%H%M%S", TimeOrder.ISO),
    ("%Y-%b-%d %H:%M:%S", TimeOrder.ISO),
    ("%d.%m.%Y %H:%M:%S", TimeOrder.ISO),
    ("%d.%m.%y %H:%M:%S", TimeOrder.DAY_FIRST),
    ("%d/%m/%Y %H:%M:%S", TimeOrder.DAY_FIRST),
    ("%d-%b-%y %H:%M:%S", TimeOrder.DAY_FIRST),
    ("%d-%B-%Y %I:%M:%S %p", TimeOrder.DAY_FIRST),
    ("%-d/%-m/%Y %-I:%M:%S %p", TimeOrder.DAY_FIRST),
    ("%m/%d/%Y %H:%M:%S", TimeOrder.MONTH_FIRST),
    ("%-m/%-d/%y %-I:%M:%S %p", TimeOrder.MONTH_FIRST),
    ("%b %d, %Y %I:%M:%S %p", TimeOrder.MONTH_FIRST),
)

AGE = (datetime(1900, 1, 1), datetime(2199, 12, 31))  # noqa: DTZ001 - as hypothesis asks
SECONDS = st.integers(
    int(datetime(1985, 1, 1, tzinfo=UTC).timestamp()),
    int(datetime(2037, 12, 31, tzinfo=UTC).timestamp()),
)


def change_nights(zone: str) -> list[int]:
    """Hours of 2011 to 2026 in which the zone changes its offset, in s since the epoch."""
    start = int(datetime(2011, 1, 1, tzinfo=UTC).timestamp())
    hours = range(start, start + 16 * 366 * 86400, 3600)
    place = ZoneInfo(zone)
    offsets = [datetime.fromtimestamp(t, place).utcoffset() for t in hours]
    return [hours[n] for n in range(1, len(hours)) if offsets[n] != offsets[n - 1]]


NIGHTS = {zone: change_nights(zone) for zone in ("Europe/Berlin", "America/Chicago")}


def near_change(zone: str) -> st.SearchStrategy[int]:
    return st.builds(
        lambda night, by: night + by,
        st.sampled_from(NIGHTS[zone]),
        st.integers(-3 * 3600, 3 * 3600),
    )


def expected(wall: datetime, zone: ZoneInfo) -> int | str:
    """What zoneinfo says about a time on the wall: its instant, or why there is none."""
    both = [wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
    back = [moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) for moment in both]
    if wall not in back:
        return "does not exist"
    instants = {moment.astimezone(UTC) for moment in both}
    return from_datetime(instants.pop()) if len(instants) == 1 else "occurs twice"


@pytest.mark.requirement("EVD-150")
@given(st.data(), st.sampled_from(ZONES), st.sampled_from(WRITTEN))
def test_every_form_in_every_zone_reads_as_zoneinfo_says(
    data: st.DataObject, zone: str, written: tuple[str, TimeOrder]
) -> None:
    source = near_change(zone) if zone in NIGHTS else SECONDS
    form, order = written
    place = ZoneInfo(zone)
    seconds = data.draw(st.lists(source, min_size=1, max_size=30))
    walls = [datetime.fromtimestamp(s, place).replace(tzinfo=None) for s in seconds]
    walls += [wall + timedelta(hours=1) for wall in walls]
    read = read_instants([wall.strftime(form) for wall in walls], zone, order=order)
    reasons = dict(read.unread)
    for n, wall in enumerate(walls):
        wanted = expected(wall, place)
        if isinstance(wanted, int):
            assert (n, int(read.t_ms[n])) == (n, wanted)
            assert n not in reasons
        elif wanted == "does not exist" or n in reasons:
            assert wanted in reasons[n]
        else:
            options = [from_datetime(wall.replace(tzinfo=place, fold=fold)) for fold in (0, 1)]
            assert int(read.t_ms[n]) in options


@pytest.mark.requirement("EVD-150")
@given(
    st.lists(st.datetimes(*AGE, timezones=st.just(UTC)), min_size=1, max_size=20),
    st.integers(-14 * 60, 14 * 60),
    st.sampled_from(["", ":"]),
    st.sampled_from([".", ","]),
    st.integers(0, 9),
)
def test_offsets_and_fractions_of_any_length_are_read_down_to_the_millisecond(
    moments: list[datetime], ahead: int, colon: str, mark: str, digits: int
) -> None:
    hours, minutes = divmod(abs(ahead), 60)
    offset = f"{'-' if ahead < 0 else '+'}{hours:02d}{colon}{minutes:02d}"
    texts, wanted = [], []
    for moment in moments:
        fraction = f"{moment.microsecond * 1000:09d}"[:digits]
        texts.append(f"{moment:%Y-%m-%dT%H:%M:%S}".rjust(19, "0"))
        texts[-1] += (mark + fraction if digits else "") + offset
        whole = from_datetime(moment.replace(microsecond=0))
        ms = int(fraction[:3].ljust(3, "0")) if digits else 0
        wanted.append(whole + ms - ahead * MINUTE)
    assert read_instants(texts, "UTC").t_ms.tolist() == wanted
    assert [read_instant(text, "UTC") for text in texts] == wanted


@pytest.mark.requirement("EVD-150")
@pytest.mark.parametrize(
    ("text", "order", "wanted"),
    [
        ("20260403T230400Z", TimeOrder.ISO, "2026-04-03T23:04:00"),
        ("2026-04-03 23:04:00 UTC", TimeOrder.ISO, "2026-04-03T23:04:00"),
        ("2026-04-03 23:04", TimeOrder.ISO, "2026-04-03T23:04:00"),
        ("20260403", TimeOrder.ISO, "2026-04-03T00:00:00"),
        ("14-May-11 00:00:00", TimeOrder.DAY_FIRST, "2011-05-14T00:00:00"),
        ("14. März 2011 06:00", TimeOrder.DAY_FIRST, "2011-03-14T06:00:00"),
        ("3-Okt-2019 06:00:00", TimeOrder.DAY_FIRST, "2019-10-03T06:00:00"),
        ("01.04.98 11:02:52", TimeOrder.DAY_FIRST, "1998-04-01T11:02:52"),
        ("01.04.98 11:02:55 PM", TimeOrder.DAY_FIRST, "1998-04-01T23:02:55"),
        ("01.04.98", TimeOrder.DAY_FIRST, "1998-04-01T00:00:00"),
        ("1/4/2026 12:00:00 AM", TimeOrder.MONTH_FIRST, "2026-01-04T00:00:00"),
        ("1/4/2026 12:00:00 p.m.", TimeOrder.MONTH_FIRST, "2026-01-04T12:00:00"),
        ("maj.19", TimeOrder.DAY_FIRST, "2019-05-01T00:00:00"),
        ("avg.19", TimeOrder.DAY_FIRST, "2019-08-01T00:00:00"),
        ("okt.19", TimeOrder.DAY_FIRST, "2019-10-01T00:00:00"),
        ("1617487440", TimeOrder.EPOCH_S, "2021-04-03T22:04:00"),
        ("1617487440.25", TimeOrder.EPOCH_S, "2021-04-03T22:04:00.250"),
        ("1617487440250", TimeOrder.EPOCH_MS, "2021-04-03T22:04:00.250"),
        ("36343.476928", TimeOrder.SPREADSHEET, "1999-07-02T11:26:46.579"),
        ("36343476928,0", TimeOrder.SPREADSHEET, "1999-07-02T11:26:46.579"),
    ],
)
def test_forms_that_exports_use(text: str, order: TimeOrder, wanted: str) -> None:
    read = read_instants([text], "UTC", order=order)
    assert read.unread == ()
    assert int(read.t_ms[0]) == from_datetime(datetime.fromisoformat(wanted).replace(tzinfo=UTC))


@pytest.mark.requirement("EVD-150")
@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2026-02-29 00:00:00",
        "2026-04-03 24:00:00",
        "2026-04-03 23:60:00",
        "2026-04-03T23:04:00+24:00",
        "2026-04-03T23:04:00+02:60",
        "2026-04-03T23:04:00,02:00",
        "0/4/2026 10:00:00",
        "13/13/2026 10:00:00",
        "1/4/2026 13:00:00 PM",
        "14-Mya-11 00:00:00",
        "\u0662026-04-03 23:04:00",
        "2026-04-03 23:04:00" + " " * 100,
    ],
)
def test_what_is_no_time_is_reported_in_a_column_and_alone(text: str) -> None:
    column = ["1/4/2026 10:00:00"] * 20 + ["2026-04-03T23:04:00+02:00"] * 20 + [text] * 12
    for order in (TimeOrder.DAY_FIRST, TimeOrder.MONTH_FIRST):
        read = read_instants(column, "UTC", order=order)
        assert [n for n, _ in read.unread] == list(range(40, 52))
        with pytest.raises(ValueError, match="cannot be read"):
            read_instant(text, "UTC", order)


@given(st.lists(st.text(max_size=30), max_size=30), st.sampled_from(list(TimeOrder)))
def test_any_text_is_either_read_or_reported(texts: list[str], order: TimeOrder) -> None:
    read = read_instants(texts, "Europe/Berlin", order=order)
    assert read.t_ms.size == len(texts)
    assert len(read.unread) + int((read.reason == READ).sum()) == len(texts)


@pytest.mark.requirement("EVD-150")
@given(st.lists(st.sampled_from(["3.4.2026 1:02:03", "2026-04-03T01:02:03Z", "x", "", "1/2/26"])))
def test_a_column_reads_as_its_texts_do_one_by_one(texts: list[str]) -> None:
    read = read_instants(texts, "UTC", order=TimeOrder.DAY_FIRST)
    reasons = dict(read.unread)
    for n, text in enumerate(texts):
        if n in reasons:
            with pytest.raises(ValueError, match=reasons[n]):
                read_instant(text, "UTC", TimeOrder.DAY_FIRST)
        else:
            assert read_instant(text, "UTC", TimeOrder.DAY_FIRST) == read.t_ms[n]


def test_arrow_columns_of_any_kind_are_read() -> None:
    texts = ["2026-04-03T23:04:00Z", None, "2026-04-03T23:05:00Z"] * 10
    plain = pa.array(texts)
    for column in (
        plain,
        plain.slice(3),
        pa.chunked_array([plain, plain]),
        plain.dictionary_encode(),
        pa.array(texts, pa.large_string()),
    ):
        read = read_instants(column, "UTC")
        assert len(read.unread) == column.null_count
        assert set(np.diff(read.t_ms[read.reason == READ]).tolist()) == {MINUTE, -MINUTE}


def test_what_was_assumed_is_counted_and_said() -> None:
    texts = ["01.04.98 11:02:52", "02.04.98", "maj.19", "2026-04-03 23:04:00"]
    assumed = read_instants(texts, "UTC", order=TimeOrder.DAY_FIRST).assumed
    assert (assumed.short_years, assumed.without_clock, assumed.without_day) == (3, 2, 1)
    assert [sentence.split(" ")[0] for sentence in assumed.sentences()] == ["3", "1", "1"]
    assert (assumed + assumed).short_years == 6


@pytest.mark.requirement("EVD-151")
@pytest.mark.parametrize("year", ["0001", "1899", "2200", "9999"])
def test_a_time_of_another_age_is_reported(year: str) -> None:
    for offset in ("", "Z", "+02:00"):
        texts = [f"{year}-05-01 00:00:00{offset}", f"2026-05-01 00:00:00{offset}"]
        read = read_instants(texts, "Europe/Berlin")
        assert "1900 to 2199" in read.unread[0][1]
        assert len(read.unread) == 1


@pytest.mark.requirement("EVD-151")
def test_seconds_of_another_age_are_reported() -> None:
    read = read_instants(["1617487440", "99999999999"], "UTC", order=TimeOrder.EPOCH_S)
    assert [n for n, _ in read.unread] == [1]


def berlin(hour: int, minute: int = 0, second: int = 0) -> str:
    return f"2026-10-25 {hour:02d}:{minute:02d}:{second:02d}"


def utc(text: str) -> int:
    return from_datetime(datetime.fromisoformat(text + "+00:00"))


def through_the_night(step_s: int) -> tuple[list[str], list[int]]:
    """Local times of Berlin from before to after the doubled hour, with their instants."""
    t_ms = list(range(utc("2026-10-24T22:00:00"), utc("2026-10-25T04:00:00"), step_s * 1000))
    place = ZoneInfo("Europe/Berlin")
    return [
        f"{(EPOCH + timedelta(milliseconds=t)).astimezone(place):%Y-%m-%d %H:%M:%S}" for t in t_ms
    ], t_ms


@pytest.mark.requirement("EVD-151")
@pytest.mark.parametrize("step_s", [1, 10, 60, 600, 1800, 3600])
def test_a_step_back_tells_the_two_passes_of_the_doubled_hour_apart(step_s: int) -> None:
    texts, t_ms = through_the_night(step_s)
    read = read_instants(texts, "Europe/Berlin")
    assert read.t_ms.tolist() == t_ms
    assert read.unread == ()
    assert read.assumed.told_apart == 7200 // step_s
    assert "step back" in read.assumed.sentences()[-1]


@pytest.mark.requirement("EVD-151")
def test_a_single_pass_is_not_placed() -> None:
    texts = [berlin(1, 50), berlin(2, 10), berlin(2, 40), berlin(3, 10)]
    read = read_instants(texts, "Europe/Berlin")
    assert [n for n, _ in read.unread] == [1, 2]
    assert all("occurs twice" in why for _, why in read.unread)
    assert read.assumed.told_apart == 0


@pytest.mark.requirement("EVD-151")
def test_a_row_out_of_order_is_not_taken_for_the_second_pass() -> None:
    texts = [berlin(1, 50), berlin(2, 30), berlin(2, 28), berlin(2, 40), berlin(3, 10)]
    assert len(read_instants(texts, "Europe/Berlin").unread) == 3


@pytest.mark.requirement("EVD-151")
def test_a_repeated_row_of_a_dense_series_is_not_taken_for_the_second_pass() -> None:
    texts = [berlin(1, 59, 50), berlin(2, 0), berlin(2, 0), berlin(2, 0, 10), berlin(3, 10)]
    assert len(read_instants(texts, "Europe/Berlin").unread) == 3


@pytest.mark.requirement("EVD-151")
def test_tags_one_below_the_other_are_told_apart_each_by_its_own_rows() -> None:
    texts, t_ms = through_the_night(600)
    single = [berlin(2, 20), berlin(5)]
    column = texts + texts + single
    series = np.repeat([0, 1, 2], [len(texts), len(texts), 2])
    read = read_instants(column, "Europe/Berlin", series=series)
    assert read.t_ms[: 2 * len(texts)].tolist() == t_ms + t_ms
    assert [n for n, _ in read.unread] == [2 * len(texts)]
    unknown = read_instants(column, "Europe/Berlin")
    assert len(unknown.unread) == 2 * 12 + 1


@pytest.mark.requirement("EVD-151")
def test_in_a_file_in_order_the_step_back_holds_for_tags_with_a_single_row() -> None:
    texts, t_ms = through_the_night(60)
    series = np.zeros(len(texts), np.int64)
    first, second = texts.index(berlin(2, 20)), len(texts) - 1 - texts[::-1].index(berlin(2, 40))
    series[first], series[second] = 1, 2
    read = read_instants(texts, "Europe/Berlin", series=series)
    assert read.t_ms.tolist() == t_ms


@pytest.mark.requirement("EVD-151")
@pytest.mark.parametrize("block", [7, 64, 1000])
def test_rows_of_the_doubled_hour_wait_for_the_block_that_tells(block: int) -> None:
    texts, t_ms = through_the_night(60)
    reader = InstantReader(TimeOrder.ISO, "Europe/Berlin", hold=True)
    blocks = [reader.read(texts[n : n + block]) for n in range(0, len(texts), block)]
    out = np.concatenate([one.t_ms for one in blocks])
    held = np.flatnonzero(np.concatenate([one.reason for one in blocks]) == HELD)
    rows, late = reader.finish()
    assert rows.tolist() == held.tolist()
    assert late.assumed.told_apart == rows.size == 120
    out[rows] = late.t_ms
    assert out.tolist() == t_ms
    assert reader.finish()[0].size == 0


@pytest.mark.requirement("EVD-151")
def test_the_missing_hour_is_reported_row_by_row() -> None:
    texts = [
        "2026-03-29 01:59:59",
        "2026-03-29 02:00:00",
        "2026-03-29 02:59:59",
        "2026-03-29 03:00",
    ]
    read = read_instants(texts, "Europe/Berlin")
    assert [n for n, _ in read.unread] == [1, 2]
    assert all("does not exist" in why for _, why in read.unread)
    assert read.t_ms[3] - read.t_ms[0] == 1000


@pytest.mark.data
@pytest.mark.requirement("EVD-151")
def test_twelve_years_of_a_real_export_have_every_hour_once(shared_data: Path) -> None:
    export = shared_data / "historian_formats" / "pi_datalink" / "solar_data.csv"
    texts = [line.split(",")[0] for line in export.read_text("utf-8-sig").splitlines()[2:]]
    read = read_instants(texts, "America/Chicago", order=TimeOrder.DAY_FIRST)
    assert read.unread == ()
    assert read.assumed.told_apart == 24
    assert set(np.diff(read.t_ms).tolist()) == {HOUR}
