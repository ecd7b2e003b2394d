import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from investigator.domain.errors import UnusableInput
from investigator.twin.digests import file_digests, seal, subject_digest
from investigator.twin.manifest import read_manifest
from investigator.twin.package import load_package, package_parameters
from investigator.twin.parameters import Parameters, parameters_toml

MODELS = Path(__file__).parents[2] / "models"


@pytest.fixture
def copy(tmp_path):
    folder = tmp_path / "cdc_line_3"
    shutil.copytree(MODELS / "cdc_line_3", folder)
    seal(folder)
    return folder


def test_the_shipped_twin_loads(copy):
    package = load_package(copy)
    assert package.manifest.line_id == "CDC-3"
    assert package.standing.why
    assert package.digest.startswith("sha256:")
    assert package.parameters.line().press.stations == 36
    assert {s.attribute for s in package.specifications} >= {"assay", "hardness", "q30"}


def test_one_changed_byte_is_refused_by_name(copy):
    path = copy / "characterisation" / "compaction_doe.csv"
    content = bytearray(path.read_bytes())
    content[-5] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(UnusableInput, match=r"characterisation/compaction_doe\.csv.*differs"):
        load_package(copy)


def test_a_missing_and_a_strange_file_are_refused(copy):
    (copy / "tags.csv").rename(copy / "tags2.csv")
    with pytest.raises(UnusableInput, match=r"tags\.csv.*missing"):
        load_package(copy)
    (copy / "tags2.csv").rename(copy / "tags.csv")
    (copy / "extra.txt").write_text("x", encoding="utf-8")
    with pytest.raises(UnusableInput, match=r"extra\.txt.*not listed"):
        load_package(copy)


@pytest.mark.requirement("IMP-079")
@pytest.mark.parametrize("word", ["NaN", "Infinity"])
def test_what_was_learned_and_is_no_number_is_refused(copy, word):
    path = copy / "reference" / "replay.json"
    text = path.read_text(encoding="utf-8")
    path.write_text('{"sd": ' + word + ", " + text.lstrip()[1:], encoding="utf-8")
    seal(copy)
    with pytest.raises(UnusableInput, match=rf"reference/replay\.json.*{word} is no number"):
        load_package(copy)


def test_a_newer_format_is_refused(copy):
    head = copy / "twin.toml"
    text = head.read_text(encoding="utf-8").replace("format = 2", "format = 3")
    head.write_text(text, encoding="utf-8")
    with pytest.raises(UnusableInput, match="format 3"):
        load_package(copy)


def test_the_digest_depends_on_content_alone(copy):
    first = seal(copy)
    (copy / "twin.toml").touch()
    assert seal(copy) == first


def test_the_subject_of_a_validation_is_all_but_the_validation(copy):
    before = subject_digest(file_digests(copy))
    (copy / "validation").mkdir(exist_ok=True)
    (copy / "validation" / "record.json").write_text("{}", encoding="utf-8")
    assert subject_digest(file_digests(copy)) == before
    (copy / "validation_notes.txt").write_text("x", encoding="utf-8")
    assert subject_digest(file_digests(copy)) != before


def test_a_manifest_says_what_the_twin_cannot_represent():
    limitations = read_manifest(MODELS / "cdc_line_3").limitations
    assert any("segregate" in sentence for sentence in limitations)
    assert all(sentence.endswith(".") for sentence in limitations)


@pytest.mark.requirement("TWN-041")
def test_what_normal_batches_told_of_the_line_stands_in_for_what_was_set(copy):
    before = package_parameters(copy)
    told = replace(before["moisture.uptake_share"], value=0.37, sd=0.01, origin="told")
    text = parameters_toml(Parameters({"moisture.uptake_share": told}))
    (copy / "line_parameters.toml").write_text(text, encoding="utf-8")
    after = package_parameters(copy)
    assert after["moisture.uptake_share"] == told
    assert set(after) == set(before)


@pytest.mark.requirement("TWN-112")
def test_a_failure_mode_of_refills_at_no_feeder_is_refused(copy):
    path = copy / "failure_modes.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('unit = "LW-311"', 'unit = "DD-361"', 1), encoding="utf-8")
    seal(copy)
    with pytest.raises(UnusableInput, match=r"at DD-361, which is no feeder of the manifest"):
        load_package(copy)


@pytest.mark.requirement("TWN-112")
def test_a_reported_attribute_that_has_no_line_in_the_list_is_refused(copy):
    path = copy / "record_map.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("cu_av =", "cu_aw ="), encoding="utf-8")
    seal(copy)
    with pytest.raises(UnusableInput, match=r"record_map\.toml.*reports cu_aw, which the list"):
        load_package(copy)
