"""A checkpoint is what the log's key signed, or it is refused in one sentence."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.domain.errors import AlteredRecord, UnusableRequest
from investigator.trust.checkpoint import Checkpoint, signed_checkpoint, verified_checkpoint
from investigator.trust.keys import LogKey, log_verifier, new_log_key

KEY = new_log_key("site.example/quality")
POINT = Checkpoint(KEY.name, 12, bytes(range(32)))
NOTE = signed_checkpoint(POINT, KEY)


@pytest.mark.requirement("REC-003")
def test_a_checkpoint_has_the_form_of_the_specification() -> None:
    lines = NOTE.split("\n")
    assert lines[:4] == [KEY.name, "12", base64.b64encode(bytes(range(32))).decode(), ""]
    mark, name, value = lines[4].split(" ")
    assert (mark, name, lines[5:]) == ("\u2014", KEY.name, [""])
    raw = base64.b64decode(value)
    assert raw[:4] == KEY.verifier.key_id
    KEY.private.public_key().verify(raw[4:], POINT.text().encode())
    assert verified_checkpoint(NOTE, [KEY.verifier]) == POINT


def test_the_key_id_is_that_of_the_published_example() -> None:
    # The example key of the Go checksum database, golang.org/x/mod/sumdb.
    text = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
    assert log_verifier(text).text() == text


@pytest.mark.requirement("REC-003")
def test_an_unknown_signature_is_ignored_and_a_failing_known_one_is_not() -> None:
    witness = new_log_key("witness.example")
    text = POINT.text().encode()
    value = base64.b64encode(witness.verifier.key_id + witness.sign(text)).decode()
    both = f"{NOTE}\u2014 {witness.name} {value}\n"
    assert verified_checkpoint(both, [KEY.verifier]) == POINT
    assert verified_checkpoint(both, [KEY.verifier, witness.verifier]) == POINT
    forged = base64.b64encode(witness.verifier.key_id + bytes(64)).decode()
    note = f"{NOTE}\u2014 {witness.name} {forged}\n"
    assert verified_checkpoint(note, [KEY.verifier]) == POINT
    with pytest.raises(AlteredRecord, match="does not fit"):
        verified_checkpoint(note, [KEY.verifier, witness.verifier])


def test_who_is_not_known_proves_nothing() -> None:
    with pytest.raises(AlteredRecord, match="no key that is known"):
        verified_checkpoint(NOTE, [])
    with pytest.raises(AlteredRecord, match="no key that is known"):
        verified_checkpoint(NOTE, [new_log_key(KEY.name).verifier])


def test_a_checkpoint_of_another_log_is_refused() -> None:
    note = signed_checkpoint(Checkpoint("other.example", 1, bytes(32)), KEY)
    with pytest.raises(AlteredRecord, match="not signed by that log"):
        verified_checkpoint(note, [KEY.verifier])


@given(st.integers(0, len(NOTE) - 1), st.characters(exclude_categories=["Cs"]))
def test_no_character_can_be_changed(place: int, character: str) -> None:
    changed = NOTE[:place] + character + NOTE[place + 1 :]
    if changed == NOTE:
        return
    with pytest.raises(AlteredRecord):
        verified_checkpoint(changed, [KEY.verifier])


@pytest.mark.parametrize(
    "text",
    [f"{KEY.name}\n012\n{'A' * 43}=\n", f"{KEY.name}\n1\nAAAA\n", f"{KEY.name}\n-1\n{'A' * 43}=\n"],
)
def test_signed_nonsense_is_still_nonsense(text: str) -> None:
    value = base64.b64encode(KEY.verifier.key_id + KEY.sign(text.encode())).decode()
    with pytest.raises(AlteredRecord, match=r"size of a log|32 bytes"):
        verified_checkpoint(f"{text}\n\u2014 {KEY.name} {value}\n", [KEY.verifier])


@pytest.mark.parametrize("note", ["", "\n\n", "a\n1\nb\n", NOTE.rstrip("\n"), NOTE + "\n"])
def test_what_has_no_signature_lines_is_refused(note: str) -> None:
    with pytest.raises(AlteredRecord):
        verified_checkpoint(note, [KEY.verifier])


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb"])
def test_a_log_name_that_would_break_the_form_is_refused(name: str) -> None:
    with pytest.raises(UnusableRequest, match="log name"):
        new_log_key(name)


@pytest.mark.parametrize(
    "text",
    ["", "a", "a+b+c", KEY.verifier.text().replace("site", "sate")],
    ids=["empty", "a word", "no key", "another name"],
)
def test_a_text_that_is_no_log_key_is_refused(text: str) -> None:
    with pytest.raises(UnusableRequest, match="not the public key"):
        log_verifier(text)


def test_a_private_key_does_not_show_itself() -> None:
    assert "private" not in repr(LogKey("a", KEY.private))
