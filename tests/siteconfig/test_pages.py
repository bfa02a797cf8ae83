"""Information pages: versions that stay, safe HTML, first texts in both languages."""

import pytest
from django.db import DatabaseError, transaction

from rembuk.audit.actors import Actor
from rembuk.audit.selectors import Filter, entries
from rembuk.common.errors import Invalid
from rembuk.siteconfig import selectors
from rembuk.siteconfig.actions import publish_page
from rembuk.siteconfig.models import Page, PageText
from rembuk.siteconfig.seeding import seed_pages, shipped

ADMIN = Actor(person_id=1, roles=("administrator",))


@pytest.mark.django_db
def test_publish_page_makes_the_next_version_and_keeps_the_first() -> None:
    seed_pages()
    before = selectors.privacy_version()
    page = publish_page("privacy", "id", title="Privasi", body="**Baru** <script>x</script>", by=ADMIN)
    assert (page.version, selectors.privacy_version()) == (before + 1, before + 1)
    assert page.html == "<p><strong>Baru</strong> &lt;script&gt;x&lt;/script&gt;</p>\n"
    assert selectors.version("privacy", "id", before) is not None
    assert entries(Filter(verb="page.published"))[0].after == {"version": before + 1, "title": "Privasi"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("slug", "language", "title", "body"),
    [
        ("terms", "id", "Judul", "Isi"),
        ("about", "fr", "Judul", "Isi"),
        ("about", "id", " ", "Isi"),
        ("about", "id", "Judul", "\n"),
    ],
)
def test_publish_page_refuses_what_is_no_page(slug: str, language: str, title: str, body: str) -> None:
    with pytest.raises(Invalid):
        publish_page(slug, language, title=title, body=body, by=ADMIN)


@pytest.mark.django_db
def test_publish_page_unchanged_makes_no_version() -> None:
    seed_pages()
    title, body = shipped("help", "en")
    with pytest.raises(Invalid):
        publish_page("help", "en", title=title, body=body, by=ADMIN)


@pytest.mark.django_db
def test_published_version_cannot_be_altered_in_the_database() -> None:
    seed_pages()
    for attack in (lambda rows: rows.update(body="x"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            attack(PageText.objects.filter(slug="about"))


@pytest.mark.django_db
def test_seed_pages_once_gives_every_page_in_both_languages() -> None:
    seed_pages()
    assert seed_pages() == 0
    pages = [selectors.page(slug, language) for slug in Page.values for language in ("id", "en")]
    assert all(page and len(page.html) > 500 for page in pages)


@pytest.mark.django_db
def test_page_without_a_translation_is_shown_in_indonesian() -> None:
    page = publish_page("about", "id", title="Tentang kami", body="Isi", by=ADMIN)
    assert selectors.page("about", "jv") == page
