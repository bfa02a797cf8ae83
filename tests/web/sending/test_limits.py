"""A limit loses nothing that was typed, and one form sent many times is counted once."""

import pytest
from django.test import Client

from rembuk.accounts.models import Limit
from rembuk.engagement.models import Comment, Subject
from rembuk.taxonomy.models import ReasonCode
from rembuk.web.engagement import pace
from tests import people, scenes
from tests.engagement import talks
from tests.web.engagement.pages import HTMX, act
from tests.web.sending.forms import browser, with_key
from tests.web.sending.test_unsent import TYPED, fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def subject() -> Subject:
    return talks.subject(scenes.regency().works, people.citizen("Pengusul"))


@pytest.fixture
def client() -> Client:
    return browser(people.citizen())


@pytest.fixture
def used_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody may do anything now."""
    monkeypatch.setattr(pace, "_PACES", dict.fromkeys(pace._PACES, ((0, pace._DAY),)))


def _report() -> dict[str, str]:
    reason = ReasonCode.objects.filter(uses__contains=["report"]).first()
    assert reason is not None
    return {"reason": reason.code, "note": "Iklan pinjaman."}


def test_comment_over_the_limit_is_kept_and_one_press_sends_it_later(
    client: Client, subject: Subject
) -> None:
    with pytest.MonkeyPatch.context() as limit:
        limit.setattr(pace, "_PACES", {"comment": ((0, pace._DAY),)})
        refused = client.post(act(subject, "tulis"), with_key({"body": TYPED}))
    page = refused.content.decode()
    assert (refused.status_code, int(refused["Retry-After"]) > 0, Comment.objects.count()) == (429, True, 0)
    assert f'action="{act(subject, "tulis")}"' in page
    assert "Kirim lagi" in page
    kept = fields_of(page[page.index(f'action="{act(subject, "tulis")}"') :].partition("</form>")[0])
    assert kept["body"] == TYPED
    for _press in range(2):
        assert client.post(act(subject, "tulis"), kept).status_code == 303
    assert [comment.body.replace("\r\n", "\n") for comment in Comment.objects.all()] == [TYPED]


@pytest.mark.usefixtures("used_up")
def test_comment_over_the_limit_in_place_has_a_note_in_its_form_that_stays(
    client: Client, subject: Subject
) -> None:
    refused = client.post(act(subject, "tulis"), with_key({"body": TYPED}), headers=HTMX)
    assert (refused.status_code, int(refused["Retry-After"]) > 0) == (429, True)
    assert (refused["HX-Retarget"], refused["HX-Reswap"]) == ("this", "beforeend")
    note = refused.content.decode()
    assert 'role="alert"' in note
    assert "<h1" not in note
    assert "<form" not in note


@pytest.mark.usefixtures("used_up")
def test_report_over_the_limit_is_kept_and_a_vote_has_nothing_to_keep(
    client: Client, subject: Subject
) -> None:
    report = _report()
    kept = client.post(act(subject, "laporkan"), with_key(report))
    vote = client.post(act(subject, "suara"), with_key({"value": "1"}))
    assert (kept.status_code, vote.status_code) == (429, 429)
    assert "Iklan pinjaman." in kept.content.decode()
    assert (kept.has_header("Holds-Words"), vote.has_header("Holds-Words")) == (True, False)
    assert "Kirim lagi" not in vote.content.decode()


def test_same_comment_sent_many_times_is_counted_once(client: Client, subject: Subject) -> None:
    form = with_key({"body": TYPED})
    assert {client.post(act(subject, "tulis"), form).status_code for _time in range(9)} == {303}
    assert set(Limit.objects.filter(key__startswith="comment:").values_list("count", flat=True)) <= {0, 1}
    answer = client.post(act(subject, "tulis"), with_key({"body": "Saya juga setuju."}))
    assert (answer.status_code, Comment.objects.count()) == (303, 2)


def test_same_report_sent_many_times_is_counted_once(client: Client, subject: Subject) -> None:
    form = with_key(_report())
    for _time in range(4):
        assert client.post(act(subject, "laporkan"), form).status_code == 303
    assert set(Limit.objects.filter(key__startswith="report:").values_list("count", flat=True)) <= {0, 1}


def test_refused_tries_of_other_texts_are_counted(client: Client, subject: Subject) -> None:
    for _time in range(3):
        client.post(act(subject, "tulis"), with_key({"body": TYPED}))
    assert max(Limit.objects.filter(key__startswith="comment:").values_list("count", flat=True)) == 3
