"""What an archive says of itself: when, from which versions, and the checksum of each member."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import IO

NAME = "manifest.json"
DUMP = "database.dump"
UPLOADS = "uploads/"
FORMAT = 1
_BLOCK = 1 << 20


class BadArchive(ValueError):
    """The archive is damaged or not one of ours; the message says how."""


@dataclass(frozen=True)
class Manifest:
    """The last member of an archive."""

    format: int
    made_at: str
    rembuk: str
    postgresql: int
    sha256: dict[str, str]

    def to_bytes(self) -> bytes:
        """Return the manifest as it stands in the archive."""
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode() + b"\n"

    @classmethod
    def from_bytes(cls, text: bytes) -> "Manifest":
        """Read a manifest; raise BadArchive when it is none, or of a later format."""
        try:
            read = cls(**json.loads(text))
        except (ValueError, TypeError) as error:
            raise BadArchive(f"the manifest cannot be read: {error}") from error
        if read.format != FORMAT:
            raise BadArchive(f"the archive has format {read.format}, this Rembuk reads {FORMAT}")
        return read


def sha256_of(stream: IO[bytes]) -> str:
    """Return the checksum of what remains of a stream, read in blocks."""
    digest = hashlib.sha256()
    while block := stream.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()
