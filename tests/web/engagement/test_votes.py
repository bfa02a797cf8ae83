"""Voting, answering and following by pages: with script, without, signed out, too late, too often."""

from datetime import timedelta

import pytest

from rembuk.engagement import selectors
from rembuk.engagement.actions.subjects import set_ballot_open, show_subject
from rembuk.engagement.models import Ballot, Follow, Vote
from rembuk.web.engagement import pace
from tests import people, scenes
from tests.engagement import talks
from tests.web.engagement.pages import HTMX, act, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ballot() -> Ballot:
    return talks.ballot(talks.subject(scenes.regency().works, people.citizen("Pengusul")))


def test_vote_without_script_leads_back_to_the_page(ballot: Ballot) -> None:
    client = client_of(people.citizen())
    answer = client.post(act(ballot.subject, "suara"), {"value": "1", "version": "2"})
    assert (answer.status_code, answer["Location"]) == (303, f"{ballot.subject.path}#suara")
    assert (Vote.objects.get().value, Vote.objects.get().version) == (1, 2)


def test_vote_under_english_leads_back_to_the_english_page(ballot: Ballot) -> None:
    answer = client_of(people.citizen()).post("/en" + act(ballot.subject, "suara"), {"value": "1"})
    assert answer["Location"] == f"/en{ballot.subject.path}#suara"


def test_vote_with_script_answers_with_the_same_fragment(ballot: Ballot) -> None:
    answer = client_of(people.citizen()).post(act(ballot.subject, "suara"), {"value": "1"}, headers=HTMX)
    assert (answer.status_code, answer.templates[0].name) == (200, "engagement/vote.html")
    assert answer.content.decode().count("<b>1</b>") == 1
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("value", ["", "x", "2", "999", "-1000", "1; DROP TABLE"])
def test_vote_with_a_strange_value_is_invalid(ballot: Ballot, value: str) -> None:
    answer = client_of(people.citizen()).post(act(ballot.subject, "suara"), {"value": value})
    assert (answer.status_code, Vote.objects.count()) == (422, 0)


def test_vote_on_a_closed_ballot_is_a_conflict_with_words(ballot: Ballot) -> None:
    set_ballot_open(ballot, is_open=False)
    answer = client_of(people.citizen()).post(act(ballot.subject, "suara"), {"value": "1"}, headers=HTMX)
    assert (answer.status_code, answer["HX-Retarget"]) == (409, "body")
    assert "Pemungutan suara ditutup" in answer.content.decode()


def test_vote_by_the_author_is_denied_and_noted(ballot: Ballot) -> None:
    answer = client_of(ballot.subject.author).post(act(ballot.subject, "suara"), {"value": "1"})
    assert (answer.status_code, Vote.objects.count()) == (403, 0)


def test_vote_by_a_visitor_leads_over_sign_in_and_back(ballot: Ballot) -> None:
    back = f"{ballot.subject.path}#suara"
    answer = client_of().post(act(ballot.subject, "suara"), {"value": "1", "next": back})
    assert answer["Location"] == f"/akun/masuk/?next=/usulan/{ballot.subject.code}/%23suara"
    scripted = client_of().post(act(ballot.subject, "suara"), {"value": "1", "next": back}, headers=HTMX)
    assert (scripted.status_code, scripted["HX-Redirect"]) == (204, answer["Location"])


def test_vote_address_opened_after_sign_in_leads_to_the_page(ballot: Ballot) -> None:
    answer = client_of(people.citizen()).get(act(ballot.subject, "suara"))
    assert (answer.status_code, answer["Location"]) == (303, f"{ballot.subject.path}#suara")


@pytest.mark.parametrize(
    "address", ["/diskusi/usulan/USL-2026-999999/suara/", "/diskusi/uji/USL-2026-000001/suara/"]
)
def test_vote_on_what_does_not_exist_is_not_found(address: str) -> None:
    assert client_of(people.citizen()).post(address, {"value": "1"}).status_code == 404


@pytest.mark.parametrize("name", ["suara", "ikuti", "tulis", "laporkan"])
def test_acts_on_a_hidden_subject_are_not_found(ballot: Ballot, name: str) -> None:
    show_subject(ballot.subject, visible=False)
    client = client_of(people.citizen())
    assert [
        client.get(act(ballot.subject, name)).status_code,
        client.post(act(ballot.subject, name)).status_code,
    ] == [404, 404]


def test_vote_too_often_is_slowed_down(ballot: Ballot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(pace._PACES, "vote", ((2, timedelta(days=1)),))
    client = client_of(people.citizen())
    answers = [client.post(act(ballot.subject, "suara"), {"value": str(value)}) for value in (1, -1, 1)]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert int(answers[2]["Retry-After"]) > 0


def test_vote_needs_the_token_of_a_form(ballot: Ballot) -> None:
    client = client_of(people.citizen())
    client.handler.enforce_csrf_checks = True
    assert client.post(act(ballot.subject, "suara"), {"value": "1"}).status_code == 403


def test_answer_to_a_question_shows_the_results(ballot: Ballot) -> None:
    question = talks.ballot(talks.subject(ballot.subject.unit), "question")
    client = client_of(people.citizen())
    page = client.post(act(question.subject, "suara"), {"value": "2"}, headers=HTMX)
    assert selectors.tallies([question])[question.pk] == {1: 0, 2: 1, 3: 0}
    assert ("1 orang sudah menjawab." in page.content.decode(), "100%" in page.content.decode()) == (
        True,
        True,
    )


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_follow_and_stop(ballot: Ballot, headers: dict[str, str]) -> None:
    client = client_of(people.citizen())
    states = []
    for value in ("1", "1", "0", "0"):
        answer = client.post(act(ballot.subject, "ikuti"), {"value": value}, headers=headers)
        states.append((answer.status_code, Follow.objects.count()))
    code = 200 if headers else 303
    assert states == [(code, 1), (code, 1), (code, 0), (code, 0)]


def test_follow_with_a_strange_value_is_invalid(ballot: Ballot) -> None:
    assert client_of(people.citizen()).post(act(ballot.subject, "ikuti"), {"value": "2"}).status_code == 422
