"""The author's own pages: changing with a reason, sending again, withdrawing, appealing, objecting; versions."""

import re

import pytest
from django.test import Client

from rembuk.common.clock import now
from rembuk.engagement.models import Case
from rembuk.proposals.actions.edit import edit_proposal
from rembuk.proposals.choices import AnswerKind
from rembuk.proposals.models import Decision, Objection, OfficialAnswer, Proposal
from rembuk.proposals.states import State
from tests import people, scenes
from tests.web.proposals.test_write import answers

pytestmark = pytest.mark.django_db
WORDS = "Lokasinya sudah kami ukur bersama warga dan aparat desa."
ACTS = ("ubah", "tarik", "banding", "keberatan")


@pytest.fixture
def author(client: Client) -> people.Person:
    person = people.citizen()
    client.force_login(person)
    return person


def in_state(proposal: Proposal, state: State) -> Proposal:
    Proposal.objects.filter(pk=proposal.pk).update(state=state)
    proposal.refresh_from_db()
    return proposal


def returned(place: scenes.Regency, author: people.Person) -> Proposal:
    proposal = in_state(scenes.submitted(place, author), State.RETURNED)
    Case.objects.update(closed_at=now())
    Decision.objects.create(
        proposal=proposal,
        step="return",
        from_state="submitted",
        to_state="returned",
        at=now(),
        office=place.works,
        explanation="Mohon sebutkan RT dan RW.",
    )
    return proposal


@pytest.mark.parametrize("act", ACTS)
def test_own_page_of_somebody_else_is_not_found(client: Client, author: people.Person, act: str) -> None:
    path = f"/usulan/{scenes.published(scenes.regency()).code}/{act}/"
    assert {client.get(path).status_code, client.post(path).status_code} == {404}


@pytest.mark.parametrize("act", ACTS)
def test_own_page_leads_a_visitor_to_sign_in_and_back(client: Client, act: str) -> None:
    path = f"/usulan/{scenes.published(scenes.regency()).code}/{act}/"
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"] == f"/akun/masuk/?next={path}"


@pytest.mark.parametrize(
    ("state", "buttons"),
    [
        (State.SUBMITTED, {"tarik"}),
        (State.RETURNED, {"ubah", "tarik"}),
        (State.REJECTED, {"banding"}),
        (State.PUBLISHED, {"ubah", "tarik"}),
        (State.DEFERRED, set()),
        (State.DECLINED, set()),
    ],
)
def test_page_offers_its_author_what_is_possible_now(
    client: Client, author: people.Person, state: State, buttons: set[str]
) -> None:
    proposal = in_state(scenes.published(scenes.regency(), author), state)
    page = client.get(f"/usulan/{proposal.code}/").content.decode()
    assert {act for act in ACTS if f"/usulan/{proposal.code}/{act}/" in page} == buttons


def test_page_offers_nobody_else_the_authors_buttons(client: Client) -> None:
    proposal = scenes.published(scenes.regency())
    client.force_login(people.citizen())
    page = client.get(f"/usulan/{proposal.code}/").content.decode()
    assert not [act for act in ACTS if f"/usulan/{proposal.code}/{act}/" in page]


def test_change_of_a_public_text_asks_for_the_reason(client: Client, author: people.Person) -> None:
    place = scenes.regency()
    proposal = scenes.published(place, author)
    form = answers(place, title="Perbaikan jalan desa sepanjang 400 meter", step="save")
    answer = client.post(f"/usulan/{proposal.code}/ubah/", form)
    proposal.refresh_from_db()
    assert (answer.status_code, proposal.version) == (422, 1)
    assert 'href="#id_reason"' in answer.content.decode()
    assert "sepanjang 400 meter" in answer.content.decode()


def test_change_of_a_public_text_shows_its_difference_to_everybody(
    client: Client, author: people.Person
) -> None:
    place = scenes.regency()
    proposal = scenes.published(place, author)
    form = answers(
        place, title="Perbaikan jalan desa menuju puskesmas", reason="Tujuannya salah.", step="save"
    )
    assert client.post(f"/usulan/{proposal.code}/ubah/", form).status_code == 303
    page = Client().get(f"/usulan/{proposal.code}/versi/")
    text = page.content.decode()
    assert (page.status_code, bool(page.cookies)) == (200, False)
    assert "Tujuannya salah." in text
    assert any("balai desa" in part for part in re.findall("<del>(.*?)</del>", text))
    assert any("puskesmas" in part for part in re.findall("<ins>(.*?)</ins>", text))


def test_change_can_search_a_place_without_saving(client: Client, author: people.Person) -> None:
    scenes.village_region()
    place = scenes.regency()
    proposal = scenes.published(place, author)
    form = answers(place, title="Judul yang belum disimpan", region_q="Bogor", step="place")
    answer = client.post(f"/usulan/{proposal.code}/ubah/", form)
    proposal.refresh_from_db()
    assert answer.status_code == 200
    assert 'value="32.01.01.2001"' in answer.content.decode()
    assert "Judul yang belum disimpan" in answer.content.decode()
    assert proposal.title == "Perbaikan jalan desa menuju balai desa"


def test_returned_one_shows_the_message_and_is_sent_again(client: Client, author: people.Person) -> None:
    place = scenes.regency()
    proposal = returned(place, author)
    path = f"/usulan/{proposal.code}/ubah/"
    assert "Mohon sebutkan RT dan RW." in client.get(path).content.decode()
    assert client.post(path, answers(place, place="RT 09 RW 01", step="send")).status_code == 303
    proposal.refresh_from_db()
    assert (proposal.state, proposal.place, proposal.version) == (State.SUBMITTED, "RT 09 RW 01", 1)


def test_returned_one_incomplete_is_not_sent(client: Client, author: people.Person) -> None:
    place = scenes.regency()
    proposal = returned(place, author)
    answer = client.post(f"/usulan/{proposal.code}/ubah/", answers(place, body="Pendek", step="send"))
    proposal.refresh_from_db()
    assert (answer.status_code, proposal.state) == (422, State.RETURNED)


def test_change_where_the_text_stands_fast_is_a_conflict(client: Client, author: people.Person) -> None:
    place = scenes.regency()
    proposal = scenes.submitted(place, author)
    answer = client.post(f"/usulan/{proposal.code}/ubah/", answers(place, step="save"))
    assert answer.status_code == 409


def test_withdraw_asks_first(client: Client, author: people.Person) -> None:
    proposal = scenes.published(scenes.regency(), author)
    path = f"/usulan/{proposal.code}/tarik/"
    assert "Tarik usulan ini?" in client.get(path).content.decode()
    answer = client.post(path, {"reason": "Sudah dikerjakan warga."})
    proposal.refresh_from_db()
    assert (answer.status_code, proposal.state) == (303, State.WITHDRAWN)


def test_appeal_without_words_comes_back(client: Client, author: people.Person) -> None:
    proposal = in_state(scenes.submitted(scenes.regency(), author), State.REJECTED)
    answer = client.post(f"/usulan/{proposal.code}/banding/", {"text": "Tidak setuju"})
    assert (answer.status_code, Objection.objects.count()) == (422, 0)
    assert "Tidak setuju" in answer.content.decode()


def test_appeal_goes_to_a_second_person(client: Client, author: people.Person) -> None:
    proposal = in_state(scenes.submitted(scenes.regency(), author), State.REJECTED)
    Case.objects.update(closed_at=now())
    assert client.post(f"/usulan/{proposal.code}/banding/", {"text": WORDS}).status_code == 303
    assert Case.objects.get(closed_at=None).kind == Case.Kind.APPEAL
    again = client.post(f"/usulan/{proposal.code}/banding/", {"text": WORDS})
    assert again.status_code == 409


def test_objection_is_offered_and_taken_within_its_time(client: Client, author: people.Person) -> None:
    place = scenes.regency()
    proposal = scenes.published(place, author)
    OfficialAnswer.objects.create(
        proposal=proposal, kind=AnswerKind.DECLINED, reason="Belum ada anggaran.", unit=place.works, at=now()
    )
    in_state(proposal, State.DECLINED)
    path = f"/usulan/{proposal.code}/keberatan/"
    assert path in client.get(f"/usulan/{proposal.code}/").content.decode()
    assert client.post(path, {"text": WORDS}).status_code == 303
    proposal.refresh_from_db()
    assert proposal.state == State.REVIEWING
    assert path not in client.get(f"/usulan/{proposal.code}/").content.decode()


@pytest.mark.parametrize(
    ("number", "status"), [("1", 200), ("2", 200), ("3", 404), ("0", 404), ("x", 404), ("²", 404)]
)
def test_versions_are_addressed_by_number(client: Client, number: str, status: int) -> None:
    place, author = scenes.regency(), people.citizen()
    proposal = scenes.published(place, author)
    edit_proposal(proposal, scenes.content(place, place="RT 09"), by=author, reason="Tempat.")
    assert client.get(f"/usulan/{proposal.code}/versi/", {"versi": number}).status_code == status


@pytest.mark.parametrize("changes", [1, 3])
def test_versions_cost_the_same_however_many(
    client: Client, changes: int, django_assert_num_queries: object
) -> None:
    place, author = scenes.regency(), people.citizen()
    proposal = scenes.published(place, author)
    for number in range(changes):
        edit_proposal(proposal, scenes.content(place, place=f"RT 0{number}"), by=author, reason="Tempat.")
    with django_assert_num_queries(2):  # type: ignore[operator]
        client.get(f"/usulan/{proposal.code}/versi/")


def test_versions_escape_what_was_written(client: Client) -> None:
    place, author = scenes.regency(), people.citizen()
    proposal = scenes.published(place, author)
    content = scenes.content(place, title="<script>alert(1)</script> jalan desa")
    edit_proposal(proposal, content, by=author, reason="<script>alert(2)</script>")
    assert b"<script>alert" not in client.get(f"/usulan/{proposal.code}/versi/").content
