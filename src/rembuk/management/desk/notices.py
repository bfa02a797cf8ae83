"""What the person herself is told of her account: on her page, since she has no mailbox."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.management.models import DeskAccount
from rembuk.notifications import outbox
from rembuk.notifications.kinds import ACCOUNT, Kind, register

OPENED = Kind(
    key="account.opened",
    label=_("An account was opened for me at a desk"),
    subject=_("Your account was opened at %(unit)s"),
    body=_(
        "%(officer)s of %(unit)s opened this account for you and printed a code. Only you know the password that you "
        "chose with it. If you did not ask for an account, tell the office, or delete it in the settings."
    ),
    category=ACCOUNT,
    is_optional=False,
)
CODE_MADE = Kind(
    key="account.code_made",
    label=_("A new code for my account was made at a desk"),
    subject=_("A new code for your account was made at %(unit)s"),
    body=_(
        "%(officer)s of %(unit)s made a new code for your account. The password until then no longer works, and all "
        "devices were signed out. If you did not ask for it, tell the office at once: each code is in the audit trail."
    ),
    category=ACCOUNT,
    is_optional=False,
)
register(OPENED, CODE_MADE)


def opened(account: DeskAccount, *, by: Person, at: datetime | None = None) -> None:
    """Tell the person that and where her account was opened."""
    _tell(OPENED, account, by, "", instant(at))


def code_made(account: DeskAccount, *, by: Person, at: datetime | None = None) -> None:
    """Tell the person of each new code."""
    moment = instant(at)
    _tell(CODE_MADE, account, by, f":{moment.isoformat()}", moment)


def _tell(kind: Kind, account: DeskAccount, by: Person, which: str, at: datetime) -> None:
    outbox.enqueue(
        f"{kind.key}:{account.person.public_id}{which}",
        kind=kind.key,
        recipients=[account.person_id],
        params={"unit": account.unit.name, "officer": by.shown_name},
        url="/akun/pengaturan/",
        at=at,
    )
