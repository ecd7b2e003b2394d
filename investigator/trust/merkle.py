"""A Merkle tree over the log: one root stands for all entries, in their order.

- Hashes as in RFC 6962 section 2.1 and RFC 9162 section 2.1: SHA-256 with the prefix 0x00 before an
  entry and 0x01 before two hashes; the empty tree has the hash of nothing.
- An inclusion proof shows with some log2(n) hashes that one entry belongs to a root, without
  showing the others.
- A consistency proof shows that a later root only added entries to an earlier one.
- Verification (RFC 9162 sections 2.1.3.2 and 2.1.4.2) needs neither the log nor trust in whoever
  made the proof.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """The 32-byte hash of one entry."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The 32-byte hash over two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """What must be remembered of a tree to go on adding to it.

    `peaks` holds the roots of the largest complete subtrees, left to right, one for each binary
    digit 1 of `size`.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def appended(self, leaf: bytes) -> "Frontier":
        """The tree with one more leaf hash; costs log2(size) hashes at most, two on average."""
        peaks, size = [*self.peaks, leaf], self.size
        while size & 1:
            right = peaks.pop()
            peaks.append(node_hash(peaks.pop(), right))
            size >>= 1
        return Frontier(self.size + 1, tuple(peaks))

    def root(self) -> bytes:
        """The root over all leaves so far."""
        if not self.peaks:
            return EMPTY_ROOT
        return reduce(lambda right, left: node_hash(left, right), reversed(self.peaks))


def frontier_of(leaves: Sequence[bytes]) -> Frontier:
    """The frontier of the tree over these leaf hashes."""
    return reduce(Frontier.appended, leaves, Frontier())


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root of the tree over these leaf hashes."""
    return frontier_of(leaves).root()


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The audit path of the leaf at `index` (from 0), from the leaf up (RFC 6962, PATH).

    Raises:
        IndexError: there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(f"the log has {len(leaves)} entries, none at {index}")
    if len(leaves) == 1:
        return ()
    split = _split(len(leaves))
    left, right = leaves[:split], leaves[split:]
    if index < split:
        return (*inclusion_proof(left, index), root_of(right))
    return (*inclusion_proof(right, index - split), root_of(left))


def consistency_proof(leaves: Sequence[bytes], old_size: int) -> tuple[bytes, ...]:
    """The proof that the tree of the first `old_size` leaves became this one (RFC 6962, PROOF).

    Raises:
        IndexError: `old_size` is not within 1 and the number of leaves.
    """
    if not 1 <= old_size <= len(leaves):
        raise IndexError(f"the log has {len(leaves)} entries; {old_size} is no earlier size")
    return _subproof(leaves, old_size, whole=True)


def proves_inclusion(
    *, leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Whether the proof shows that `leaf` is at `index` in the tree of `size` leaves and `root`."""
    if not 0 <= index < size:
        return False
    position, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            found = node_hash(sibling, found)
            position, last = _past_right_edge(position, last)
        else:
            found = node_hash(found, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and found == root


def proves_consistency(
    *, old_size: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the proof shows that the tree with `old_root` grew into the one with `root`."""
    if not 1 <= old_size <= size:
        return False
    if old_size == size:
        return not proof and old_root == root
    path = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    return bool(path) and _walked(path, old_size - 1, size - 1) == (old_root, root)


def _walked(path: Sequence[bytes], old: int, last: int) -> tuple[bytes, bytes] | None:
    while old & 1:
        old, last = old >> 1, last >> 1
    old_found = found = path[0]
    for sibling in path[1:]:
        if last == 0:
            return None
        if old & 1 or old == last:
            old_found, found = node_hash(sibling, old_found), node_hash(sibling, found)
            old, last = _past_right_edge(old, last)
        else:
            found = node_hash(found, sibling)
        old, last = old >> 1, last >> 1
    return (old_found, found) if last == 0 else None


def _past_right_edge(position: int, last: int) -> tuple[int, int]:
    while position and not position & 1:
        position, last = position >> 1, last >> 1
    return position, last


def _split(size: int) -> int:
    return 1 << ((size - 1).bit_length() - 1)


def _subproof(leaves: Sequence[bytes], old_size: int, *, whole: bool) -> tuple[bytes, ...]:
    if old_size == len(leaves):
        return () if whole else (root_of(leaves),)
    split = _split(len(leaves))
    left, right = leaves[:split], leaves[split:]
    if old_size <= split:
        return (*_subproof(left, old_size, whole=whole), root_of(right))
    return (*_subproof(right, old_size - split, whole=False), root_of(left))
