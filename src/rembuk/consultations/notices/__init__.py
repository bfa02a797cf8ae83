"""What people are told of a consultation. Each module registers its kinds of notices; import it here."""

from rembuk.consultations.notices import (
    answers,
    authors,
    followers,
    invitations,
    matrix,
    moderation,
    offices,
)

__all__ = ["answers", "authors", "followers", "invitations", "matrix", "moderation", "offices"]
