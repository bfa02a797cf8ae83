"""The one letter to a named organisation without an account: when, what it says, and that no name waits in the queue."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from procrastinate.contrib.django.models import ProcrastinateJob

from rembuk.common.clock import instant
from rembuk.consultations.actions import schedule
from rembuk.consultations.actions.making.changes import Invited, contents_of
from rembuk.consultations.actions.making.create import edit_consultation
from rembuk.consultations.models import Consultation
from rembuk.consultations.notices.invitations import invite, write_invitation
from rembuk.consultations.states import State
from rembuk.notifications.models import Notice
from tests import consultation_scenes as scenes
from tests import people
from tests.scenes import Regency, regency

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def ready(place: Regency, *emails: str) -> Consultation:
    """A draft for named organisations that opens tomorrow."""
    now = instant(None)
    made = scenes.draft(place, opens_at=now + DAY, closes_at=now + 15 * DAY)
    scenes.invite(made, *emails)
    return made


def named(made: Consultation, *rows: Invited, place: Regency) -> Consultation:
    """The same with these organisations instead."""
    made.refresh_from_db()
    return edit_consultation(made, replace(contents_of(made), invited=rows), by=scenes.manager(place))


def jobs() -> Sequence[ProcrastinateJob]:
    return list(
        ProcrastinateJob.objects.filter(task_name="consultations.write_invitation", status="todo").order_by(
            "id"
        )
    )


def letters() -> list[EmailMessage]:
    """Let the worker write what waits; the new letters."""
    before = len(mail.outbox)
    for job in jobs():
        write_invitation.func(**job.args)
        ProcrastinateJob.objects.filter(pk=job.pk).delete()
    return mail.outbox[before:]


def test_announcing_writes_to_those_without_an_account_and_tells_the_others_here() -> None:
    place = regency()
    member = people.citizen()
    made = ready(place, "walhi@contoh.id", str(member.email))
    assert letters() == []

    schedule.announce(made, by=scenes.manager(place))

    (letter,) = letters()
    assert letter.to == ["walhi@contoh.id"]
    assert f"Forum walhi diundang mengikuti uji publik: {made.title}" == letter.subject
    words = str(letter.body)
    assert f"/akun/daftar/?next=%2Fuji-publik%2F{made.code}%2F" in words
    assert all(text in words for text in (made.code, made.contact, place.works.name))
    assert Notice.objects.filter(event__kind="consultation.announced", person_id=member.pk).count() == 1
    assert not made.invited.filter(told_at=None).exists()


def test_organisation_named_after_the_announcement_is_told_and_nobody_twice() -> None:
    place = regency()
    member = people.citizen()
    made = ready(place, "walhi@contoh.id")
    schedule.announce(made, by=scenes.manager(place))
    letters()

    rows = [Invited("Walhi Jaya", "walhi@contoh.id"), Invited("PKK", "pkk@contoh.id")]
    named(made, *rows, Invited("Karang Taruna", str(member.email)), place=place)

    assert [letter.to for letter in letters()] == [["pkk@contoh.id"]]
    assert Notice.objects.filter(event__kind="consultation.announced", person_id=member.pk).count() == 1
    assert set(made.invited.values_list("name", flat=True)) == {"Walhi Jaya", "PKK", "Karang Taruna"}
    named(made, *rows, place=place)
    assert (invite(made, instant(None)), letters()) == (0, [])


@pytest.mark.parametrize("what", ["taken off", "registered", "cancelled"])
def test_letter_is_not_written_when_it_has_become_idle(what: str) -> None:
    place = regency()
    made = ready(place, "walhi@contoh.id")
    schedule.announce(made, by=scenes.manager(place))
    if what == "taken off":
        made.invited.all().delete()
    elif what == "registered":
        people.citizen(email="WALHI@contoh.id")
    else:
        Consultation.objects.filter(pk=made.pk).update(state=State.CANCELLED)
    assert len(jobs()) == 1
    assert letters() == []


def test_nobody_is_written_to_before_the_announcement_or_where_every_member_may_answer() -> None:
    place = regency()
    made = ready(place, "walhi@contoh.id")
    named(made, Invited("PKK", "pkk@contoh.id"), place=place)
    assert jobs() == []
    open_to_all = scenes.opened(place)
    assert (invite(open_to_all, instant(None)), jobs()) == (0, [])


def test_queue_and_log_hold_neither_name_nor_address(caplog: pytest.LogCaptureFixture) -> None:
    place = regency()
    made = ready(place, "walhi@contoh.id")
    with caplog.at_level(logging.DEBUG):
        schedule.announce(made, by=scenes.manager(place))
        (job,) = jobs()
        letters()
    assert job.args == {"invited_id": made.invited.get().pk}
    told = "\n".join(record.getMessage() for record in caplog.records if record.name != "django.db.backends")
    assert "walhi" not in told.lower()


def test_no_letter_waits_where_everybody_named_has_an_account() -> None:
    place = regency()
    member = people.citizen()
    made = ready(place, str(member.email))
    schedule.announce(made, by=scenes.manager(place))
    assert jobs() == []
    assert Notice.objects.filter(event__kind="consultation.announced", person_id=member.pk).count() == 1
