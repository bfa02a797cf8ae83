"""What needs Django, in a process with the site's settings: voters with sessions, files that the worker writes, and whether
shown counts are the votes.
"""

import argparse
import json
import os
from collections.abc import Callable
from typing import Any, Final

import django


def main() -> None:
    """Print what a part found as JSON on the last line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("part", choices=_PARTS)
    parser.add_argument("--people", type=int, default=0)
    parser.add_argument("--number", type=int, default=0)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rembuk.config.settings")
    django.setup()
    print(json.dumps(_PARTS[given.part](given)))


def _voters(given: argparse.Namespace) -> dict[str, Any]:
    """New people with a confirmed address and a session each, and the proposals they may vote on."""
    from allauth.account.models import EmailAddress
    from django.conf import settings
    from django.utils.crypto import get_random_string

    from rembuk.accounts.models import Person
    from rembuk.common import clock
    from rembuk.engagement.models import Ballot
    from rembuk.ops.bench.inside.people import sign_in

    now, sessions = clock.now(), {}
    for number in range(given.people):
        email = f"pemilih{number:04}@latihan.example"
        person = Person(email=email, name=f"Pemilih {number}", joined_at=now, privacy_version=1)
        person.privacy_acknowledged_at = person.adult_confirmed_at = now
        person.set_unusable_password()
        person.save()
        EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
        sessions[person.pk] = sign_in(person)
    ballots = Ballot.objects.filter(kind=Ballot.Kind.SUPPORT, is_open=True, subject__is_visible=True)
    return {
        "sessions": sessions,
        "codes": list(ballots.order_by("pk").values_list("subject__code", flat=True)),
        "cookies": [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME],
        "token": get_random_string(32),
    }


def _drift(_given: argparse.Namespace) -> dict[str, int]:
    """How many choices of ballots show another count than their votes, and how many changes wait to be folded."""
    from rembuk.engagement.actions.recount import find_drift
    from rembuk.engagement.models import VoteDelta

    return {"drift": len(find_drift()), "waiting": VoteDelta.objects.count()}


def _ask_file(_given: argparse.Namespace) -> dict[str, int]:
    """An administrator asks for the file of all proposals, which a worker writes; its number."""
    from rembuk.access.models import Grant
    from rembuk.exports.actions.asking import ask
    from rembuk.exports.sources import known
    from rembuk.exports.states import Form

    grant = Grant.objects.filter(role__slug="administrator").select_related("person")[:1].get()
    source = known("proposals")
    assert source is not None
    return {
        "number": ask(
            source, {"kolom": ["kode", "judul", "uraian"]}, form=Form.CSV, by=grant.person, language="id"
        ).pk
    }


def _see_file(given: argparse.Namespace) -> dict[str, Any]:
    """Where that file stands, its rows, and whether the replica told them."""
    from rembuk.exports.models import Export

    file = Export.objects.get(pk=given.number)
    return {"state": file.state, "rows": file.rows_done, "is_from_replica": file.is_from_replica}


_PARTS: Final[dict[str, Callable[[argparse.Namespace], object]]] = {
    "voters": _voters,
    "drift": _drift,
    "ask-file": _ask_file,
    "see-file": _see_file,
}


if __name__ == "__main__":
    main()
