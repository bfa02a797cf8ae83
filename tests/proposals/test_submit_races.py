"""Sending at the same moment: two presses give one proposal, two authors never one code."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from rembuk.engagement.models import Case
from rembuk.proposals.actions.submit import save_draft, submit_proposal
from rembuk.proposals.models import Proposal
from tests import people, scenes

pytestmark = pytest.mark.django_db(transaction=True)
PRESSES = 8


def together(act: object, jobs: list[object]) -> list[object]:
    """Run an act for every job in threads of their own, each with its own connection."""

    def one(job: object) -> object:
        try:
            return act(job)  # type: ignore[operator]
        finally:
            connection.close()

    with ThreadPoolExecutor(PRESSES) as pool:
        return list(pool.map(one, jobs))


def test_send_pressed_at_once_gives_one_proposal_and_one_case() -> None:
    author = people.citizen()
    draft = scenes.draft(scenes.regency(), author)
    sent = together(lambda _: submit_proposal(draft, by=author).code, list(range(PRESSES)))
    assert len(set(sent)) == 1
    assert (Proposal.objects.count(), Case.objects.count()) == (1, 1)


def test_save_pressed_at_once_gives_one_draft() -> None:
    place, author = scenes.regency(), people.citizen()
    key = scenes.uuid.uuid4()
    together(lambda _: save_draft(key, scenes.content(place), by=author), list(range(PRESSES)))
    assert Proposal.objects.count() == 1


def test_sent_at_once_by_many_get_codes_of_their_own() -> None:
    place, author = scenes.regency(), people.citizen()
    drafts = [scenes.draft(place, author) for _ in range(PRESSES)]
    codes = together(lambda draft: submit_proposal(draft, by=author).code, list(drafts))  # type: ignore[arg-type]
    assert len(set(codes)) == PRESSES
