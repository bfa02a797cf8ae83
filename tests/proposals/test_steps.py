"""The whole matrix of states and steps, against the table of PRODUCT.md: what is allowed works, all else is refused."""

import itertools

import pytest
from django.db import transaction

from rembuk.audit.models import AuditEntry
from rembuk.common.clock import now
from rembuk.common.errors import WrongState
from rembuk.proposals.actions.steps import Because, lock, take_step
from rembuk.proposals.errors import AlreadyDecided
from rembuk.proposals.models import Decision, Proposal
from rembuk.proposals.states import LISTED, PUBLIC, STEPS, STUB, State, Step
from tests import people, scenes

pytestmark = pytest.mark.django_db

# From, by which step, to. Written after PRODUCT.md ("States"), not after the code.
TABLE = {
    "draft": {"submit": "submitted", "submit_openly": "published", "withdraw": "withdrawn"},
    "submitted": {
        "publish": "published",
        "return": "returned",
        "reject": "rejected",
        "mark_duplicate": "duplicate",
        "withdraw": "withdrawn",
    },
    "returned": {"resubmit": "submitted", "withdraw": "withdrawn"},
    "rejected": {"appeal": "submitted"},
    "published": {
        "refer": "reviewing",
        "adopt": "adopted",
        "defer": "deferred",
        "forward": "forwarded",
        "decline": "declined",
        "mark_duplicate": "duplicate",
        "withdraw": "withdrawn",
        "hide": "hidden",
    },
    "reviewing": {
        "adopt": "adopted",
        "defer": "deferred",
        "forward": "forwarded",
        "decline": "declined",
        "mark_duplicate": "duplicate",
        "withdraw": "withdrawn",
        "hide": "hidden",
    },
    "deferred": {"resume": "reviewing", "hide": "hidden"},
    "forwarded": {"hide": "hidden"},
    "declined": {"object": "reviewing", "hide": "hidden"},
    "duplicate": {"undo_duplicate": "published", "hide": "hidden"},
    "withdrawn": {"hide": "hidden"},
    "adopted": {"release": "published", "complete": "completed", "hide": "hidden"},
    "completed": {"reopen": "adopted", "hide": "hidden"},
    "hidden": {"unhide": "declined"},
}
EVERY = list(itertools.product(State, STEPS))
_numbers = itertools.count(1)


def standing(state: State) -> Proposal:
    """A bare proposal in a state; a hidden one had been declined before."""
    other = Proposal.objects.create(code=f"USL-2020-{next(_numbers):06d}", **_times())
    return Proposal.objects.create(
        code=f"USL-2021-{next(_numbers):06d}",
        state=state,
        state_before_hiding=State.DECLINED if state == State.HIDDEN else "",
        duplicate_of=other if state in {State.SUBMITTED, State.DUPLICATE, *PUBLIC} else None,
        published_at=now(),
        **_times(),
    )


def _times() -> dict[str, object]:
    return {"created_at": now(), "changed_at": now()}


def test_table_names_every_state_and_every_step() -> None:
    steps = {step for targets in TABLE.values() for step in targets}
    assert set(TABLE) == set(State.values)
    assert steps == {step.name for step in STEPS}


@pytest.mark.parametrize(("state", "step"), EVERY, ids=[f"{s}-{t.name}" for s, t in EVERY])
def test_step_works_where_the_table_has_it_and_is_refused_elsewhere(state: State, step: Step) -> None:
    proposal, author = standing(state), people.citizen()
    target = TABLE[state].get(step.name)
    if target is None:
        with pytest.raises(WrongState), transaction.atomic():
            take_step(lock(proposal), step, by=author)
        proposal.refresh_from_db()
        assert (proposal.state, Decision.objects.count()) == (state, 0)
        return
    with transaction.atomic():
        decision = take_step(lock(proposal), step, by=author)
    proposal.refresh_from_db()
    assert (proposal.state, decision.from_state, decision.to_state) == (target, state, target)


def test_step_refused_after_an_office_decided_says_who_and_when() -> None:
    place, moderator = scenes.regency(), people.citizen()
    proposal = scenes.published(place)
    publish = next(step for step in STEPS if step.name == "publish")
    with pytest.raises(AlreadyDecided) as refused, transaction.atomic():
        take_step(lock(proposal), publish, by=moderator)
    assert "Kabupaten Contoh" in str(refused.value)


def test_step_that_fails_later_leaves_nothing_behind() -> None:
    proposal = standing(State.PUBLISHED)
    hide = next(step for step in STEPS if step.name == "hide")
    with transaction.atomic():
        take_step(lock(proposal), hide, by=people.citizen(), because=Because(explanation="uji"))
        transaction.set_rollback(True)
    proposal.refresh_from_db()
    assert (proposal.state, Decision.objects.count()) == (State.PUBLISHED, 0)
    assert not AuditEntry.objects.filter(verb="proposal.hidden").exists()


def test_stubs_are_never_listed() -> None:
    assert not STUB & LISTED
