"""Choosing a template of phases for a new programme, without script; phases of one kind that overlap are refused."""

import pytest
from django.test import Client
from django.urls import reverse

from rembuk.management.actions.phases import create_phase_template
from rembuk.programs.models import Program
from tests import program_scenes as programs
from tests import scenes
from tests.management.test_phases import TWO_STAGES, admin
from tests.web.programs.test_desk import DATES, WORDS

pytestmark = pytest.mark.django_db
NEW = reverse("desk_programs:new")
FOUR = {**DATES, "start_4": "2027-06-01", "end_4": "2027-12-31", "template": "dua"}


def seated(client: Client) -> scenes.Regency:
    place = scenes.regency()
    create_phase_template("dua", TWO_STAGES, by=admin())
    client.force_login(programs.manager(place))
    return place


def test_template_is_offered_only_where_there_are_several(client: Client) -> None:
    place = scenes.regency()
    client.force_login(programs.manager(place))
    assert 'name="template"' not in client.get(NEW).content.decode()
    create_phase_template("dua", TWO_STAGES, by=admin())
    page = client.get(NEW).content.decode()
    assert 'name="template"' in page
    assert 'name="start_4"' not in page


def test_template_button_shows_its_phases_and_keeps_what_was_typed(client: Client) -> None:
    place = seated(client)
    sent = {**WORDS, **DATES, "unit": place.works.code, "template": "dua", "step": "template"}
    page = client.post(NEW, sent).content.decode()
    assert 'name="start_4"' in page
    assert WORDS["title"] in page
    assert 'value="2027-02-28"' in page
    assert not Program.objects.exists()


def test_program_is_saved_with_the_phases_of_the_chosen_template(client: Client) -> None:
    place = seated(client)
    assert client.post(NEW, {**WORDS, **FOUR, "unit": place.works.code, "step": "save"}).status_code == 303
    kinds = Program.objects.get().phases.values_list("kind", flat=True)
    assert list(kinds) == list(TWO_STAGES.kinds)


def test_program_with_an_unknown_template_begins_with_the_default_one(client: Client) -> None:
    place = seated(client)
    sent = {**WORDS, **DATES, "unit": place.works.code, "template": "tidak-ada", "step": "save"}
    assert client.post(NEW, sent).status_code == 303
    assert Program.objects.get().phases.count() == 3


def test_overlapping_stages_are_422_at_the_later_one(client: Client) -> None:
    place = seated(client)
    sent = {**WORDS, **FOUR, "start_3": "2027-02-28", "unit": place.works.code, "step": "save"}
    answer = client.post(NEW, sent)
    assert answer.status_code == 422
    assert 'href="#id_start_3"' in answer.content.decode()
    assert not Program.objects.exists()
