"""Files that are made to do harm are refused in a sentence, or are as harmless as any other."""

import http.server
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.hostile_files import HOSTILE, outside, write_hostile

from investigator.domain.errors import UnusableInput
from investigator.evidence.files import read_named
from investigator.evidence.ledger import LossLedger
from investigator.evidence.tables.text_blocks import text_blocks

HARMLESS = {"nested.zip", "quoted.csv"}
"""The first is kept as a document; of the second every row but the torn one is read."""


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory, checkout: Path) -> dict[str, tuple[str, str]]:
    """How each hostile file ended, in a process with limits of memory and time."""
    folder = tmp_path_factory.mktemp("hostile")
    paths = [str(path) for path in write_hostile(folder)]
    run = subprocess.run(
        [sys.executable, "-m", "support.limited_reading", *paths],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(checkout / "tests"), str(checkout))),
            "ARROW_DEFAULT_MEMORY_POOL": "system",
        },
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    said = [json.loads(line) for line in run.stdout.splitlines()]
    return {one["file"]: (one["outcome"], one["what"]) for one in said}


@pytest.mark.requirement("EVD-155")
@pytest.mark.parametrize("name", sorted({*HOSTILE, "line.csv"}))
def test_a_hostile_file_does_no_harm(ended: dict[str, tuple[str, str]], name: str) -> None:
    outcome, what = ended[name]
    assert (outcome, what if outcome == "failed" else "") == (
        "read" if name in HARMLESS else "refused",
        "",
    )


class _Visited(http.server.BaseHTTPRequestHandler):
    """Counts who calls."""

    calls = 0

    def do_GET(self) -> None:
        type(self).calls += 1
        self.send_error(404)


@pytest.fixture
def address() -> Iterator[str]:
    """A server on this machine that counts who calls."""
    server = http.server.HTTPServer(("127.0.0.1", 0), _Visited)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/record"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.requirement("EVD-155")
def test_nothing_outside_of_a_record_is_fetched(tmp_path: Path, address: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("TOP-SECRET")
    for number, wanted in enumerate((secret.as_uri(), address)):
        path = tmp_path / f"{number}.xml"
        path.write_bytes(outside(wanted))
        with pytest.raises(UnusableInput) as refused:
            read_named(
                [(path, path.name)],
                tags={},
                line_id="L-1",
                site_zone="UTC",
                progress=lambda _: None,
            )
        assert "TOP-SECRET" not in str(refused.value)
    assert _Visited.calls == 0


class _EndlessLine:
    """Four gigabytes of one line, made as they are asked for."""

    def __init__(self) -> None:
        self.left = 4 << 30

    def read(self, size: int) -> bytes:
        """The next bytes of the line."""
        given = min(size, self.left)
        self.left -= given
        return b"x" * given


@pytest.mark.requirement("EVD-155")
def test_a_line_of_four_gigabytes_is_refused_after_few_of_its_bytes() -> None:
    stream = _EndlessLine()
    with pytest.raises(UnusableInput, match="line 1 is longer"):
        list(
            text_blocks(
                stream,  # type: ignore[arg-type]
                encoding="utf-8",
                delimiter=",",
                quote='"',
                first_line=1,
                names=("a", "b"),
                file="x.csv",
                ledger=LossLedger(),
            )
        )
    assert (4 << 30) - stream.left < 1 << 28
