"""The kept pieces of a programme's page: written once, anew after whatever staff do, and nothing of a reader in them."""

from decimal import Decimal
from time import monotonic
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from rembuk.audit.actors import SYSTEM
from rembuk.management.actions.units.editing import change_unit
from rembuk.management.facts import UnitFacts
from rembuk.programs.actions import report
from rembuk.programs.models import Program
from rembuk.siteconfig import selectors as siteconfig
from rembuk.siteconfig.actions import change_settings
from rembuk.web import fragments
from tests import people, scenes
from tests import program_scenes as programs

pytestmark = pytest.mark.django_db
WARM = 11


def page(client: Client, program: Program) -> str:
    """The public page as text."""
    answer = client.get(reverse("programs:detail", args=[program.code]))
    assert answer.status_code == 200
    return answer.content.decode()


def tell(program: Program, title: str, by: Any) -> None:
    """Post news."""
    report.post_update(programs.phase(program, 1), title=title, body="Isi", pictures=[], by=by)


@pytest.mark.parametrize("rows", [1, 3])
def test_writing_anew_takes_the_same_number_of_queries(
    rows: int, client: Client, django_assert_num_queries: Any
) -> None:
    program = programs.furnished(scenes.regency(), rows)
    page(client, program)
    fragments.forget()
    with django_assert_num_queries(26):
        page(client, program)


def test_an_act_on_the_programme_is_seen_by_the_next_reader(client: Client) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.published(place, by=by)
    assert "Ruas satu selesai" not in page(client, program)
    tell(program, "Ruas satu selesai", by)
    assert "Ruas satu selesai" in page(client, program)


def test_an_act_on_its_work_unit_is_seen_by_the_next_reader(client: Client) -> None:
    place = scenes.regency()
    program = programs.published(place)
    page(client, program)
    unit = place.works
    facts = UnitFacts(kind=unit.kind, code=unit.code, name="Dinas Jalan dan Jembatan")
    change_unit(unit, facts, by=people.staff("administrator", place.root))
    assert "Dinas Jalan dan Jembatan" in page(client, program)


def test_another_programme_changes_nothing(client: Client, django_assert_num_queries: Any) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program, other = programs.published(place, by=by), programs.published(place, by=by)
    page(client, program)
    tell(other, "Kabar lain", by)
    with django_assert_num_queries(WARM - 1):  # it came from no proposal
        page(client, program)


def test_settings_changed_in_another_process_are_read_when_the_pieces_are_written(client: Client) -> None:
    place = scenes.regency()
    program = programs.published(place)
    old = siteconfig.current()
    page(client, program)
    change_settings({"late_points": 7}, by=SYSTEM)
    # What another process still holds for two seconds.
    siteconfig._Kept.settings, siteconfig._Kept.at = old, monotonic()
    page(client, program)
    assert Decimal(siteconfig.current().late_points) == 7


def test_pieces_hold_nothing_of_a_reader(client: Client) -> None:
    place = scenes.regency()
    program = programs.published(place)
    member, official = people.citizen("Sekar Ayu Pertiwi"), programs.manager(place)
    for reader in (member, official):
        client.force_login(reader)
        assert reader.shown_name in page(client, program)
    client.logout()
    text = page(client, program)
    assert member.shown_name not in text
    assert official.shown_name not in text
    assert "csrfmiddlewaretoken" not in text


def test_draft_is_written_for_each_reader_anew(client: Client) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.draft(place, by=by)
    client.force_login(by)
    page(client, program)
    Program.objects.filter(pk=program.pk).update(summary="Ringkasan yang baru")
    assert "Ringkasan yang baru" in page(client, program)


def test_both_languages_are_kept_apart(client: Client) -> None:
    program = programs.published(scenes.regency())
    path = reverse("programs:detail", args=[program.code])
    assert "Riwayat" in client.get(path).content.decode()
    english = client.get(f"/en{path}").content.decode()
    assert "Public history" in english
    assert "Public history" not in client.get(path).content.decode()
