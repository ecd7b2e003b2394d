"""A twin is validated by what lies in its package and by nothing else."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from support.validated_twins import copied, judged, passing, put_in, validated

from investigator.domain.errors import UnusableInput
from investigator.domain.twin_status import PackageStanding, TwinStatus
from investigator.domain.validation import AttributeFigures, Figure, Outcome, ValidationRecord
from investigator.twin.digests import LIST, seal
from investigator.twin.manifest import HEAD
from investigator.twin.package import load_package
from investigator.twin.validation_file import RECORD

Change = Callable[[ValidationRecord], ValidationRecord]


def standing(folder: Path) -> PackageStanding:
    return load_package(folder).standing


@pytest.mark.requirement("TWN-095")
def test_a_package_whose_validation_passed_on_this_content_is_validated(tmp_path: Path) -> None:
    found = standing(validated(tmp_path))
    assert found.status is TwinStatus.VALIDATED
    assert "passed all 24 criteria" in found.why


@pytest.mark.requirement("TWN-096")
def test_a_package_without_validation_is_a_draft(tmp_path: Path) -> None:
    found = standing(copied(tmp_path))
    assert found == PackageStanding(
        TwinStatus.DRAFT, "It was not validated: the package holds no validation."
    )


def without_one(record: ValidationRecord) -> ValidationRecord:
    return replace(record, criteria=record.criteria[1:])


def with_a_looser_limit(record: ValidationRecord) -> ValidationRecord:
    first = record.criteria[0]
    loose = replace(first, criterion=replace(first.criterion, limit=2 * first.criterion.limit))
    return replace(record, criteria=(loose, *record.criteria[1:]))


def without_figure(record: ValidationRecord) -> ValidationRecord:
    first = replace(record.criteria[0], figure=None)
    return replace(record, criteria=(first, *record.criteria[1:]))


def with_a_figure_that_fails(record: ValidationRecord) -> ValidationRecord:
    first = replace(record.criteria[0], figure=Figure(9.0, 9.0, 9.0))
    return replace(record, criteria=(first, *record.criteria[1:]))


@pytest.mark.requirement("TWN-096")
@pytest.mark.parametrize(
    ("change", "why"),
    [
        (
            lambda r: judged(r, "rmsep.water", Outcome.FAILED),
            "Its validation failed: rmsep.water.",
        ),
        (
            lambda r: judged(r, "nis.tags", Outcome.NOT_ASSESSED),
            "Its validation did not assess nis.tags.",
        ),
        (without_figure, "The figures of its validation do not meet rmsep.hardness."),
        (with_a_figure_that_fails, "The figures of its validation do not meet rmsep.hardness."),
        (without_one, "does not judge rmsep.hardness as the manifest states it"),
        (with_a_looser_limit, "does not judge rmsep.hardness as the manifest states it"),
        (lambda r: replace(r, subject="sha256:" + "0" * 64), "changed after it was validated"),
        (lambda r: replace(r, process="sha256:" + "0" * 64), "equations of the program"),
        (lambda r: replace(r, version="9.9"), "that of cdc_line_3 9.9, not of cdc_line_3 0.1.0"),
    ],
)
def test_a_validation_that_does_not_fit_leaves_a_draft_and_says_why(
    tmp_path: Path, change: Change, why: str
) -> None:
    folder = copied(tmp_path)
    found = standing(put_in(folder, change(passing(folder))))
    assert found.status is TwinStatus.DRAFT
    assert why in found.why


@pytest.mark.requirement("TWN-096")
def test_a_change_after_the_validation_makes_it_a_draft_again(tmp_path: Path) -> None:
    folder = validated(tmp_path)
    head = folder / HEAD
    head.write_text(head.read_text(encoding="utf-8") + "# one more line\n", encoding="utf-8")
    seal(folder)
    assert "The package was changed after it was validated" in standing(folder).why


@pytest.mark.requirement("TWN-096")
def test_without_criteria_nothing_is_validated(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    head = folder / HEAD
    text = head.read_text(encoding="utf-8")
    head.write_text(text[: text.index("[[acceptance]]")], encoding="utf-8")
    found = standing(put_in(folder, passing(folder)))
    assert found.why == "Its manifest fixes no criterion that a validation could pass."


@pytest.mark.requirement("TWN-097")
def test_a_status_that_is_typed_in_is_not_believed(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    head = folder / HEAD
    text = head.read_text(encoding="utf-8").replace("format = 2", "format = 1")
    text = text.replace('line_id = "', 'status = "approved"\nline_id = "')
    head.write_text(text, encoding="utf-8")
    seal(folder)
    assert standing(folder).status is TwinStatus.DRAFT


@pytest.mark.requirement("TWN-098")
@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{", "record.json: is no readable JSON"),
        ('{"format": 99, "record": {}}', "record.json: has format 99, this version reads"),
        ('{"format": 1, "record": {"twin_id": 3}}', "record.json: is incomplete"),
    ],
)
def test_a_validation_that_cannot_be_read_does_not_count(
    tmp_path: Path, content: str, why: str
) -> None:
    folder = validated(tmp_path)
    (folder / RECORD).write_text(content, encoding="utf-8")
    seal(folder)
    found = standing(folder)
    assert found.status is TwinStatus.DRAFT
    assert why in found.why
    assert found.why.startswith("Its validation does not count: ")


@pytest.mark.requirement("TWN-098")
@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("format = 2", "format = 3", r"twin\.toml: has format 3, this version reads"),
        ("format = 2", 'format = "2"', r"twin\.toml: has format '2', this version reads"),
        ('version = "0.1.0"', 'version = "latest"', "version 'latest' is not of the form 1.2.0"),
        ('version = "0.1.0"\n', "", "lacks a usable entry"),
        ('relation = "at most"', 'relation = "around"', "lacks a usable entry"),
    ],
)
def test_a_manifest_that_cannot_be_used_is_one_sentence(
    tmp_path: Path, old: str, new: str, why: str
) -> None:
    folder = validated(tmp_path)
    head = folder / HEAD
    head.write_text(head.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    seal(folder)
    with pytest.raises(UnusableInput, match=why):
        load_package(folder)


@pytest.mark.requirement("TWN-098")
def test_one_changed_byte_of_the_validation_makes_the_package_unusable(tmp_path: Path) -> None:
    folder = validated(tmp_path)
    file = folder / RECORD
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(bytes(content))
    with pytest.raises(UnusableInput, match=r"validation/record\.json: differs from its digest"):
        load_package(folder)
    (folder / LIST).unlink()
    with pytest.raises(UnusableInput, match=r"digests\.json: cannot be read"):
        load_package(folder)


@pytest.mark.requirement("TWN-124")
def test_a_figure_outside_its_own_interval_bears_nothing_out(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    record = passing(folder)
    odd = replace(record.criteria[0], figure=Figure(9.0, 0.1, 0.1))
    found = standing(put_in(folder, replace(record, criteria=(odd, *record.criteria[1:]))))
    assert found.status is TwinStatus.DRAFT
    assert "do not meet" in found.why


@pytest.mark.requirement("TWN-124")
@pytest.mark.parametrize("name", ["reference", "tags.csv"])
def test_a_link_in_a_package_is_refused_for_what_it_leads_to_could_change(
    tmp_path: Path, name: str
) -> None:
    folder = validated(tmp_path / "models")
    outside = tmp_path / name
    (folder / name).rename(outside)
    (folder / name).symlink_to(outside)
    with pytest.raises(UnusableInput, match="link"):
        seal(folder)
    with pytest.raises(UnusableInput, match=f"{name}.*link"):
        load_package(folder)


@pytest.mark.requirement("TWN-124")
@pytest.mark.parametrize("limit", ["inf", "nan", "1e400", "true", '"0.75"', "9" * 5000])
def test_a_limit_that_no_figure_could_fail_is_refused(tmp_path: Path, limit: str) -> None:
    folder = copied(tmp_path)
    text = (folder / HEAD).read_text(encoding="utf-8")
    (folder / HEAD).write_text(text.replace("limit = 0.75", f"limit = {limit}", 1), "utf-8")
    seal(folder)
    with pytest.raises(UnusableInput, match=r"twin\.toml"):
        load_package(folder)


@pytest.mark.requirement("TWN-124")
@pytest.mark.parametrize("name", [LIST, HEAD, "parameters.toml", "tag_map.toml", "flowsheet.toml"])
def test_brackets_without_end_are_one_sentence(tmp_path: Path, name: str) -> None:
    folder = copied(tmp_path)
    (folder / name).write_text("a = " + "[" * 50_000, "utf-8")
    if name != LIST:
        seal(folder)
    with pytest.raises(UnusableInput):
        load_package(folder)


@pytest.mark.requirement("TWN-126")
def test_a_figure_that_does_not_follow_from_what_was_measured_leaves_a_draft(
    tmp_path: Path,
) -> None:
    folder = copied(tmp_path)
    record = passing(folder)
    hardness = AttributeFigures(
        attribute="hardness",
        unit="N",
        containers=300,
        batches=24,
        rmsep=3.0,
        rmsep_of_mean=3.1,
        bias=Figure(0.1, -0.2, 0.4),
        r2_pred=0.1,
        coverage=(),
        width95=9.0,
        history_sd=3.1,
        repeatability_sd=1.5,
        predictable=True,
    )
    found = standing(put_in(folder, replace(record, attributes=(hardness,))))
    assert found.status is TwinStatus.DRAFT
    assert "states rmsep.hardness, bias.hardness, width95.hardness otherwise" in found.why
