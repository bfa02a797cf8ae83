"""Which version of the text the public was asked about, and which one came of it."""

from collections.abc import Sequence

from rembuk.consultations.models import Consultation, DraftVersion


def consulted_and_last(
    consultation: Consultation, published: Sequence[DraftVersion] | None = None
) -> tuple[DraftVersion, DraftVersion] | None:
    """The version that stood at the opening (else the first) and the newest; the same where nothing followed.

    ``published`` are the published versions where they are at hand, else one query. ``None`` without a text.
    """
    found = consultation.versions.filter(published_at__isnull=False) if published is None else published
    versions = sorted(found, key=lambda version: version.number)
    if not versions:
        return None
    opening = consultation.opens_at
    stood = [one for one in versions if opening and one.published_at and one.published_at <= opening]
    return (stood[-1] if stood else versions[0]), versions[-1]
