"""No filter is left out of a file: one that can't be read stops it, whoever asks and whenever."""

import pytest
from django.core.cache import caches

from rembuk.audit.models import AuditEntry
from rembuk.exports.actions.making import make
from rembuk.exports.errors import Unreadable
from rembuk.exports.models import Export
from rembuk.exports.sources import Source
from rembuk.exports.states import Problem, State
from rembuk.notifications.models import Notice
from rembuk.notifications.texts import words_of
from rembuk.taxonomy.models import Category
from rembuk.web.exports import catalogue
from rembuk.workunits.models import WorkUnit
from tests import export_scenes as exports
from tests import scenes


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("source", "given"),
    [
        (catalogue.PROPOSALS, {"satuan": ["TIDAK-ADA"]}),
        (catalogue.PROPOSALS, {"status": ["apa"]}),
        (catalogue.PROPOSALS, {"kategori": ["x-y"]}),
        (catalogue.PROPOSALS, {"wilayah": ["99.99"]}),
        (catalogue.PROPOSALS, {"tahun": ["abc"]}),
        (catalogue.PEOPLE, {"satuan": ["TIDAK-ADA"]}),
        (catalogue.PEOPLE, {"dari": ["kemarin"]}),
        (catalogue.GRANTS, {"satuan": ["TIDAK-ADA"]}),
        (catalogue.GRANTS, {"waktu": ["kapan"]}),
        (catalogue.AUDIT, {"dari": ["kemarin"]}),
        (catalogue.AUDIT, {"perbuatan": ["apa"]}),
    ],
)
def test_filter_that_cannot_be_read_asks_for_nothing(source: Source, given: dict[str, list[str]]) -> None:
    by = exports.asker(scenes.regency())
    with pytest.raises(Unreadable, match="saringan"):
        exports.asked(by, source=source, **given)
    assert not Export.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["unit", "category"])
def test_what_was_retired_meanwhile_makes_no_file_of_everything(what: str) -> None:
    place = scenes.regency()
    scenes.published(place)
    by = exports.asker(place)
    given = {"satuan": [place.works.code]} if what == "unit" else {"kategori": [place.category.slug]}
    waiting = exports.asked(by, **given)
    WorkUnit.objects.filter(pk=place.works.pk).update(is_active=what != "unit")
    Category.objects.filter(pk=place.category.pk).update(is_active=what != "category")
    # The choices of categories are kept for a minute: until then the file is of the one asked for.
    caches["memory"].clear()
    make(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.problem, exports.files()) == (State.FAILED, Problem.UNREADABLE, [])
    assert AuditEntry.objects.get(verb="export.failed").after["why"] == "unreadable"
    assert "saringan" in words_of(Notice.objects.get(person_id=by.pk).event).body.lower()
