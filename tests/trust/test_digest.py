"""A digest names content: the same on every machine, another for other content."""

import hashlib
from pathlib import Path

import numpy as np
import pytest

from investigator.trust.digest import (
    digest_of_array,
    digest_of_bytes,
    digest_of_file,
    digest_of_value,
    is_digest,
)


def test_bytes_files_and_values(tmp_path: Path) -> None:
    abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    (tmp_path / "abc").write_bytes(b"abc")
    assert digest_of_bytes(b"abc") == digest_of_file(tmp_path / "abc") == abc
    assert digest_of_value({"b": 1, "a": [True]}) == digest_of_bytes(b'{"a":[true],"b":1}')
    assert is_digest(abc)
    assert not is_digest(abc.upper())
    assert not is_digest(abc[1:])


@pytest.mark.requirement("REC-001")
def test_an_array_has_one_digest_whatever_its_layout_in_memory() -> None:
    array = np.arange(6, dtype="<f8").reshape(2, 3)
    expected = hashlib.sha256(b'{"dtype":"<f8","shape":[2,3]}\n' + array.tobytes()).hexdigest()
    for same in (array, array.astype(">f8"), np.asfortranarray(array), array.T.copy().T):
        assert digest_of_array(same) == expected


def test_shape_type_and_numbers_are_part_of_the_digest() -> None:
    array = np.arange(6, dtype="<f8")
    other = [array.reshape(2, 3), array.astype("<f4"), array + np.spacing(1.0), array[::-1]]
    assert len({digest_of_array(a) for a in [array, *other]}) == 5


@pytest.mark.parametrize("array", [np.array(["a"]), np.array([None]), np.zeros(1, "i4,f8")])
def test_arrays_of_anything_but_numbers_are_refused(array: np.ndarray) -> None:
    with pytest.raises(TypeError, match="has no digest"):
        digest_of_array(array)
