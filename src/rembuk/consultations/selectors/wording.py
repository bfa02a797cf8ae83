"""The draft text of a consultation: its versions, and its clauses in them."""

from collections.abc import Collection

from django.db.models import QuerySet

from rembuk.consultations.models import ClauseText, Consultation, DraftVersion


def published_version(consultation: Consultation) -> DraftVersion | None:
    """The newest published version of the text, or ``None`` where there is no text yet."""
    return consultation.versions.filter(published_at__isnull=False).order_by("-number").first()


def version_in_work(consultation: Consultation) -> DraftVersion | None:
    """The version staff are preparing, or ``None``."""
    return consultation.versions.filter(published_at=None).first()


def texts_of(version: DraftVersion) -> QuerySet[ClauseText]:
    """The clauses of a version in reading order, with clause and subject."""
    return version.texts.select_related("clause__subject").order_by("position")


def labels_in(places: Collection[tuple[int | None, int | None]]) -> dict[tuple[int, int], str]:
    """The labels of clauses in versions, by both ids; one query, none for nothing."""
    if not places:
        return {}
    clauses, versions = zip(*places, strict=True)
    texts = ClauseText.objects.filter(clause__in=clauses, version__in=versions)
    return {(c, v): label for c, v, label in texts.values_list("clause_id", "version_id", "full_label")}
