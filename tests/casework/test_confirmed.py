"""The list of confirmed causes: every row is used, or the list is refused with its line."""

import pytest

from investigator.casework.confirmed import read_confirmed
from investigator.domain.errors import UnusableInput

CAUSES = ("api_bridging", "punch_damage")


def read(tmp_path, text, encoding="utf-8"):
    place = tmp_path / "confirmed.csv"
    place.write_text(text, encoding)
    return read_confirmed(place, CAUSES)


@pytest.mark.requirement("CLI-066")
def test_causes_by_folder_in_the_order_of_the_list(tmp_path):
    found = read(tmp_path, "folder,cause\nP2,punch_damage\nP1,api_bridging\nP2, api_bridging \n")
    assert list(found.items()) == [
        ("P2", ("punch_damage", "api_bridging")),
        ("P1", ("api_bridging",)),
    ]


def test_a_mark_before_the_text_and_more_columns_do_no_harm(tmp_path):
    text = "remark,folder,cause\nx,P1,api_bridging\n"
    assert read(tmp_path, text, "utf-8-sig") == {"P1": ("api_bridging",)}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("folder,why\nP1,x\n", "has no column cause"),
        ("", "has no column folder"),
        ("folder,cause\nP1,api_bridging\nP2,gremlins\n", "line 3 names gremlins"),
        ("folder,cause\nP1,\n", "line 2 lacks"),
        ("folder,cause\n,api_bridging\n", "line 2 lacks"),
        ("folder,cause\nP1\n", "line 2 lacks"),
        ("folder,cause\nP1,api_bridging\nP1,api_bridging\n", "line 3 repeats"),
    ],
)
def test_a_wrong_list_is_refused_with_its_line(tmp_path, text, wrong):
    with pytest.raises(UnusableInput, match=rf"confirmed\.csv: .*{wrong}"):
        read(tmp_path, text)


def test_a_list_that_is_no_text_or_not_there_is_refused(tmp_path):
    place = tmp_path / "confirmed.csv"
    with pytest.raises(UnusableInput, match=r"cannot be read \(No such file or directory\)"):
        read_confirmed(place, CAUSES)
    place.write_bytes(b"folder,cause\n\xff\xfe\x00\n")
    with pytest.raises(UnusableInput, match="cannot be read"):
        read_confirmed(place, CAUSES)
