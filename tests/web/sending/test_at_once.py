"""The same form several times at the same moment, in real threads: one deed, and every answer leads to it."""

from typing import Any

import pytest

from rembuk.accounts.models import Person
from rembuk.audit import sendings
from rembuk.audit.models import AuditEntry
from rembuk.engagement.models import Comment, Report
from rembuk.proposals.models import Decision, Proposal
from tests import people, scenes
from tests.accounts import post
from tests.engagement import talks
from tests.security.uploads import image
from tests.web.accounts.test_register import form as registration
from tests.web.desk_proposals.test_enter import ENTER
from tests.web.desk_proposals.test_enter import fields as entry
from tests.web.engagement.pages import HTMX, act
from tests.web.moderation.test_decide import page
from tests.web.moderation.test_queue import QUEUE
from tests.web.proposals.test_files import answers
from tests.web.sending.forms import AT_ONCE, sent_at_once, with_key

pytestmark = pytest.mark.django_db(transaction=True)


def _places(answers: list[Any]) -> list[tuple[int, str]]:
    return sorted({(answer.status_code, answer.headers.get("Location", "")) for answer in answers})


def _entries(verb: str) -> int:
    return AuditEntry.objects.filter(verb=verb).count()


def test_comment_is_written_once_and_every_answer_leads_to_it() -> None:
    subject = talks.subject(scenes.regency().works)
    form = with_key({"body": "Jalan ini memang rusak."})
    answers = sent_at_once(people.citizen(), act(subject, "tulis"), form)
    made = Comment.objects.get()
    assert _places(answers) == [(303, f"{subject.path}#{made.anchor}")]
    assert _entries("comment.posted") == 1


def test_comment_is_doubled_where_nothing_is_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    subject = talks.subject(scenes.regency().works)
    monkeypatch.setattr(sendings, "params", lambda: None)
    form = with_key({"body": "Jalan ini memang rusak."})
    sent_at_once(people.citizen(), act(subject, "tulis"), form)
    assert Comment.objects.count() == AT_ONCE


def test_comment_by_script_is_written_once_and_the_page_is_shown_anew() -> None:
    subject = talks.subject(scenes.regency().works)
    form = with_key({"body": "Jalan ini memang rusak."})
    answers = sent_at_once(people.citizen(), act(subject, "tulis"), form, headers=HTMX)
    assert Comment.objects.count() == 1
    assert sorted(answer.status_code for answer in answers) == [200] + [204] * (AT_ONCE - 1)
    assert [answer["HX-Refresh"] for answer in answers if answer.status_code == 204] == ["true"] * (
        AT_ONCE - 1
    )


def test_report_is_made_once_and_nobody_reads_that_it_was_made_before() -> None:
    subject = talks.subject(scenes.regency().works)
    form = with_key({"reason": talks.reason("report").code, "note": ""})
    answers = sent_at_once(people.citizen(), act(subject, "laporkan"), form)
    assert (Report.objects.count(), [status for status, _place in _places(answers)]) == (1, [303])


def test_proposal_is_sent_once() -> None:
    author = people.citizen()
    draft = scenes.draft(scenes.regency(), author)
    answers = sent_at_once(author, f"/usulan/draf/{draft.public_id}/kirim/", with_key())
    sent = Proposal.objects.get(pk=draft.pk)
    assert (sent.state, _entries("proposal.submitted")) == ("submitted", 1)
    assert [status for status, _place in _places(answers)] == [303]
    assert len(_places(answers)) == 1


def test_entered_proposal_is_one() -> None:
    place = scenes.regency()
    officer = people.staff("unit-admin", place.village)
    answers = sent_at_once(officer, ENTER, with_key(entry(place)))
    made = Proposal.objects.get()
    assert _places(answers) == [(303, f"/kelola/usulan/{made.code}/")]


def test_decision_of_a_moderator_is_one_and_none_of_her_presses_is_refused() -> None:
    place = scenes.regency()
    waiting = scenes.submitted(place)
    answers = sent_at_once(people.staff("moderator", place.root), page(waiting, "publish"), with_key())
    assert (_places(answers), _entries("proposal.published")) == ([(303, QUEUE)], 1)


def test_press_that_would_undo_the_first_undoes_nothing() -> None:
    subject = talks.subject(scenes.regency().works)
    said = talks.comment(subject, people.citizen())
    form = with_key({"reason": talks.reason("hide").code, "explanation": "Kasar."})
    sent_at_once(people.staff("moderator", subject.unit), f"{said.path}moderasi/", form)
    assert (Comment.objects.get().state, _entries("comment.hidden")) == ("hidden", 1)


def test_bulk_act_is_one() -> None:
    place = scenes.regency()
    codes = [str(scenes.submitted(place).code) for _number in range(3)]
    form = with_key({"step": "publish", "selected": codes, "confirm": "1"})
    answers = sent_at_once(people.staff("moderator", place.root), f"{QUEUE}sekaligus/", form)
    assert [status for status, _place in _places(answers)] == [303]
    assert Decision.objects.filter(step="publish").values("bulk").distinct().count() == 1
    assert _entries("proposal.published") == 3


def test_registration_opens_one_account_and_writes_one_letter() -> None:
    # An address of its own: jobs outlive the tests that really commit.
    address = "sekali@contoh.id"
    answers = sent_at_once(None, "/akun/daftar/", with_key(registration(email=address)))
    assert _places(answers) == [(303, "/akun/daftar/terkirim/")]
    letters = [kind for kind, to in post.waiting() if to == address]
    assert (Person.objects.count(), letters) == (1, ["confirm"])


def test_file_sent_with_a_form_is_attached_once() -> None:
    author = people.citizen()
    place = scenes.regency()
    draft = scenes.draft(place, author)
    form = with_key({**answers(place), "attachment": image("jalan.jpg")})
    sent = sent_at_once(author, f"/usulan/draf/{draft.public_id}/", form)
    assert ([status for status, _place in _places(sent)], draft.attachments.count()) == ([303], 1)
