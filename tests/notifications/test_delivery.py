"""Mails: to whom, what is in them, and what becomes of them when the mail server or the worker fails."""

import smtplib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from rembuk.audit.actors import Actor
from rembuk.notifications import actions, addressbook, selectors
from rembuk.notifications.addressbook import Sender
from rembuk.notifications.models import Delivery, DeliveryState, Event
from rembuk.notifications.sending import claims, delivery
from rembuk.notifications.sending.outcomes import SENT

from .conftest import ACCOUNT, BUDI, FOLLOWED, MADE, NOON, SARI, Tell

NEXT_MORNING = NOON + timedelta(hours=18)


def _states() -> dict[int, str]:
    return dict(Delivery.objects.values_list("person_id", "state"))


def _fails(monkeypatch: pytest.MonkeyPatch, error: Exception, where: str = "send_messages") -> None:
    def refuse(self: EmailBackend, *args: Any) -> None:
        raise error

    monkeypatch.setattr(EmailBackend, where, refuse)


def test_send_event_writes_to_each_in_her_language(tell: Tell) -> None:
    tell(to=[SARI, BUDI])
    assert delivery.send_event(Event.objects.get().pk, at=NOON) == 2
    links = {message.to[0]: "/en/usulan/USL-2026-000001/" in str(message.body) for message in mail.outbox}
    assert links == {"sari@contoh.id": False, "budi@contoh.id": True}
    assert set(_states().values()) == {"sent"}


def test_send_event_twice_sends_once(tell: Tell) -> None:
    tell()
    event = Event.objects.get().pk
    assert [delivery.send_event(event, at=NOON), delivery.send_event(event, at=NOON)] == [1, 0]


def test_mail_has_subject_text_page_and_a_link_to_stop(tell: Tell) -> None:
    tell(params={"title": "<b>Jembatan</b>\nBcc: x@y.id"})
    delivery.send_waiting(at=NOON)
    (message,) = mail.outbox
    (page,) = [str(part.content) for part in message.alternatives]
    assert message.subject == "Answer to <b>Jembatan</b> Bcc: x@y.id"
    assert "&lt;b&gt;Jembatan&lt;/b&gt;" in page
    assert "<b>Jembatan" not in page
    assert "src=" not in page
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message.extra_headers["List-Unsubscribe"].startswith(
        "<https://rembuk.contoh.id/notifikasi/berhenti/"
    )


def test_mail_about_the_account_cannot_be_stopped(tell: Tell) -> None:
    tell(kind=ACCOUNT)
    delivery.send_waiting(at=NOON)
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers


def test_digest_joins_what_happened_into_one_letter_the_next_morning(tell: Tell) -> None:
    for number in range(3):
        tell(key=f"e{number}", kind=FOLLOWED, params={"title": f"Usulan {number}", "state": "adopted"})
    assert [delivery.send_waiting(at=NOON), delivery.send_waiting(at=NEXT_MORNING)] == [0, 1]
    body = str(mail.outbox[0].body)
    assert [body.count(f"Usulan {number} has moved") for number in range(3)] == [1, 1, 1]
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def test_digest_leaves_out_what_was_read_on_the_site(tell: Tell) -> None:
    tell(kind=FOLLOWED)
    actions.mark_read(SARI)
    assert delivery.send_waiting(at=NEXT_MORNING) == 0
    assert Delivery.objects.get().problem == "read already"


def test_person_without_an_address_is_passed_over_and_counted_apart(tell: Tell) -> None:
    tell(to=[MADE, 999])
    assert delivery.send_waiting(at=NOON) == 0
    assert _states() == {MADE: "skipped", 999: "skipped"}


def test_hourly_limit_holds_back_the_rest_until_the_next_hour(
    tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addressbook._Registry, "sender", staticmethod(lambda: Sender("Rembuk", 1)))
    tell(to=[SARI, BUDI])
    sent = [delivery.send_waiting(at=NOON + timedelta(minutes=minutes)) for minutes in (0, 1, 59, 60)]
    assert sent == [1, 0, 0, 1]


def test_address_refused_for_good_is_noted_and_not_tried_again(
    tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = smtplib.SMTPRecipientsRefused({"sari@contoh.id": (550, b"5.1.1 No such user sari@contoh.id")})
    tell()
    tell(key="e2", at=NOON + timedelta(hours=1))
    with monkeypatch.context() as patch:
        _fails(patch, refused)
        delivery.send_waiting(at=NOON)
    delivery.send_waiting(at=NOON + timedelta(days=1))
    assert selectors.unreachable([SARI, BUDI]) == {SARI}
    assert list(Delivery.objects.order_by("pk").values_list("state", "problem")) == [
        ("bounced", "550 5.1.1 No"),
        ("skipped", "unreachable"),
    ]


def test_address_confirmed_anew_is_written_to_again(tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    tell()
    with monkeypatch.context() as patch:
        _fails(patch, smtplib.SMTPRecipientsRefused({"sari@contoh.id": (550, b"5.1.1 No")}))
        delivery.send_waiting(at=NOON)
    actions.reach_again(SARI)
    tell(key="e2")
    assert delivery.send_waiting(at=NOON) == 1


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({"sari@contoh.id": (450, b"4.2.1 Try later")}),
        smtplib.SMTPSenderRefused(451, b"4.7.1 busy", "rembuk@localhost"),
        smtplib.SMTPServerDisconnected("gone"),
        TimeoutError(),
    ],
)
def test_passing_failure_is_tried_again_later(
    tell: Tell, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    tell()
    with monkeypatch.context() as patch:
        _fails(patch, error)
        delivery.send_waiting(at=NOON)
    too_early = delivery.send_waiting(at=NOON + timedelta(seconds=30))
    assert (too_early, delivery.send_waiting(at=NOON + timedelta(minutes=2))) == (0, 1)


def test_connection_broken_twice_after_hand_over_gives_up(
    tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell()
    _fails(monkeypatch, smtplib.SMTPServerDisconnected("gone"))
    for hours in (0, 1, 2, 3):
        delivery.send_waiting(at=NOON + timedelta(hours=hours))
    assert (_states(), Delivery.objects.get().tries) == ({SARI: "failed"}, 2)


def test_server_away_stops_the_run_and_is_never_given_up_before_days(
    tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(to=[SARI, BUDI])
    _fails(monkeypatch, ConnectionRefusedError(), where="open")
    delivery.send_waiting(at=NOON)
    assert sorted(Delivery.objects.values_list("tries", flat=True)) == [0, 1]
    assert set(_states().values()) == {"queued"}


def test_worker_killed_between_hand_over_and_mark_sends_at_most_twice(tell: Tell) -> None:
    tell()
    moment = NOON
    for _kill in range(4):
        claims.recover_lost(moment)
        claims.claim_single(Delivery.objects.all(), 500, moment)
        moment += claims.LOST_AFTER
    assert (_states(), Delivery.objects.get().tries) == ({SARI: "failed"}, 2)


def test_mark_after_another_worker_took_over_changes_nothing(tell: Tell) -> None:
    tell()
    row = claims.claim_single(Delivery.objects.all(), 500, NOON)
    assert row is not None
    Delivery.objects.update(state=DeliveryState.FAILED)
    claims.note([row], SENT, NOON)
    assert _states() == {SARI: "failed"}


def test_letter_that_cannot_be_written_does_not_hold_up_others(
    tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(to=[SARI, BUDI])
    whole: Callable[..., Any] = delivery.letters.single

    def sometimes(notices: Any, contact: Any, sender: Any) -> Any:
        if contact.name == "Sari":
            raise ValueError("a mistake in a template")
        return whole(notices, contact, sender)

    monkeypatch.setattr(delivery.letters, "single", sometimes)
    assert delivery.send_waiting(at=NOON) == 1
    assert _states() == {SARI: "failed", BUDI: "sent"}


def test_choice_after_queueing_holds_from_the_next_event_on(tell: Tell) -> None:
    tell()
    actions.choose(SARI, {"trial.answered": "never"}, by=Actor(person_id=SARI))
    tell(key="e2")
    assert delivery.send_waiting(at=NOON) == 1
    assert selectors.waiting() == {"queued": 0, "handed_over": 0}
