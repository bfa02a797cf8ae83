"""How often the two busiest pages ask the database, for visitors and for whoever is signed in, also in a new process.

Visitors: at most six times for a list of thirty cards, ten for a proposal with fifty comments; twice that for all others, also
where the process has just started and no worker has made anything for it.
"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rembuk.accounts.models import Person
from rembuk.engagement.actions.follows import follow
from rembuk.engagement.actions.votes import cast_vote
from rembuk.proposals.models import Proposal
from tests import consultation_scenes as consultations
from tests import handling_scenes, kept, people, scenes
from tests import program_scenes as programs
from tests.engagement import talks
from tests.web.proposals.test_page import fill

pytestmark = pytest.mark.django_db
LIST, LIST_AT_MOST, PROPOSAL_AT_MOST = "/usulan/", 6, 10


def reader(name: str, place: scenes.Regency, proposal: Proposal) -> Person | None:
    """Nobody, or somebody who has to do with the proposal."""
    if name == "visitor":
        return None
    if name == "author":
        return proposal.author
    if name != "member":
        return people.staff(name, place.root)
    person = people.citizen()
    assert proposal.subject is not None
    follow(proposal.subject, by=person)
    cast_vote(proposal.subject.ballots.get(), voter=person, value=1)
    talks.comment(proposal.subject, person)
    return person


def warm_and_anew(person: Person | None, path: str) -> tuple[int, int]:
    """How often a view of the page asks the database where it was seen before, and in a process that just started."""
    client = Client()
    if person is not None:
        client.force_login(person)
    client.get(path)
    warm = _asked(client, path)
    kept.forget()
    kept.forget_process()
    return warm, _asked(client, path)


def _asked(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    assert answer.status_code == 200
    return len(queries)


def at_most(name: str, visitors: int) -> int:
    """The bound for a reader where visitors have this one."""
    return visitors if name == "visitor" else 2 * visitors


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("visitor", (1, 6)),
        ("member", (4, 9)),
        ("author", (4, 9)),
        ("moderator", (4, 9)),
        ("administrator", (4, 9)),
    ],
)
def test_list_of_thirty_cards_asks_no_more_than_its_bound(name: str, expected: tuple[int, int]) -> None:
    place = scenes.regency()
    handling_scenes.assessed(place)
    programs.published(place, scenes.published(place, is_name_masked=True))
    others = [scenes.published(place, title=f"Usulan nomor urut {number}") for number in range(29)]
    assert len(Client().get(LIST).context["cards"]) == 30
    found = warm_and_anew(reader(name, place, others[-1]), LIST)
    assert found == expected
    assert max(found) <= at_most(name, LIST_AT_MOST)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("visitor", (9, 10)),
        ("member", (13, 14)),
        ("author", (14, 15)),
        ("moderator", (13, 14)),
        ("administrator", (14, 15)),
    ],
)
def test_proposal_with_fifty_comments_asks_no_more_than_its_bound(
    name: str, expected: tuple[int, int]
) -> None:
    place = scenes.regency()
    proposal = scenes.published(place)
    fill(proposal, place, 3)
    consultations.tie(consultations.concluded(place), programs.published(place, proposal))
    assert proposal.subject is not None
    for number in range(25):
        talk = talks.comment(proposal.subject, people.citizen(), f"Setuju nomor {number}.")
        talks.comment(proposal.subject, people.citizen(), f"Balasan nomor {number}.", parent=talk)
    found = warm_and_anew(reader(name, place, proposal), f"/usulan/{proposal.code}/")
    assert found == expected
    assert max(found) <= at_most(name, PROPOSAL_AT_MOST)
