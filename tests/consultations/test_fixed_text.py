"""A published version is immutable: the database refuses what any code might try."""

import pytest
from django.db import IntegrityError, transaction

from rembuk.consultations.models import ClauseText, DraftVersion
from tests import consultation_scenes as consultations
from tests import people, scenes

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> DraftVersion:
    return consultations.with_text(consultations.opened(scenes.regency()))


def test_words_of_a_published_version_can_neither_change_nor_go_nor_be_joined_by_others(
    version: DraftVersion,
) -> None:
    texts = ClauseText.objects.filter(version=version)
    kept = list(texts.values_list("body", flat=True))
    extra = {"version": version, "clause": texts[0].clause, "position": 99, "kind": "text", "full_label": "x"}
    for deed in (lambda: texts.update(body="Lain"), texts.delete, lambda: ClauseText.objects.create(**extra)):
        with pytest.raises(IntegrityError, match="a published version is fixed"), transaction.atomic():
            deed()
    assert list(texts.values_list("body", flat=True)) == kept


def test_published_version_itself_is_fixed(version: DraftVersion) -> None:
    found = DraftVersion.objects.filter(pk=version.pk)
    for fields in ({"published_at": None}, {"source": "Lain"}, {"note": "Lain"}, {"number": 7}):
        with pytest.raises(IntegrityError, match="a published version is fixed"), transaction.atomic():
            found.update(**fields)


def test_account_of_who_made_a_published_version_can_be_deleted() -> None:
    person = people.citizen()
    made = consultations.opened(scenes.regency())
    version = DraftVersion.objects.create(
        consultation=made,
        number=1,
        created_by=person,
        created_at=made.created_at,
        published_at=made.created_at,
    )
    DraftVersion.objects.filter(pk=version.pk).update(created_by=None)
    version.refresh_from_db()
    assert version.created_by is None


def test_version_in_work_can_change() -> None:
    made = consultations.draft(scenes.regency())
    version = DraftVersion.objects.create(consultation=made, number=1, created_at=made.created_at)
    DraftVersion.objects.filter(pk=version.pk).update(note="Bab II ditulis ulang")
    version.refresh_from_db()
    assert version.note == "Bab II ditulis ulang"
