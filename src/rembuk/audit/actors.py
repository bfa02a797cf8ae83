"""Who acts: a value handed into every action. No database here; ``access.acting`` makes it for a person."""

import getpass
import ipaddress
from dataclasses import dataclass
from typing import Literal, get_args

type Channel = Literal["web", "command", "worker", "import"]
CHANNELS = frozenset(get_args(Channel.__value__))
"""The table of the trail refuses any other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The person, command or job that acts, with the roles and the unit it acts by.

    ``label`` is for showing at once; the trail keeps it only where there is no person (commands, jobs), so
    that a deleted account leaves no name behind. ``on_behalf_of`` names a group or office, never a citizen.
    """

    person_id: int | None = None
    label: str = ""
    roles: tuple[str, ...] = ()
    unit_id: int | None = None
    unit_code: str = ""
    on_behalf_of: str = ""
    channel: Channel = "web"
    address: str = ""

    @property
    def is_person(self) -> bool:
        """Whether a signed-in person acts."""
        return self.person_id is not None


SYSTEM = Actor(label="system", channel="worker")


def command_actor(name: str) -> Actor:
    """The operator who runs the command ``name`` in a terminal, with the account name of the machine."""
    try:
        account = getpass.getuser()
    except OSError:
        account = "unknown"
    return Actor(label=f"{name} ({account})", channel="command")


def network_of(address: str) -> str:
    """The network of an address, short enough not to name a household: /24 for IPv4, /48 for IPv6."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    bits = 24 if parsed.version == 4 else 48
    return str(ipaddress.ip_network((parsed, bits), strict=False))
