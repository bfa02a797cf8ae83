"""Moving and retiring on the pages: what changes is shown before anything is written."""

import pytest

from rembuk.access.models import Grant
from rembuk.proposals.models import Proposal
from rembuk.workunits.models import WorkUnit
from tests import handling_scenes, people, scenes
from tests.web.management.pages import K, refused, signed_in

pytestmark = pytest.mark.django_db
LIST = f"{K}satuan-kerja/"
WHY = {"reason": "Perda susunan perangkat daerah"}


def test_move_shows_whose_rights_change_before_it_is_done() -> None:
    place = scenes.regency()
    people.staff("moderator", place.works)
    people.staff("moderator", place.works)
    people.staff("assessor", place.health)
    client, here = signed_in("administrator", place), f"{LIST}{place.roads.code}/pindah/"
    asked = {"parent": place.health.code, **WHY}
    shown = client.post(here, asked)
    text = shown.content.decode()
    assert shown.status_code == 200
    assert (shown.context["losing"][:1], shown.context["gaining"][:1]) == ("2", "1")
    assert "Dinas Pekerjaan Umum (2)" in text
    assert f'name="seen" value="{place.health.code}"' in text
    assert WHY["reason"] in text
    # Another place than the one that was shown: it is shown anew.
    other = client.post(here, {**asked, "parent": place.root.code, "seen": place.health.code})
    assert (other.status_code, other.context["to"]) == (200, place.root)
    assert WorkUnit.objects.get(pk=place.roads.pk).parent == place.works
    assert client.post(here, {**asked, "seen": place.health.code}).status_code == 303
    assert WorkUnit.objects.get(pk=place.roads.pk).parent == place.health


def test_move_beyond_ones_units_is_denied_at_the_first_look() -> None:
    place = scenes.regency()
    client = signed_in("administrator", place, "works")
    answer = client.post(f"{LIST}{place.roads.code}/pindah/", {"parent": place.health.code, **WHY})
    assert answer.status_code == 403


def test_retire_counts_what_hangs_on_the_unit_and_asks_for_a_successor() -> None:
    place = scenes.regency()
    found = handling_scenes.referred(place)
    held = people.staff("moderator", place.works, "Wahyu Prasetyo")
    client, here = signed_in("administrator", place), f"{LIST}{place.works.code}/nonaktif/"
    shown = client.get(here)
    counts = {stat["url"] or stat["label"]: stat["value"] for stat in shown.context["stats"]}
    assert counts[f"/kelola/usulan/?satuan={place.works.code}"] == 1
    assert counts[f"{LIST}{place.works.code}/"] == 1
    assert "Wahyu Prasetyo" in shown.content.decode()
    assert refused(client.post(here, {**WHY, "takes_children": "on"})) == (422, True)
    sent = {
        **WHY,
        "takes_children": "on",
        "successor": place.health.code,
        "give_on": str(held.grants.get().pk),
    }
    assert client.post(here, {**sent, "give_on": "999999"}).status_code == 422
    assert client.post(here, sent).status_code == 303
    assert Proposal.objects.get(pk=found.pk).unit == place.health
    assert Grant.objects.get(person=held, ends_at=None).unit == place.health
    page = client.get(f"{LIST}{place.works.code}/").content.decode()
    assert f'href="{LIST}{place.health.code}/"' in page


def test_retire_refuses_roles_that_one_may_not_give_and_keeps_what_was_chosen() -> None:
    place = scenes.regency()
    held = people.staff("administrator", place.roads, "Wahyu Prasetyo")
    client, here = signed_in("administrator", place), f"{LIST}{place.roads.code}/nonaktif/"
    grant = held.grants.get()
    answer = client.post(here, {**WHY, "successor": place.root.code, "give_on": str(grant.pk)})
    assert refused(answer) == (422, True)
    assert "give_on" in answer.context["form"].errors
    assert "checked" in answer.content.decode()


def test_retire_of_the_instansi_or_of_ones_own_top_is_denied() -> None:
    place = scenes.regency()
    assert signed_in("administrator", place).get(f"{LIST}{place.root.code}/nonaktif/").status_code == 403
    own = signed_in("administrator", place, "works")
    assert own.post(f"{LIST}{place.works.code}/nonaktif/", WHY).status_code == 403


def test_a_unit_with_nothing_open_needs_no_successor() -> None:
    place = scenes.regency()
    client = signed_in("administrator", place)
    shown = client.get(f"{LIST}{place.village.code}/nonaktif/")
    assert (shown.context["stats"], list(shown.context["form"].fields)) == ([], ["successor", "reason"])
    assert client.post(f"{LIST}{place.village.code}/nonaktif/", WHY).status_code == 303
