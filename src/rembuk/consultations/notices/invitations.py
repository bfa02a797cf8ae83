"""The letter to a named organisation that has no account: what it is invited to, and the way to register with its address.

Queued in the transaction that announces the consultation or names the organisation; the job holds no name and no
address, these are read when the letter is written. Organisations with an account are told as ``followers``.
"""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from rembuk.accounts.letters import writing
from rembuk.accounts.letters.texts import LetterText
from rembuk.accounts.models import Person
from rembuk.common import clock
from rembuk.consultations.choices import Audience
from rembuk.consultations.models import Consultation, InvitedOrganisation
from rembuk.consultations.notices import followers
from rembuk.consultations.schedule import Stage, stage

_RETRY = RetryStrategy(max_attempts=8, exponential_wait=4)
_TIME = frozenset({Stage.ANNOUNCED, Stage.OPEN})

TEXT = LetterText(
    subject=_("%(organisation)s is invited to a consultation: %(title)s"),
    body=_(
        "%(unit)s invites %(organisation)s to the consultation “%(title)s” (%(code)s). It opens on %(opens)s and closes "
        "on %(closes)s. Only the organisations that were named may answer, and you answer with this email address. "
        "Register with it to take part; everybody may read without registering."
    ),
    action=_("Register"),
    after=(
        _("The consultation: %(page)s"),
        _("Are you not the right person? Please tell us: %(asked)s"),
        _("You get this letter once."),
    ),
)


def invite(consultation: Consultation, at: datetime) -> int:
    """Tell named organisations of an announced consultation, each once; returns how many get a letter."""
    if consultation.audience != Audience.ORGANISATIONS or stage(consultation, at) not in _TIME:
        return 0
    new = list(consultation.invited.filter(told_at=None).annotate(address=Lower("email")))
    if not new:
        return 0
    consultation.invited.filter(pk__in=[row.pk for row in new]).update(told_at=at)
    followers.named_later(consultation)
    known = _with_account({row.address for row in new})
    jobs: list[dict[str, Any]] = [{"invited_id": row.pk} for row in new if row.address not in known]
    if jobs:
        write_invitation.batch_defer(*jobs)
    return len(jobs)


@app.task(name="consultations.write_invitation", queue="mail", retry=_RETRY)
def write_invitation(invited_id: int) -> None:
    """Write the letter, unless the organisation has registered or was taken off meanwhile, or the time is over."""
    rows = InvitedOrganisation.objects.select_related("consultation__unit")
    row = rows.filter(pk=invited_id).first()
    if row is None or stage(row.consultation, clock.now()) not in _TIME:
        return
    if _with_account({row.email.lower()}):
        return
    language = settings.LANGUAGE_CODE
    to = writing.Addressee(row.name, row.email, language)
    with override(language):
        page = reverse("consultations:detail", args=[row.consultation.code])
        path = f"{reverse('account_signup')}?{urlencode({'next': page})}"
    writing.send_text(TEXT, to, path, **_fill(row, page))


def _with_account(addresses: set[str]) -> set[str]:
    people = Person.objects.filter(deleted_at=None).annotate(address=Lower("email"))
    return set(people.filter(address__in=addresses).values_list("address", flat=True))


def _fill(row: InvitedOrganisation, page: str) -> dict[str, str]:
    found = row.consultation
    assert found.opens_at is not None
    assert found.closes_at is not None
    opens, closes = (moment.astimezone(found.tz) for moment in (found.opens_at, found.closes_at))
    return {
        "organisation": row.name,
        "title": found.title,
        "code": found.code,
        "unit": found.unit.name,
        "opens": f"{opens:%d/%m/%Y %H.%M} {found.zone}",
        "closes": f"{closes:%d/%m/%Y %H.%M} {found.zone}",
        "page": str(settings.BASE_URL).rstrip("/") + page,
        "asked": found.contact,
    }
