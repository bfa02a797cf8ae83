"""Who gets to which proposal: doors as a table, and the twin of the rights they rest on."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.common.clock import now
from rembuk.common.errors import NotVisible
from rembuk.proposals import doors, selectors
from rembuk.proposals.actions.submit import save_draft
from rembuk.proposals.content import Content
from rembuk.proposals.models import Proposal
from rembuk.proposals.states import PUBLIC, State
from tests import people, scenes
from tests.opening import behind

pytestmark = pytest.mark.django_db

WHOLE, STUB, NOTHING = "whole", "stub", "nothing"
EVERYBODY = dict.fromkeys(("visitor", "citizen", "elsewhere", "author", "moderator"), WHOLE)
INSIDE = {
    "visitor": NOTHING,
    "citizen": NOTHING,
    "elsewhere": NOTHING,
    "author": WHOLE,
    "moderator": WHOLE,
}
REASON_ONLY = {"visitor": STUB, "citizen": STUB, "elsewhere": STUB, "author": WHOLE, "moderator": WHOLE}
TABLE = {
    **dict.fromkeys(PUBLIC, EVERYBODY),
    State.DUPLICATE: EVERYBODY,
    State.WITHDRAWN: EVERYBODY,
    State.SUBMITTED: INSIDE,
    State.RETURNED: INSIDE,
    State.REJECTED: REASON_ONLY,
    State.HIDDEN: REASON_ONLY,
}


def seen(proposal: Proposal, reader: rights.Somebody) -> str:
    found = behind(doors.for_reader, proposal.code or "", reader)
    if found is None:
        return NOTHING
    return WHOLE if doors.may_read_whole(found, reader) else STUB


@pytest.mark.parametrize("state", TABLE, ids=str)
def test_door_opens_after_the_table(state: State) -> None:
    place, author = scenes.regency(), people.citizen()
    readers = {
        "visitor": AnonymousUser(),
        "citizen": people.citizen(),
        "elsewhere": people.staff("moderator", place.health),
        "author": author,
        "moderator": people.staff("moderator", place.works),
    }
    other, proposal = scenes.published(place), scenes.published(place, author)
    Proposal.objects.filter(pk=proposal.pk).update(state=state, duplicate_of=other)
    assert {name: seen(proposal, reader) for name, reader in readers.items()} == TABLE[state]


def test_door_shows_no_withdrawn_one_that_was_never_public() -> None:
    proposal = scenes.submitted(scenes.regency())
    Proposal.objects.filter(pk=proposal.pk).update(state=State.WITHDRAWN)
    assert seen(proposal, None) == NOTHING


def test_door_of_the_author_is_closed_to_visitors_and_others() -> None:
    proposal = scenes.published(scenes.regency())
    for reader in (None, AnonymousUser(), people.citizen()):
        with pytest.raises(NotVisible):
            doors.for_author(proposal.code or "", reader)


def test_door_of_the_desk_opens_to_a_unit_it_was_handed_to() -> None:
    place = scenes.regency()
    proposal = scenes.published(place)
    officer = people.staff("assessor", place.health)
    with pytest.raises(NotVisible):
        doors.for_desk(proposal.code or "", officer)
    proposal.dispositions.create(unit=place.health, given_at=now(), due_at=now())
    assert doors.for_desk(proposal.code or "", officer) == proposal


def test_draft_door_is_closed_to_every_officer() -> None:
    place = scenes.regency()
    draft = scenes.draft(place)
    with pytest.raises(NotVisible):
        doors.draft_for(draft.public_id, people.staff("administrator", place.root), [])


@pytest.mark.parametrize(("held", "opens"), [(True, True), (False, False)])
def test_draft_of_nobody_opens_to_the_browser_that_holds_it(held: bool, opens: bool) -> None:
    draft = save_draft(uuid.uuid4(), Content(title="Lampu"), by=None)
    kept = [str(draft.public_id)] if held else []
    for reader in (None, people.citizen()):
        assert doors.may_continue_draft(draft, reader, kept) is opens


def test_draft_of_somebody_is_closed_to_another_account_in_the_same_browser() -> None:
    draft = scenes.draft(scenes.regency())
    assert not doors.may_continue_draft(draft, people.citizen(), [str(draft.public_id)])


@pytest.mark.parametrize(
    "role", ["administrator", "unit-admin", "moderator", "assessor", "auditor", "member"]
)
@pytest.mark.parametrize("at", ["root", "works", "roads", "health", "village"])
def test_staff_queryset_is_the_twin_of_the_right(role: str, at: str) -> None:
    place = scenes.regency()
    proposals = [scenes.published(place), scenes.published(place, category=place.other_category)]
    person = people.staff(role, getattr(place, at))
    found = set(Proposal.objects.filter(selectors.readable_by_staff(person)))
    assert found == set(Proposal.objects.filter(selectors.in_reach(person)))
    assert found == {p for p in proposals if p.unit and rights.can(person, izin.PROPOSAL_READ, p.unit)}


def test_own_list_leaves_discarded_drafts_out() -> None:
    place, author = scenes.regency(), people.citizen()
    draft, gone = scenes.draft(place, author), scenes.draft(place, author)
    Proposal.objects.filter(pk=gone.pk).update(state=State.WITHDRAWN)
    sent = scenes.submitted(place, author)
    assert list(selectors.own(author)) == [sent, draft]
