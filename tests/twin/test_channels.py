"""One list of channels: every id once, every id known to what was measured and predicted."""

from support.line_run import bare, package

from investigator.twin.channels import BY_ID, POINTS, SERIES, SERIES_INDEX
from investigator.twin.reference import RESOLUTION


def test_every_channel_stands_once():
    assert len(BY_ID) == len(SERIES) + len(POINTS)
    assert [SERIES[i].channel for i in SERIES_INDEX.values()] == list(SERIES_INDEX)


def test_every_channel_has_words_a_unit_and_a_resolution():
    for channel in SERIES + POINTS:
        assert channel.title
        assert channel.unit
        assert channel.to_unit > 0.0
        assert RESOLUTION[channel.channel] > 0.0
    assert set(RESOLUTION) == set(BY_ID)


def test_both_sides_have_a_row_for_every_channel():
    c = bare()
    assert c.measured.series.shape == c.null.series.shape
    assert c.measured.series.shape[0] == len(SERIES)


def test_failure_modes_are_searched_in_channels_that_there_are():
    unknown = {
        (mode.cause, channel)
        for mode in package().failure_modes
        for channel in mode.screened_by
        if channel not in BY_ID
    }
    assert unknown == set()
