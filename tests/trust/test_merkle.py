"""The Merkle tree against published answers, another implementation and the definition itself."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from investigator.trust.merkle import (
    EMPTY_ROOT,
    consistency_proof,
    frontier_of,
    inclusion_proof,
    leaf_hash,
    node_hash,
    proves_consistency,
    proves_inclusion,
    root_of,
)

# Entries and roots of the reference implementation of RFC 6962 (Certificate Transparency).
ENTRIES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
leaves_of = st.lists(st.binary(max_size=4).map(leaf_hash), min_size=1, max_size=40)


def by_definition(leaves: list[bytes]) -> bytes:
    """The recursive definition of RFC 6962 section 2.1, as it stands there."""
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return node_hash(by_definition(leaves[:k]), by_definition(leaves[k:]))


@pytest.mark.requirement("REC-002")
def test_roots_are_those_of_the_reference_implementation() -> None:
    leaves = [leaf_hash(entry) for entry in ENTRIES]
    assert [root_of(leaves[: n + 1]).hex() for n in range(8)] == ROOTS
    assert root_of([]) == EMPTY_ROOT
    assert EMPTY_ROOT.hex().startswith("e3b0c44298fc1c14")


@pytest.mark.requirement("REC-002")
def test_proofs_are_those_of_the_reference_implementation() -> None:
    leaves = [leaf_hash(entry) for entry in ENTRIES]
    assert [h.hex() for h in inclusion_proof(leaves, 0)] == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]
    assert [h.hex() for h in consistency_proof(leaves, 6)] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


@given(leaves_of)
def test_the_growing_tree_has_the_root_of_the_definition(leaves: list[bytes]) -> None:
    frontier = frontier_of(leaves)
    assert frontier.root() == by_definition(leaves)
    assert len(frontier.peaks) == frontier.size.bit_count()


@settings(max_examples=60)
@given(leaves_of, st.data())
def test_an_inclusion_proof_holds_for_its_entry_and_for_nothing_else(
    leaves: list[bytes], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof, root, size = inclusion_proof(leaves, index), root_of(leaves), len(leaves)
    leaf = leaves[index]
    assert proves_inclusion(leaf=leaf, index=index, size=size, proof=proof, root=root)
    wrong = leaf_hash(b"never written")
    assert not proves_inclusion(leaf=wrong, index=index, size=size, proof=proof, root=root)
    assert not proves_inclusion(leaf=leaf, index=index, size=size, proof=proof, root=wrong)
    longer = (*proof, wrong)
    assert not proves_inclusion(leaf=leaf, index=index, size=size, proof=longer, root=root)
    assert not proves_inclusion(leaf=leaf, index=size, size=size, proof=proof, root=root)
    if proof:
        short = proof[:-1]
        assert not proves_inclusion(leaf=leaf, index=index, size=size, proof=short, root=root)


@settings(max_examples=60)
@given(leaves_of, st.data())
def test_a_consistency_proof_holds_only_where_entries_were_added(
    leaves: list[bytes], data: st.DataObject
) -> None:
    old_size, size = data.draw(st.integers(1, len(leaves))), len(leaves)
    proof = consistency_proof(leaves, old_size)
    old_root, root = root_of(leaves[:old_size]), root_of(leaves)
    wrong = leaf_hash(b"never written")

    def holds(old: bytes, new: bytes, path: tuple[bytes, ...]) -> bool:
        return proves_consistency(old_size=old_size, old_root=old, size=size, root=new, proof=path)

    assert holds(old_root, root, proof)
    assert not holds(wrong, root, proof)
    assert not holds(old_root, wrong, proof)
    assert not holds(old_root, root, (*proof, wrong))
    if proof:
        assert not holds(old_root, root, proof[:-1])


def test_what_is_not_in_the_tree_has_no_proof() -> None:
    leaves = [leaf_hash(entry) for entry in ENTRIES]
    with pytest.raises(IndexError, match="8 entries, none at 8"):
        inclusion_proof(leaves, 8)
    with pytest.raises(IndexError, match="no earlier size"):
        consistency_proof(leaves, 9)
    assert not proves_consistency(old_size=9, old_root=b"", size=8, root=b"", proof=[])
