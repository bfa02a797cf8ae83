"""The virus scanner: asked by its own protocol; its silence lets nothing through."""

import socket
import struct
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from rembuk.common.errors import Invalid
from rembuk.files.checking.scanner import scan
from rembuk.files.models import ScanState


class Clam:
    """Speaks as clamd does: takes INSTREAM with length-prefixed pieces, answers once."""

    def __init__(self, path: str) -> None:
        self.path, self.answer, self.got = path, b"stream: OK\0", b""
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(path)
        self._server.listen()
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        connection, _address = self._server.accept()
        with connection, connection.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            while length := struct.unpack("!L", stream.read(4))[0]:
                self.got += stream.read(length)
            connection.sendall(self.answer)

    def close(self) -> None:
        self.thread.join(5)
        self._server.close()


@pytest.fixture
def clam() -> Iterator[Clam]:
    with tempfile.TemporaryDirectory() as directory:
        server = Clam(f"{directory}/clamd")
        yield server
        server.close()


def test_scan_without_a_scanner_says_so() -> None:
    assert scan(b"x", "") == ScanState.UNSCANNED


def test_scan_clean_file_was_sent_whole(clam: Clam) -> None:
    data = b"abc" * 300_000
    assert scan(data, clam.path) == ScanState.CLEAN
    assert clam.got == data


@pytest.mark.parametrize(
    "answer", [b"stream: Eicar-Test-Signature FOUND\0", b"INSTREAM size limit exceeded. ERROR\0", b""]
)
def test_scan_anything_but_ok_is_refused(clam: Clam, answer: bytes) -> None:
    clam.answer = answer
    with pytest.raises(Invalid):
        scan(b"x", clam.path)


def test_scan_with_the_scanner_away_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        scan(b"x", str(tmp_path / "nobody"))
