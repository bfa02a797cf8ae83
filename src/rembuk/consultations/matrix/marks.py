"""Two fingerprints of a row: of its reason (to find copies), and of all that was answered (to find who was faster)."""

import hashlib

from rembuk.consultations.models import MatrixRow


def reason_digest(reason: str) -> str:
    """The same for reasons that differ in case, blanks and punctuation alone; empty for an empty one."""
    plain = "".join(sign for sign in reason.casefold() if sign.isalnum())
    return hashlib.md5(plain.encode(), usedforsecurity=False).hexdigest() if plain else ""


def answer_mark(row: MatrixRow) -> str:
    """What a form carries of the answer it was made from: another one when somebody has changed it meanwhile."""
    said = (
        row.state,
        row.verdict,
        row.reason,
        row.change,
        row.changed_clause_id,
        row.changed_version_id,
        row.proposed_at,
        row.returned_at,
        row.text,
    )
    return hashlib.md5(repr(said).encode(), usedforsecurity=False).hexdigest()
