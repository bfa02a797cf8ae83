"""Desk and public page of a programme say by the same measure how late it is."""

import pytest
from django.test import Client

from tests import layer_scenes, program_scenes, scenes

pytestmark = pytest.mark.django_db


def test_desk_says_by_milestones_what_the_public_page_says(client: Client) -> None:
    place = scenes.regency()
    manager = program_scenes.manager(place)
    program = layer_scenes.running(place, manager)
    client.force_login(manager)
    desk = client.get(f"/kelola/program/{program.code}/").content.decode()
    line = desk.split("Menurut tonggak: ")[1].split(".</span>")[0]
    assert "poin di belakang rencana kini" in line
    page = Client().get(f"/program/{program.code}/").content.decode()
    first = line.split("; ")[0]
    assert first[1:] in page


def test_desk_without_milestones_speaks_of_the_schedule(client: Client) -> None:
    place = scenes.regency()
    manager = program_scenes.manager(place)
    program = program_scenes.published(place, by=manager)
    client.force_login(manager)
    assert "Menurut tonggak" not in client.get(f"/kelola/program/{program.code}/").content.decode()
