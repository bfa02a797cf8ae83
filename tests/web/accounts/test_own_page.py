"""The own page: what stands on its tabs, for whom, and that more rows cost no more queries."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rembuk.accounts.models import Person
from rembuk.engagement.actions.comments import Draft, post_comment
from rembuk.engagement.actions.follows import follow
from rembuk.engagement.actions.votes import cast_vote
from rembuk.notifications import kinds, outbox
from rembuk.notifications.models import Notice
from rembuk.proposals.models import Proposal
from rembuk.siteconfig import selectors as siteconfig
from tests import people, scenes

pytestmark = pytest.mark.django_db
TABS = ("/akun/", "/akun/komentar/", "/akun/dukungan/", "/akun/diikuti/", "/akun/pemberitahuan/")


def tell(person: Person, title: str) -> None:
    """A notice of a kind that every site has."""
    kind = next(kind for kind in kinds.optional() if "title" in str(kind.subject))
    with transaction.atomic():
        params = {"title": title, "code": "USL-2026-000001"}
        outbox.enqueue(
            f"t:{title}", kind=kind.key, recipients=[person.pk], params=params, url="/usulan/USL-2026-000001/"
        )


def fill(person: Person, place: scenes.Regency, count: int, start: int = 0) -> None:
    """As many rows on every tab."""
    for number in range(start, start + count):
        other = scenes.published(place, title=f"Usulan orang lain nomor {number}")
        scenes.submitted(place, person, title=f"Usulan sendiri nomor {number}")
        assert other.subject is not None
        post_comment(other.subject, Draft(body=f"Setuju sekali {number}"), by=person)
        cast_vote(other.subject.ballots.get(), voter=person, value=1)
        follow(other.subject, by=person)
        tell(person, f"Kabar {number}")


@pytest.fixture
def place() -> scenes.Regency:
    return scenes.regency()


@pytest.mark.parametrize(
    "url", [*TABS, "/akun/pengaturan/", "/akun/sesi/", "/akun/notifikasi/", "/akun/data/"]
)
def test_own_page_leads_visitors_to_sign_in_and_back(client: Client, url: str) -> None:
    answer = client.get(url)
    assert (answer.status_code, answer["Location"]) == (302, f"/akun/masuk/?next={url}")


@pytest.mark.parametrize("url", TABS)
def test_own_page_empty_says_what_to_do(client: Client, url: str) -> None:
    client.force_login(people.citizen())
    answer = client.get(url)
    assert answer.status_code == 200
    assert 'class="empty"' in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("/akun/", "Usulan sendiri nomor 0"),
        ("/akun/komentar/", "Setuju sekali 0"),
        ("/akun/dukungan/", "Usulan orang lain nomor 0"),
        ("/akun/diikuti/", "Usulan orang lain nomor 0"),
        ("/akun/pemberitahuan/", "Kabar 0"),
    ],
)
def test_own_page_shows_the_own_rows_and_nobody_elses(
    client: Client, place: scenes.Regency, url: str, words: str
) -> None:
    person = people.citizen()
    fill(person, place, 1)
    client.force_login(person)
    mine = client.get(url).content.decode()
    client.force_login(people.citizen())
    others = client.get(url).content.decode()
    assert words in mine
    assert words not in others


@pytest.mark.parametrize("url", TABS)
def test_own_page_costs_the_same_for_one_and_three_rows(
    client: Client, place: scenes.Regency, url: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person = people.citizen()
    client.force_login(person)
    marks_as_read = url == "/akun/pemberitahuan/"
    for start, count in ((0, 1), (1, 2)):
        fill(person, place, count, start)
        Notice.objects.update(read_at=None)
        siteconfig.forget()
        with django_assert_num_queries(7 if marks_as_read else 6):
            client.get(url)


def test_own_page_draft_leads_to_where_it_is_written_on(client: Client, place: scenes.Regency) -> None:
    person = people.citizen()
    draft = scenes.draft(place, person)
    client.force_login(person)
    page = client.get("/akun/").content.decode()
    assert f'href="/usulan/draf/{draft.public_id}/"' in page


def test_own_page_lists_by_pages(client: Client, place: scenes.Regency) -> None:
    person = people.citizen()
    for number in range(22):
        scenes.draft(place, person, title=f"Draf usulan nomor {number:02}")
    client.force_login(person)
    first = client.get("/akun/")
    second = client.get(first.context["next_url"])
    assert [len(page.context["cards"]) for page in (first, second)] == [20, 2]
    assert second.context["next_url"] == ""


def test_own_page_tells_of_unread_notices(client: Client) -> None:
    person = people.citizen()
    tell(person, "Kabar baru")
    client.force_login(person)
    tab = {tab["url"]: tab["count"] for tab in client.get("/akun/").context["tabs"]}
    assert tab["/akun/pemberitahuan/"] == 1


def test_own_page_rows_lead_to_pages_of_the_same_language(client: Client, place: scenes.Regency) -> None:
    person = people.citizen()
    fill(person, place, 1)
    client.force_login(person)
    rows: list[dict[str, Any]] = client.get("/en/akun/diikuti/").context["rows"]
    assert rows[0]["url"].startswith("/en/usulan/")


def test_own_page_escapes_what_people_wrote(client: Client, place: scenes.Regency) -> None:
    person = people.citizen("<script>alert(1)</script>")
    scenes.draft(place, person, title="<img src=x onerror=alert(2)> jalan")
    client.force_login(person)
    page = client.get("/akun/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_proposal_without_title_is_named(client: Client) -> None:
    from rembuk.common.clock import now

    person = people.citizen()
    Proposal.objects.create(author=person, created_at=now(), changed_at=now())
    client.force_login(person)
    assert client.get("/akun/").context["cards"][0]["title"]
