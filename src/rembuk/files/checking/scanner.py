"""Asking ClamAV over its socket (INSTREAM). Without a socket nothing is scanned, and the file says so."""

import socket
import struct

from django.utils.translation import gettext_lazy as _

from rembuk.common.errors import Invalid
from rembuk.files.models import ScanState
from rembuk.logbook import events

_CHUNK = 256 * 1024
_SECONDS = 30


def scan(data: bytes, socket_path: str, *, person_id: int | None = None) -> ScanState:
    """What the scanner finds.

    Raises:
        Invalid: when it finds something, or is set but doesn't answer: unscanned files are not let through.
    """
    if not socket_path:
        return ScanState.UNSCANNED
    try:
        answer = _ask(data, socket_path)
    except OSError:
        events.security("upload.scanner_away", person_id=person_id)
        raise Invalid(_("Files can't be checked for viruses just now. Please try again later.")) from None
    if answer.endswith("FOUND"):
        events.security("upload.infected", person_id=person_id, answer=answer)
        raise Invalid(_("The virus scanner has found something harmful in this file."))
    if not answer.endswith("OK"):
        events.security("upload.scanner_away", person_id=person_id, answer=answer)
        raise Invalid(_("Files can't be checked for viruses just now. Please try again later."))
    return ScanState.CLEAN


def _ask(data: bytes, socket_path: str) -> str:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(_SECONDS)
        connection.connect(socket_path)
        connection.sendall(b"zINSTREAM\0")
        for start in range(0, len(data), _CHUNK):
            piece = data[start : start + _CHUNK]
            connection.sendall(struct.pack("!L", len(piece)) + piece)
        connection.sendall(struct.pack("!L", 0))
        answer = b""
        while b"\0" not in answer and len(answer) < 1000:
            piece = connection.recv(1000)
            if not piece:
                break
            answer += piece
    return answer.rstrip(b"\0\n").decode(errors="replace")
