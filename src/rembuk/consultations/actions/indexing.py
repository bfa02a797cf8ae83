"""Keeping the words a consultation is found by: its own, and those of the text that is published now."""

from rembuk.common import search
from rembuk.consultations.models import Consultation
from rembuk.consultations.selectors import wording

# Of very long texts the beginning is indexed: a vector may not grow beyond a megabyte.
LONGEST = 200_000


def refresh_search(consultation: Consultation) -> None:
    """Write the search vector anew. Call it after words, category, region or the published text changed."""
    region = consultation.region.full_name if consultation.region else ""
    category = consultation.category
    words = search.vector(
        title=consultation.title,
        names=f"{consultation.code} {region}",
        body=" ".join(
            [
                consultation.summary,
                consultation.body,
                f"{category.name} {category.name_en}" if category else "",
                _text(consultation),
            ]
        ),
    )
    Consultation.objects.filter(pk=consultation.pk).update(search=words)


def _text(consultation: Consultation) -> str:
    version = wording.published_version(consultation)
    if version is None:
        return ""
    parts = version.texts.order_by("position").values_list("heading", "body")
    return " ".join(word for part in parts for word in part if word)[:LONGEST]
