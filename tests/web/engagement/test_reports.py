"""Reporting by pages, and a moderator's hiding of a comment from the public page."""

import pytest

from rembuk.engagement.models import Case, Comment, Report, Subject
from tests import people, scenes
from tests.engagement import talks
from tests.web.engagement.pages import act, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> scenes.Regency:
    return scenes.regency()


@pytest.fixture
def subject(place: scenes.Regency) -> Subject:
    return talks.subject(place.works, people.citizen("Pengusul"))


def _form() -> dict[str, str]:
    return {"reason": talks.reason("report").code, "note": "Baris kedua."}


def test_report_of_a_comment_opens_a_case(subject: Subject) -> None:
    comment = talks.comment(subject, people.citizen(), "Kata kasar")
    client, address = client_of(people.citizen()), f"/komentar/{comment.public_id}/laporkan/"
    assert "Kata kasar" in client.get(address).content.decode()
    answer = client.post(address, _form())
    assert (answer.status_code, answer["Location"]) == (
        303,
        f"/komentar/{comment.public_id}/#{comment.anchor}",
    )
    assert (Case.objects.get().comment, Report.objects.get().note) == (comment, "Baris kedua.")


def test_report_of_a_proposal_opens_a_case_and_leads_back(subject: Subject) -> None:
    answer = client_of(people.citizen()).post(act(subject, "laporkan"), _form())
    assert (answer["Location"], Case.objects.get().comment) == (subject.path, None)


def test_report_twice_is_a_conflict(subject: Subject) -> None:
    client = client_of(people.citizen())
    answers = [client.post(act(subject, "laporkan"), _form()).status_code for _ in range(2)]
    assert (answers, Report.objects.count()) == ([303, 409], 1)


@pytest.mark.parametrize("reason", ["", "anggaran", "tidak-ada"])
def test_report_without_a_fitting_reason_comes_back(subject: Subject, reason: str) -> None:
    answer = client_of(people.citizen()).post(
        act(subject, "laporkan"), {"reason": reason, "note": "tetap ada"}
    )
    assert (answer.status_code, "tetap ada" in answer.content.decode(), Report.objects.count()) == (
        422,
        True,
        0,
    )


def test_report_of_own_content_is_denied(subject: Subject) -> None:
    comment = talks.comment(subject, people.citizen())
    assert client_of(comment.author).get(f"/komentar/{comment.public_id}/laporkan/").status_code == 403
    assert client_of(subject.author).post(act(subject, "laporkan"), _form()).status_code == 403


def test_moderator_hides_a_comment_and_shows_it_again(place: scenes.Regency, subject: Subject) -> None:
    comment = talks.comment(subject, people.citizen())
    client, address = (
        client_of(people.staff("moderator", place.works)),
        f"/komentar/{comment.public_id}/moderasi/",
    )
    assert address in client.get(f"/komentar/{comment.public_id}/").content.decode()
    states = []
    for fields in ({}, {"reason": talks.reason("hide").code, "explanation": "Data pribadi."}, {}):
        answer = client.post(address, fields)
        comment.refresh_from_db()
        states.append((answer.status_code, comment.state))
    assert states == [(422, "visible"), (303, "hidden"), (303, "visible")]


@pytest.mark.parametrize(
    ("who", "status"), [("visitor", 302), ("citizen", 403), ("elsewhere", 404), ("author", 403)]
)
def test_moderation_of_a_comment_is_for_its_units_moderators(
    place: scenes.Regency, subject: Subject, who: str, status: int
) -> None:
    moderator = people.staff("moderator", place.works)
    comment = talks.comment(subject, moderator if who == "author" else people.citizen())
    readers = {
        "visitor": None,
        "citizen": people.citizen(),
        "elsewhere": people.staff("moderator", place.health),
        "author": moderator,
    }
    answer = client_of(readers[who]).get(f"/komentar/{comment.public_id}/moderasi/")
    assert (answer.status_code, Comment.objects.get().state) == (status, "visible")
