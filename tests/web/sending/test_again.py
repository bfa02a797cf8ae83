"""A form sent again: what was done is done once and said so; what was refused, broken or changed is taken."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rembuk.audit.models import AuditEntry, Sending
from rembuk.engagement.models import Comment, Follow, Subject, Vote
from rembuk.proposals.actions import moderate
from rembuk.web.engagement import public_comments
from tests import handling_scenes as handling
from tests import people, scenes
from tests.engagement import talks
from tests.web.engagement.pages import HTMX, act
from tests.web.moderation.test_queue import QUEUE
from tests.web.moderation.test_submissions import held
from tests.web.sending.forms import browser, with_key

pytestmark = pytest.mark.django_db
ONCE = "Kiriman ini sudah kami terima dan dilaksanakan satu kali."
LOOK = "Kiriman ini sudah kami terima. Periksa dulu keadaannya sebelum Anda mengirim lagi."


@pytest.fixture
def subject() -> Subject:
    return talks.subject(scenes.regency().works, people.citizen("Pengusul"))


@pytest.fixture
def client() -> Client:
    client = browser(people.citizen())
    client.raise_request_exception = False
    return client


def _broken(*_args: object, **_kwargs: object) -> None:
    raise ZeroDivisionError


def test_lost_answer_is_given_again_with_a_word(client: Client, subject: Subject) -> None:
    form = with_key({"body": "Setuju sekali."})
    places = [client.post(act(subject, "tulis"), form)["Location"] for _time in range(2)]
    assert (len(set(places)), Comment.objects.count()) == (1, 1)
    assert "Komentar Anda sudah diterbitkan." in client.get("/akun/pengaturan/").content.decode()


def test_copies_leave_one_word_and_none_beside_that_of_the_first(client: Client, subject: Subject) -> None:
    form = with_key({"body": "Setuju sekali."})
    for _copy in range(3):
        client.post(act(subject, "tulis"), form)
    told = [str(one) for one in client.get("/akun/pengaturan/").context["messages"]]
    assert (len(told), ONCE in told) == (1, False)
    for _copy in range(2):
        client.post(act(subject, "tulis"), form)
    assert [str(one) for one in client.get("/akun/pengaturan/").context["messages"]] == [ONCE]


def test_first_that_broke_before_its_end_did_nothing_and_the_second_is_taken(
    client: Client, subject: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = with_key({"body": "Setuju sekali."})
    with monkeypatch.context() as fault:
        fault.setattr("rembuk.engagement.actions.comments.touch", _broken)
        assert client.post(act(subject, "tulis"), form).status_code == 500
    with monkeypatch.context() as fault:
        fault.setattr("rembuk.engagement.actions.comments.comment_target", _broken)
        assert client.post(act(subject, "tulis"), form).status_code == 500
    assert (client.post(act(subject, "tulis"), form).status_code, Comment.objects.count()) == (303, 1)


def test_first_whose_page_broke_after_the_deed_is_not_done_again(
    client: Client, subject: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = with_key({"body": "Setuju sekali."})
    with monkeypatch.context() as fault:
        fault.setattr(public_comments, "see_other", _broken)
        assert client.post(act(subject, "tulis"), form).status_code == 500
    came = {"Referer": f"http://testserver{subject.path}?urut=terlama"}
    answer = client.post(act(subject, "tulis"), form, headers=came)
    assert (answer.status_code, answer["Location"]) == (303, f"{subject.path}?urut=terlama")
    assert Comment.objects.count() == 1
    assert LOOK in client.get("/akun/pengaturan/").content.decode()


@pytest.mark.parametrize(
    ("fields", "headers", "leads_to"),
    [
        ({"next": "/usulan/"}, {"Referer": "http://testserver/program/"}, "/usulan/"),
        ({"next": "https://jahat.example/"}, {"Referer": "https://jahat.example/x"}, "/"),
        ({}, {}, "/"),
    ],
)
def test_answer_without_a_place_leads_to_the_page_of_the_form(
    client: Client, subject: Subject, fields: dict[str, str], headers: dict[str, str], leads_to: str
) -> None:
    form = with_key({"body": "Setuju sekali.", **fields})
    client.post(act(subject, "tulis"), form)
    Sending.objects.update(location="", status=500)
    answer = client.post(act(subject, "tulis"), form, headers=headers)
    assert (answer.status_code, answer["Location"]) == (303, leads_to)


def test_script_is_led_where_the_first_was(client: Client, subject: Subject) -> None:
    form = with_key({"body": "Setuju sekali."})
    place = client.post(act(subject, "tulis"), form)["Location"]
    answer = client.post(act(subject, "tulis"), form, headers=HTMX)
    assert (answer.status_code, answer["HX-Redirect"]) == (204, place)


def test_first_that_never_answers_is_not_waited_for_long(
    client: Client, subject: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = with_key({"body": "Setuju sekali."})
    client.post(act(subject, "tulis"), form)
    Sending.objects.update(location="", status=0)
    waits: list[float] = []
    monkeypatch.setattr("rembuk.web.sending.again.time.sleep", waits.append)
    assert client.post(act(subject, "tulis"), form).status_code == 303
    assert 0 < sum(waits) <= 1
    assert LOOK in client.get("/akun/pengaturan/").content.decode()


def test_refused_form_is_taken_once_it_is_right(client: Client, subject: Subject) -> None:
    key = with_key()
    assert client.post(act(subject, "tulis"), {**key, "body": " "}).status_code == 422
    assert client.post(act(subject, "tulis"), {**key, "body": "Setuju."}).status_code == 303
    assert Comment.objects.count() == 1


def test_form_refused_for_a_state_is_taken_when_it_has_passed(client: Client, subject: Subject) -> None:
    form = with_key({"body": "Setuju."})
    Subject.objects.update(comments_open=False)
    assert client.post(act(subject, "tulis"), form).status_code == 409
    Subject.objects.update(comments_open=True)
    assert client.post(act(subject, "tulis"), form).status_code == 303
    assert Comment.objects.count() == 1


def test_corrected_text_from_the_same_page_is_another_deed(client: Client, subject: Subject) -> None:
    key = with_key()
    for text in ("Setuju.", "Setuju sekali."):
        client.post(act(subject, "tulis"), {**key, "body": text})
    assert sorted(Comment.objects.values_list("body", flat=True)) == ["Setuju sekali.", "Setuju."]


def test_same_text_from_two_tabs_is_two_deeds(client: Client, subject: Subject) -> None:
    for _tab in range(2):
        client.post(act(subject, "tulis"), with_key({"body": "Setuju."}))
    assert Comment.objects.count() == 2


def test_key_of_somebody_else_takes_nothing_from_her(client: Client, subject: Subject) -> None:
    form = with_key({"body": "Setuju."})
    for one in (client, browser(people.citizen())):
        assert one.post(act(subject, "tulis"), form).status_code == 303
    assert Comment.objects.count() == 2


def test_following_unfollowing_and_following_from_an_old_page_counts(
    client: Client, subject: Subject
) -> None:
    page = with_key()
    for value in (1, 0, 1):
        client.post(act(subject, "ikuti"), {**page, "value": value})
    assert (Follow.objects.count(), Sending.objects.count()) == (1, 0)


def test_voting_withdrawing_and_voting_from_an_old_page_counts(client: Client, subject: Subject) -> None:
    talks.ballot(subject)
    page = with_key()
    for value in (1, 0, 1):
        client.post(act(subject, "suara"), {**page, "value": value})
    assert (Vote.objects.get().value, Sending.objects.count()) == (1, 0)


def test_signing_in_twice_with_one_form_signs_in_twice() -> None:
    person = people.citizen()
    form = with_key({"email": person.email, "password": people.PASSWORD})
    answers = [Client().post("/akun/masuk/", form) for _time in range(2)]
    assert ["rembuk_session" in answer.cookies for answer in answers] == [True, True]


def test_first_that_changed_the_session_keeps_its_word(client: Client, subject: Subject) -> None:
    """The second one does not put back the session of the first, whose word is enough."""
    form = with_key({"body": "Setuju sekali."})
    for _time in range(2):
        client.post(act(subject, "tulis"), form)
    page = client.get("/akun/pengaturan/").content.decode()
    assert ("Komentar Anda sudah diterbitkan." in page, ONCE in page) == (True, False)


@pytest.mark.parametrize(("form", "more"), [({}, 0), ({"kiriman": "k"}, 1)])
def test_key_costs_one_statement(
    client: Client, subject: Subject, form: dict[str, str], more: int, statements: Callable[..., int]
) -> None:
    client.post(act(subject, "tulis"), {"body": "Setuju."})
    without = statements(client, act(subject, "tulis"), {"body": "Setuju juga."})
    assert statements(client, act(subject, "tulis"), {"body": "Setuju sekali.", **form}) == without + more


def test_key_costs_a_vote_nothing(client: Client, subject: Subject, statements: Callable[..., int]) -> None:
    talks.ballot(subject)
    client.post(act(subject, "suara"), {"value": 1})
    without = statements(client, act(subject, "suara"), {"value": -1})
    assert statements(client, act(subject, "suara"), {"value": 1, **with_key()}) == without


@pytest.fixture
def statements() -> Callable[..., int]:
    def count(client: Client, path: str, form: dict[str, str]) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.post(path, form).status_code == 303
        return len(queries)

    return count


def test_denial_of_a_second_sending_leaves_no_trail_of_a_refusal(subject: Subject) -> None:
    author = people.citizen()
    said = talks.comment(subject, author)
    form = with_key()
    for _time in range(2):
        assert browser(author).post(f"{said.path}hapus/", form).status_code == 303
    assert AuditEntry.objects.filter(verb="comment.deleted").count() == 1
    assert not AuditEntry.objects.filter(verb="access.denied").exists()


def test_bulk_act_broken_off_is_finished_by_the_second_sending(monkeypatch: pytest.MonkeyPatch) -> None:
    place = scenes.regency()
    chosen = [scenes.submitted(place) for _number in range(3)]
    client = browser(people.staff("moderator", place.root))
    client.raise_request_exception = False
    codes = [str(row.code) for row in chosen]
    form = with_key({"step": "publish", "selected": codes, "confirm": "1"})
    with monkeypatch.context() as fault:
        publish = moderate.publish_proposal
        fault.setattr(
            "rembuk.web.moderation.bulk.moderate.publish_proposal",
            lambda found, **more: _broken() if found == chosen[1] else publish(found, **more),
        )
        assert client.post(f"{QUEUE}sekaligus/", form).status_code == 500
    assert [handling.state_of(row) for row in chosen] == ["published", "submitted", "submitted"]
    page = client.post(f"{QUEUE}sekaligus/", form, follow=True)
    assert [handling.state_of(row) for row in chosen] == ["published"] * 3
    assert "3 usulan diputuskan" in page.content.decode()
    again = client.post(f"{QUEUE}sekaligus/", form, follow=True)
    assert ("3 usulan diputuskan" in again.content.decode(), again.context["refused"]) == (True, [])
    assert again.redirect_chain == page.redirect_chain


def test_submissions_shown_in_bulk_are_shown_once() -> None:
    place = scenes.regency()
    waiting = held(place)
    client = browser(people.staff("moderator", place.root))
    form = with_key({"step": "show", "selected": [waiting.code], "confirm": "1"})
    for _time in range(2):
        page = client.post(f"{QUEUE}sekaligus/", form, follow=True)
    assert ONCE in page.content.decode()
    assert AuditEntry.objects.filter(verb="submission.shown").count() == 1
