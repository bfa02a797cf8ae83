"""What a page gets to show of the talk: for visitors nothing personal, for members what is theirs, in few queries."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import resolve

from rembuk.access import rights
from rembuk.engagement import folding
from rembuk.engagement.actions.follows import follow
from rembuk.engagement.actions.subjects import set_ballot_open, show_subject
from rembuk.engagement.actions.votes import cast_vote
from rembuk.engagement.models import Ballot, Comment, Subject
from rembuk.web.engagement.context import follow_for, talk_for
from tests import people, scenes
from tests.engagement import talks

pytestmark = pytest.mark.django_db

TEMPLATES = ("vote", "question", "follow", "comments", "report")


@pytest.fixture
def place() -> scenes.Regency:
    return scenes.regency()


@pytest.fixture
def ballot(place: scenes.Regency) -> Ballot:
    return talks.ballot(talks.subject(place.works, people.citizen("Pengusul")))


def _html(talk: dict, viewer: object = None) -> str:
    request = RequestFactory().get("/")
    request.user = viewer or AnonymousUser()
    context = {"talk": talk, "viewer": viewer}
    return "\n".join(
        render_to_string(f"engagement/{name}.html", context, request=request) for name in TEMPLATES
    )


def test_visitor_sees_folded_counts_and_ways_over_sign_in(ballot: Ballot) -> None:
    cast_vote(ballot, voter=people.citizen(), value=1)
    before = talk_for(ballot.subject, None, None)["vote"]
    folding.run_once()
    after = talk_for(ballot.subject, AnonymousUser(), None)["vote"]
    assert (before["supports"], after["supports"], "action_url" in after) == (0, 1, False)
    assert after["login_url"] == f"/akun/masuk/?next=%2Fusulan%2F{ballot.subject.code}%2F%23suara"


def test_visitors_html_holds_no_form_and_no_token(ballot: Ballot) -> None:
    talks.comment(ballot.subject, people.citizen())
    html = _html(talk_for(ballot.subject, None, None))
    assert ("<form" in html, "csrf" in html, "hx-" in html) == (False, False, False)


def test_member_sees_exact_counts_and_her_own_vote_at_once(ballot: Ballot) -> None:
    member = people.citizen()
    cast_vote(ballot, voter=member, value=-1)
    follow(ballot.subject, by=member)
    talk = talk_for(ballot.subject, member, None)
    vote = talk["vote"]
    assert (vote["supports"], vote["opposes"], vote["mine"], talk["follow"]["is_following"]) == (
        0,
        1,
        -1,
        True,
    )
    assert 'hx-target="#suara"' in _html(talk, member)


def test_author_and_closed_ballot_show_why_there_is_no_button(ballot: Ballot) -> None:
    author = talk_for(ballot.subject, ballot.subject.author, None)["vote"]
    set_ballot_open(ballot, is_open=False)
    closed = talk_for(ballot.subject, people.citizen(), None)["vote"]
    assert [vote["is_open"] for vote in (author, closed)] == [False, False]
    assert author["closed_text"] != closed["closed_text"]


def test_question_shows_results_with_the_number_of_people(place: scenes.Regency) -> None:
    question = talks.ballot(talks.subject(place.works), "question")
    for value in (1, 1, 3):
        cast_vote(question, voter=people.citizen(), value=value)
    bars = talk_for(question.subject, None, None)["question"]["bars"]
    assert [(row["value"], round(row["percent"])) for row in bars["rows"]] == [(2, 67), (0, 0), (1, 33)]
    assert bars["total_text"] == "3 orang sudah menjawab."


def test_question_without_answers_says_so(place: scenes.Regency) -> None:
    question = talks.ballot(talks.subject(place.works), "question")
    bars = talk_for(question.subject, None, None)["question"]["bars"]
    assert (bars["total_text"], {row["percent"] for row in bars["rows"]}) == ("Belum ada yang menjawab.", {0})


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("who", "queries"), [("visitor", 3), ("member", 4), ("staff", 5)])
def test_talk_takes_the_same_queries_however_many(
    place: scenes.Regency, ballot: Ballot, number: int, who: str, queries: int, django_assert_num_queries
) -> None:
    for _ in range(number):
        root = talks.comment(ballot.subject, people.citizen())
        for _ in range(number):
            talks.comment(ballot.subject, people.citizen(), parent=root)
        cast_vote(ballot, voter=people.citizen(), value=1)
    readers = {"visitor": None, "member": people.citizen(), "staff": people.staff("assessor", place.works)}
    subject = Subject.objects.select_related("unit", "proposal").get(pk=ballot.subject_id)
    reader = readers[who]
    rights.holdings(reader)  # once per request, by the context of every page
    with django_assert_num_queries(queries):
        _html(talk_for(subject, reader, None), reader)


def test_talk_without_ballot_and_comments_still_stands(place: scenes.Regency) -> None:
    subject = talks.subject(place.works)
    show_subject(subject, visible=True, comments_open=False)
    talk = talk_for(subject, people.citizen(), None)
    assert (talk["vote"], talk["question"], talk["comments"]["items"], talk["comments"]["form"]) == (
        None,
        None,
        [],
        None,
    )
    assert "Komentar ditutup." in _html(talk)


def test_follow_alone_for_a_programme(place: scenes.Regency) -> None:
    member, subject = people.citizen(), talks.subject(place.works)
    follow(subject, by=member)
    assert [follow_for(subject, who, None)["follow"]["is_following"] for who in (None, member)] == [
        False,
        True,
    ]


def test_path_kept_for_notices_is_the_address_of_the_thread(ballot: Ballot) -> None:
    comment = talks.comment(ballot.subject, people.citizen())
    match = resolve(comment.path)
    assert (match.view_name, Comment.objects.get(**match.kwargs)) == ("engagement:thread", comment)
