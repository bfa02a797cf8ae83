"""Sending at the closing instant with real threads: in whole or out with the reason, and every one that is in gets its rows.

The negative control takes the lock out of the gate: then a closing overtakes a sender who has passed, and misses her.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.common.clock import now
from rembuk.consultations.actions import clockwork, steps
from rembuk.consultations.actions.taking import arriving, drafts, submit
from rembuk.consultations.content import Content
from rembuk.consultations.errors import Closed
from rembuk.consultations.models import Consultation, MatrixRow, ReceiptSeries, Submission
from rembuk.consultations.states import SubmissionState
from rembuk.engagement.models import Ballot, Subject
from rembuk.notifications.models import Notice
from tests import consultation_scenes as consultations
from tests import people, scenes

pytestmark = pytest.mark.django_db(transaction=True)
SENDERS, THREADS = 200, 32


@pytest.fixture
def made() -> Consultation:
    found = consultations.opened(scenes.regency())
    consultations.with_text(found)
    consultations.with_questions(found)
    return found


def closing_in(made: Consultation, seconds: float) -> None:
    made.closes_at = now() + timedelta(seconds=seconds)
    Consultation.objects.filter(pk=made.pk).update(closes_at=made.closes_at)


def prepared(made: Consultation, count: int) -> list[Submission]:
    """Drafts of as many people, complete, with a remark and five answers."""
    said = consultations.full_content(made.versions.get()).to_json()
    moment = now()
    first = people.citizen()
    names = [Person(email=f"antre{n}@contoh.id", name=f"Antre {n}") for n in range(count)]
    everybody = Person.objects.bulk_create(names)
    first.emailaddress_set.model.objects.bulk_create(
        first.emailaddress_set.model(user=one, email=one.email, verified=True, primary=True)
        for one in everybody
    )
    return Submission.objects.bulk_create(
        Submission(consultation=made, author=one, working=said, created_at=moment, changed_at=moment)
        for one in everybody
    )


def in_threads(jobs: list[Callable[[], object]]) -> list[object]:
    """What each job returned or raised, run by ``THREADS`` threads with connections of their own."""

    def run(job: Callable[[], object]) -> object:
        try:
            return job()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, jobs))


def is_whole(sent: Submission) -> bool:
    """Whether everything that belongs to a submission that arrived is there, once."""
    parts = [
        sent.remarks.count() == 1,
        sent.answers.count() == 5,
        [version.content for version in sent.versions.all()]
        == [Content.from_json(sent.versions.get().content).to_json()],
        sent.code == f"{sent.consultation.code}-{sent.number:05d}",
        Subject.objects.filter(code=sent.code, submission=sent).count() == 1,
        Ballot.objects.filter(subject=sent.subject).count() == 1,
        AuditEntry.objects.filter(verb="submission.sent", target_key=sent.code).count() == 1,
        Notice.objects.filter(person_id=sent.author_id, event__kind="submission.received").count() == 1,
        MatrixRow.objects.filter(submission=sent).count() == 4,
        sent.working is None,
    ]
    return all(parts)


def is_untouched(draft: Submission) -> bool:
    """Whether a refused draft stands as it was, and nothing else was left."""
    return (
        draft.working is not None
        and (draft.code, draft.number, draft.subject_id, draft.sent_at) == (None, None, None, None)
        and not (draft.remarks.exists() or draft.answers.exists() or draft.versions.exists())
        and not MatrixRow.objects.filter(submission=draft).exists()
        and not Notice.objects.filter(person_id=draft.author_id).exists()
    )


def test_two_hundred_sent_across_the_closing_are_whole_or_refused(made: Consultation) -> None:
    ready = prepared(made, SENDERS)
    closing_in(made, 1.2)

    def sender(draft: Submission) -> Callable[[], object]:
        return lambda: submit.send_submission(draft, by=draft.author, seen_version=1)  # type: ignore[arg-type]

    def close() -> object:
        while not clockwork.follow_clock():
            time.sleep(0.02)
        connection.close()
        return None

    closer = threading.Thread(target=close)
    closer.start()
    outcomes = in_threads([sender(draft) for draft in ready])
    closer.join(60)
    kinds = Counter(type(outcome) for outcome in outcomes)
    assert set(kinds) == {Submission, Closed}, kinds
    assert all(made.zone in str(one) for one in outcomes if isinstance(one, Closed))
    sent = Submission.objects.filter(state=SubmissionState.SENT).select_related("consultation", "subject")
    assert sorted(one.number or 0 for one in sent) == list(range(1, kinds[Submission] + 1))
    assert ReceiptSeries.objects.get().last == kinds[Submission]
    assert [one.code for one in sent if not is_whole(one)] == []
    left = Submission.objects.filter(state=SubmissionState.DRAFT)
    assert [one.pk for one in left if not is_untouched(one)] == []
    made.refresh_from_db()
    assert (made.state, sent.count() + left.count()) == ("closed", SENDERS)
    assert max(one.sent_at for one in sent if one.sent_at) < made.closes_at


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Senders wait between the gate and their rows until the event is set."""
    go_on, keep = threading.Event(), arriving.keep_words

    def late(*args: object, **kwargs: object) -> object:
        go_on.wait(20)
        return keep(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(arriving, "keep_words", late)
    yield go_on
    go_on.set()


def closed_while_sending(made: Consultation, slow: threading.Event) -> tuple[str, int]:
    """Close while a sender stands behind the gate; the state of her submission, and how many rows it got."""
    (draft,) = prepared(made, 1)
    closing_in(made, 0.5)

    def send() -> object:
        return submit.send_submission(draft, by=draft.author, seen_version=1)  # type: ignore[arg-type]

    def close() -> object:
        time.sleep(0.7)
        threading.Timer(1.0, slow.set).start()
        return clockwork.follow_clock()

    outcomes = in_threads([send, close])
    assert [type(one) for one in outcomes] == [Submission, int], outcomes
    draft.refresh_from_db()
    return draft.state, MatrixRow.objects.filter(submission=draft).count()


def test_closing_waits_for_who_has_passed_the_gate(made: Consultation, slow: threading.Event) -> None:
    assert closed_while_sending(made, slow) == ("sent", 4)


def test_negative_control_without_the_lock_the_closing_misses_a_sender(
    made: Consultation, slow: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_gate = steps._GATE.replace("FOR KEY SHARE", "")
    assert open_gate != steps._GATE
    monkeypatch.setattr(steps, "_GATE", open_gate)
    assert closed_while_sending(made, slow) == ("sent", 0)


def test_send_pressed_at_once_gives_one_submission(made: Consultation) -> None:
    (draft,) = prepared(made, 1)
    press = lambda: submit.send_submission(draft, by=draft.author, seen_version=1).code  # type: ignore[arg-type] # noqa: E731
    codes = in_threads([press] * 8)
    assert set(codes) == {f"{made.code}-00001"}
    assert (ReceiptSeries.objects.get().last, Notice.objects.count()) == (1, 1)


def test_first_pages_saved_at_once_give_one_draft_with_both(made: Consultation) -> None:
    person = people.citizen()

    def page(**fields: object) -> Callable[[], object]:
        from dataclasses import replace

        return lambda: drafts.save_working(made, lambda said: replace(said, **fields), by=person)  # type: ignore[arg-type]

    outcomes = in_threads([page(stance="agree"), page(reason="Baik."), page(is_affected=True)] * 4)
    assert {type(one) for one in outcomes} == {Submission}, outcomes
    said = Content.from_json(Submission.objects.get().working)
    assert (said.stance, said.reason, said.is_affected) == ("agree", "Baik.", True)
