"""The record of a validation as a file: same bytes, same value again, torn ones refused."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.validations import made_record

from investigator.domain.errors import UnusableInput
from investigator.domain.validation import Figure, Outcome
from investigator.twin.validation_file import RECORD, read_validation, record_text, rounded


def written(folder, text):
    place = folder / RECORD
    place.parent.mkdir(exist_ok=True)
    place.write_text(text, encoding="utf-8", newline="\n")


@pytest.mark.requirement("TWN-071")
def test_what_is_written_reads_back_to_the_same_value(tmp_path):
    record = made_record(Outcome.PASSED, Outcome.FAILED, Outcome.NOT_ASSESSED)
    written(tmp_path, record_text(record))
    found = read_validation(tmp_path)
    assert found == rounded(record)
    assert found.seed == record.seed
    assert found.attributes[0].bias.value == 0.123457
    assert record_text(found) == record_text(record)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_six_digits_are_kept(value):
    record = rounded(replace(made_record(), attributes=()))
    part = replace(record.criteria[0], figure=Figure(value, value, value))
    kept = rounded(replace(record, criteria=(part,))).criteria[0].figure
    assert kept.value == pytest.approx(value, rel=5e-6, abs=0.0)
    assert f"{kept.value}" != "-0.0"


def test_a_number_that_is_none_is_not_written():
    record = made_record()
    nothing = replace(record.criteria[0], figure=Figure(float("nan"), 0.0, 0.0))
    with pytest.raises(ValueError, match="JSON"):
        record_text(replace(record, criteria=(nothing,)))


def test_a_package_without_the_file_has_no_validation(tmp_path):
    assert read_validation(tmp_path) is None


def test_torn_newer_and_incomplete_files_are_refused(tmp_path):
    text = record_text(made_record())
    written(tmp_path, text[:-40])
    with pytest.raises(UnusableInput, match=r"record\.json.*no readable JSON"):
        read_validation(tmp_path)
    written(tmp_path, text.replace('"format": 1', '"format": 2'))
    with pytest.raises(UnusableInput, match="format 2"):
        read_validation(tmp_path)
    document = json.loads(text)
    del document["record"]["criteria"]
    written(tmp_path, json.dumps(document))
    with pytest.raises(UnusableInput, match=r"incomplete.*criteria"):
        read_validation(tmp_path)
    written(tmp_path, "[]")
    with pytest.raises(UnusableInput, match="no readable JSON"):
        read_validation(tmp_path)


def test_a_word_for_a_number_is_refused(tmp_path):
    document = json.loads(record_text(made_record()))
    document["record"]["criteria"][0]["outcome"] = "good enough"
    written(tmp_path, json.dumps(document))
    with pytest.raises(UnusableInput, match="incomplete"):
        read_validation(tmp_path)


def with_nan(text):
    document = json.loads(text)
    document["record"]["criteria"][0]["figure"]["value"] = float("nan")
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


NOT_AS_WRITTEN = {
    "a key twice": lambda text: text.replace('"seed":', '"seed": 9,\n  "seed":', 1),
    "a key that nobody reads": lambda text: text.replace('"seed":', '"note": 1,\n  "seed":', 1),
    "a format that is no number": lambda text: text.replace('"format": 1', '"format": true'),
    "a number that is none": with_nan,
    "half a character": lambda text: text.replace('"software": "', '"software": "\\ud800', 1),
    "brackets without end": lambda _: "[" * 100_000,
}


@pytest.mark.requirement("TWN-124")
@pytest.mark.parametrize("how", sorted(NOT_AS_WRITTEN))
def test_only_what_a_validation_writes_is_read(tmp_path, how):
    text = record_text(made_record())
    changed = NOT_AS_WRITTEN[how](text)
    assert changed != text
    written(tmp_path, changed)
    with pytest.raises(UnusableInput, match=r"record\.json"):
        read_validation(tmp_path)
