"""A form's deed is claimed in its own transaction: rolled back it is free, done it is done once."""

import uuid
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError

from rembuk.audit import actions, sendings
from rembuk.audit.actors import SYSTEM
from rembuk.audit.models import AuditEntry, Sending
from rembuk.audit.sendings import AlreadySent, Answer, Sent
from rembuk.common import clock

pytestmark = pytest.mark.django_db
PAGE = actions.Target("page", "trial/id")
KEY = uuid.uuid4()


def _sent(key: uuid.UUID | None = KEY) -> Sent:
    return Sent(lambda: key)


def _publish() -> None:
    actions.record("page.published", by=SYSTEM, target=PAGE)


def _entries() -> int:
    return AuditEntry.objects.filter(target_key="trial/id").count()


def test_deed_of_another_request_with_the_same_form_is_refused() -> None:
    with sendings.during(_sent()):
        _publish()
    with sendings.during(_sent()), pytest.raises(AlreadySent), transaction.atomic():
        _publish()
    assert _entries() == 1


def test_many_entries_of_one_request_are_one_deed() -> None:
    with sendings.during(_sent()):
        _publish()
        _publish()
        actions.record_many(
            [("page.published", PAGE, {})] * 2, by=SYSTEM, at=clock.now(), bulk=str(uuid.uuid4())
        )
    assert (_entries(), Sending.objects.count()) == (4, 1)


def test_many_entries_at_once_of_a_form_done_before_are_refused() -> None:
    with sendings.during(_sent()):
        _publish()
    with sendings.during(_sent()), pytest.raises(AlreadySent), transaction.atomic():
        actions.record_many([("page.published", PAGE, {})], by=SYSTEM, at=clock.now(), bulk="b")
    assert _entries() == 1


def test_savepoint_rolled_back_gives_the_form_free() -> None:
    first = _sent()
    with sendings.during(first):
        mark = transaction.savepoint_create()
        _publish()
        transaction.savepoint_rollback(mark)
        _publish()
    with sendings.during(_sent()), pytest.raises(AlreadySent), transaction.atomic():
        _publish()
    assert _entries() == 1


def test_repeatable_deed_claims_nothing() -> None:
    for _time in range(2):
        with sendings.during(_sent()):
            actions.record("subject.followed", by=SYSTEM, target=PAGE)
    assert (_entries(), Sending.objects.count()) == (2, 0)


@pytest.mark.parametrize("sent", [None, _sent(None)])
def test_without_a_key_every_sending_is_a_deed(sent: Sent | None) -> None:
    for _time in range(2):
        if sent is None:
            sendings.claim()
            _publish()
            continue
        with sendings.during(sent):
            _publish()
    assert (_entries(), Sending.objects.count()) == (2, 0)


def test_claim_outside_of_a_transaction_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rembuk.common.transactions.is_open", lambda: False)
    with sendings.during(_sent()), pytest.raises(TransactionManagementError):
        sendings.claim()


@pytest.mark.parametrize(
    ("status", "found"),
    [
        (303, Answer(303, "/usulan/")),
        (200, Answer(200, "/usulan/")),
        (500, Answer(500, "/usulan/")),
        (422, None),
        (409, None),
    ],
)
def test_answer_is_kept_and_a_refusal_gives_the_form_free(status: int, found: Answer | None) -> None:
    first = _sent()
    with sendings.during(first):
        _publish()
    sendings.keep_answer(first, Answer(status, "/usulan/"))
    assert sendings.answer_of_first(_sent()) == found
    assert sendings.answer_of_first(first) is None


def test_answer_before_the_first_is_answered_says_so() -> None:
    with sendings.during(_sent()):
        _publish()
    assert sendings.answer_of_first(_sent()) == Answer(0, "")


@pytest.mark.parametrize(("seconds", "is_old"), [(60, False), (180, True)])
def test_answer_says_whether_the_first_came_just_now(seconds: int, is_old: bool) -> None:
    with sendings.during(_sent()) as sent:
        _publish()
    Sending.objects.filter(key=sent.key).update(at=clock.now() - timedelta(seconds=seconds))
    assert sendings.answer_of_first(_sent()) == Answer(0, "", is_old=is_old)


def test_answer_of_a_form_nobody_sent_is_none() -> None:
    assert [sendings.answer_of_first(_sent()), sendings.answer_of_first(_sent(None))] == [None, None]


def test_answer_of_a_request_that_claimed_nothing_is_not_kept() -> None:
    sendings.keep_answer(_sent(), Answer(303, "/usulan/"))
    assert not Sending.objects.exists()


def test_sendings_are_forgotten_after_a_week() -> None:
    for days in (0, 8):
        with sendings.during(_sent(uuid.uuid4())) as sent:
            _publish()
        Sending.objects.filter(key=sent.key).update(at=clock.now() - timedelta(days=days))
    assert sendings.forget_sendings(before=clock.now() - timedelta(days=7)) == 1
    assert Sending.objects.count() == 1
