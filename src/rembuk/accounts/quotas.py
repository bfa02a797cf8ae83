"""How often what may be tried: per account, and generously per network address.

Hundreds of people may stand behind one address (a school, a village office, a mobile network), so what an
address alone may do is far above what one person needs, and rightful acts are given back; what guards an account
is counted per account. Keys hold a keyed hash of a mail address or sign-in name, never the name itself.

The arithmetic (decision 0053): of 500 people behind one address who register, confirm, sign in and ask for a new
password within an hour, every second one mistyping twice, the address uses

* 500 of 600 letters of registration, and all come back with the confirmations;
* 500 of 600 letters for a forgotten password;
* 500 of 4 x 300 wrong sign-ins, 125 in a quarter of an hour; the right ones come back.

Who tries one password on many accounts from one address gets 300 of them in a quarter of an hour, 28,800 a day, and
then the address waits; a browser that has signed in to an account before does not wait with it (``web.accounts.known``).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.utils.crypto import salted_hmac

from rembuk.accounts import limits
from rembuk.accounts.limits import Act


@dataclass(frozen=True, slots=True)
class Quota:
    """So many acts of a name within a window of time, to everybody at a network address or to one."""

    name: str
    allowed: int
    window: timedelta
    is_of_network: bool = False

    def holding(self, allowed: int) -> "Quota":
        """The same counts with another limit."""
        return replace(self, allowed=allowed)

    def spend(self, *parts: str, at: datetime | None = None) -> None:
        """Count one act.

        Raises:
            TooMany: past the allowed number, with the seconds until the window ends.
        """
        limits.count(self.act(*parts), at=at)

    def give_back(self, *parts: str, at: datetime | None = None) -> None:
        """Take one act back from the current window: it was a rightful one."""
        limits.take_back(self.act(*parts), at=at)

    def act(self, *parts: str) -> Act:
        """What is counted, as limits know it."""
        return Act(":".join((self.name, *parts))[:120], self.allowed, self.window, self.is_of_network)


_QUARTER, _HOUR = timedelta(minutes=15), timedelta(hours=1)
# Wrong passwords and codes: for one account from one address (or one known browser), and from one address alone.
SIGN_IN = Quota("sign-in", 10, _QUARTER)
SIGN_IN_NETWORK = Quota("sign-in-net", 300, _QUARTER, is_of_network=True)
# Wrong tries for one account from everywhere. Past them nobody is locked out; each address has fewer tries.
SIGN_IN_ACCOUNT = Quota("sign-in-account", 100, _HOUR)
SIGN_IN_UNDER_ATTACK = SIGN_IN.holding(3)
# Letters that one address can make us write: registrations that are not confirmed yet, forgotten passwords.
REGISTER_NETWORK = Quota("register-net", 600, _HOUR, is_of_network=True)
RESET_NETWORK = Quota("reset-net", 600, _HOUR, is_of_network=True)
# Letters that somebody who is not signed in can make us write to one mail address.
LETTERS = Quota("letters", 5, _HOUR)
# Wrong current passwords of somebody signed in, and own changes.
OWN_PASSWORD = Quota("own-password", 10, _QUARTER)
OWN_EXPORT = Quota("own-export", 10, _HOUR)
# Accounts that one officer opens at a desk, and codes printed anew: a full day at a busy desk, not a thousand.
DESK_CODES = Quota("desk-codes", 60, _HOUR)
# Lists of addresses that one person looks up before giving a role to all of them: up to 500 addresses each.
LOOK_UPS = Quota("grant-look-ups", 30, _HOUR)


def fingerprint(email: str) -> str:
    """A mail address or sign-in name as limits and logs know it: a keyed hash that can't be turned back."""
    return salted_hmac("rembuk.accounts.fingerprint", email.strip().lower(), algorithm="sha256").hexdigest()[
        :24
    ]


def network(address: str) -> str:
    """A network address as limits know it: one household of IPv6 (/64) counts as one, an IPv4 address in IPv6 as itself."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ip_network((parsed, 64), strict=False).network_address)
    return str(parsed)
