"""The front page: what is new, what is supported, the three figures, one copy for all visitors."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from rembuk.common.clock import now
from tests import consultation_scenes as consultations
from tests import kept, people, scenes

pytestmark = pytest.mark.django_db


def test_front_of_an_empty_site_invites_to_write(client: Client) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert b"/usulan/baru/" in response.content


def test_front_shows_published_proposals_and_the_three_figures(client: Client) -> None:
    place = scenes.regency()
    scenes.published(place, title="Lampu jalan di Dusun Krajan")
    scenes.submitted(place, title="Belum boleh terlihat oleh publik")
    response = client.get("/")
    assert "Lampu jalan di Dusun Krajan" in response.content.decode()
    assert "Belum boleh terlihat" not in response.content.decode()
    assert response.context["figures"].heard == 2


@pytest.mark.parametrize("count", [1, 3])
def test_front_costs_the_same_for_any_number_of_rows(
    client: Client, django_assert_num_queries: Any, count: int
) -> None:
    place = scenes.regency()
    for n in range(count):
        scenes.published(place, title=f"Usulan nomor urut {n}")
        consultations.opened(place)
    client.get("/")
    kept.forget_here()
    with django_assert_num_queries(6):
        client.get("/")


def test_front_shows_open_consultations_the_soonest_closing_first(client: Client) -> None:
    place = scenes.regency()
    later = consultations.opened(place)
    sooner = consultations.opened(place, closes_at=now() + timedelta(hours=2))
    consultations.scheduled(place)
    cards = client.get("/").context["consultations"]
    assert [(card["code"], card["left"] != "") for card in cards] == [(sooner.code, True), (later.code, True)]


def test_front_shows_no_byte_of_a_person_to_a_visitor(client: Client) -> None:
    place = scenes.regency()
    scenes.published(place)
    member = people.citizen("Wahyuni Ratnasari")
    client.force_login(member)
    signed_in = client.get("/")
    assert "Wahyuni Ratnasari" in signed_in.content.decode()
    assert signed_in["Cache-Control"] == "private, no-store"
    visitor = Client().get("/")
    assert "Wahyuni" not in visitor.content.decode()
    assert not visitor.cookies


def test_front_page_weighs_little(client: Client) -> None:
    import gzip

    place = scenes.regency()
    for n in range(8):
        scenes.published(place, title=f"Usulan nomor urut {n}", at=now())
    assert len(gzip.compress(client.get("/").content)) < 12_000
