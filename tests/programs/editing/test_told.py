"""A programme that is postponed or cancelled: everybody who proposed or supported reads why, each once, and nobody else."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from rembuk.common.errors import Invalid
from rembuk.notifications.models import Notice
from rembuk.programs.actions import link as links
from rembuk.programs.actions import publish
from rembuk.programs.models import Program
from tests import people, scenes
from tests import program_scenes as programs

pytestmark = pytest.mark.django_db
type Step = Callable[..., Program]
STEPS = {"postponed": publish.postpone_program, "cancelled": publish.cancel_program}


class World:
    """A programme of two proposals of one author, with supporters of one, of both, and of one taken out before."""

    def __init__(self) -> None:
        place = scenes.regency()
        self.by = programs.manager(place)
        self.author, self.other = people.citizen("Sari"), people.citizen("Tono")
        self.one, self.both, self.watcher = (people.citizen(name) for name in ("Ani", "Budi", "Cici"))
        self.gone, self.stranger = people.citizen("Dedi"), people.citizen("Euis")
        proposals = [scenes.published(place, self.author), scenes.published(place, self.other)]
        taken_out = scenes.published(place)
        programs.support(proposals[0], self.one, self.both)
        programs.support(proposals[1], self.both)
        programs.support(taken_out, self.gone)
        self.program = programs.published(place, *proposals, taken_out, by=self.by)
        programs.follow(self.program.subject, self.watcher)
        out = self.program.links.get(proposal=taken_out)
        links.unlink_proposal(out, reason=programs.REASON, by=self.by, at=programs.MORNING)
        self.before = set(Notice.objects.values_list("pk", flat=True))

    def told(self) -> list[tuple[str, str]]:
        """Who was told since, by name, with the word of the kind; sorted."""
        rows = Notice.objects.exclude(pk__in=self.before).select_related("event")
        names = {row.pk: row.name for row in type(self.by).objects.all()}
        return sorted((names[row.person_id], row.event.kind) for row in rows)


@pytest.mark.parametrize("state", STEPS)
def test_everybody_who_proposed_or_supported_is_told_once_with_the_reason(state: str) -> None:
    world = World()
    STEPS[state](world.program, reason=programs.REASON, by=world.by, at=programs.MORNING)
    to_authors = "program.released" if state == "cancelled" else f"program.{state}"
    others = [(name, f"program.{state}") for name in ("Ani", "Budi", "Cici")]
    assert world.told() == [*others, ("Sari", to_authors), ("Tono", to_authors)]
    new = Notice.objects.exclude(pk__in=world.before)
    assert {row.event.params["reason"] for row in new.select_related("event")} == {programs.REASON}


@pytest.mark.parametrize("state", STEPS)
def test_the_reason_stands_in_her_inbox_and_the_programme_in_the_list(state: str, client: Client) -> None:
    world = World()
    STEPS[state](world.program, reason=programs.REASON, by=world.by, at=programs.MORNING)
    client.force_login(world.both)
    inbox = client.get(reverse("notifications:inbox")).content.decode()
    assert programs.REASON in inbox
    listed = client.get(reverse("programs:list"), {"status": state}).content.decode()
    assert world.program.code in listed
    assert programs.REASON in listed
    page = client.get(reverse("programs:detail", args=[world.program.code])).content.decode()
    assert programs.REASON in page


def test_refused_step_tells_nobody() -> None:
    world = World()
    for step in STEPS.values():
        with pytest.raises(Invalid):
            step(world.program, reason="Singkat", by=world.by)
    assert world.told() == []
