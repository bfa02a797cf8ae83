"""How often what may be tried: per account, and generously per network address.

Hundreds of people may stand behind one address (a school, a village office, a mobile network), so what an
address alone may do is far above what one person needs; what guards an account is counted per account.
Keys hold a keyed hash of a mail address, never the address.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.utils.crypto import salted_hmac

from rembuk.accounts import limits


@dataclass(frozen=True, slots=True)
class Quota:
    """So many acts of a name within a window of time."""

    name: str
    allowed: int
    window: timedelta

    def spend(self, *parts: str, at: datetime | None = None) -> None:
        """Count one act.

        Raises:
            TooMany: past the allowed number, with the seconds until the window ends.
        """
        limits.hit(self._key(parts), allowed=self.allowed, window=self.window, at=at)

    def give_back(self, *parts: str, at: datetime | None = None) -> None:
        """Take one act back from the current window: it was a rightful one."""
        limits.take_back(self._key(parts), window=self.window, at=at)

    def _key(self, parts: tuple[str, ...]) -> str:
        return ":".join((self.name, *parts))[:120]


_QUARTER, _HOUR = timedelta(minutes=15), timedelta(hours=1)
# Wrong passwords for one account from one address, and all attempts from one address.
SIGN_IN = Quota("sign-in", 10, _QUARTER)
SIGN_IN_NETWORK = Quota("sign-in-net", 300, _QUARTER)
REGISTER_NETWORK = Quota("register-net", 100, _HOUR)
RESET_NETWORK = Quota("reset-net", 100, _HOUR)
# Letters that somebody who is not signed in can make us write to one mail address.
LETTERS = Quota("letters", 5, _HOUR)
# Wrong current passwords of somebody signed in, and own changes.
OWN_PASSWORD = Quota("own-password", 10, _QUARTER)
OWN_EXPORT = Quota("own-export", 10, _HOUR)


def fingerprint(email: str) -> str:
    """A mail address as limits and logs know it: a keyed hash that can't be turned back."""
    return salted_hmac("rembuk.accounts.fingerprint", email.strip().lower(), algorithm="sha256").hexdigest()[
        :24
    ]


def network(address: str) -> str:
    """A network address as limits know it: one household of IPv6 (/64) counts as one."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        return str(ip_network((parsed, 64), strict=False).network_address)
    return str(parsed)
