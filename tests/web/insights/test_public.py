"""Statistics and transparency count from the records."""

import pytest
from django.test import Client

from tests import scenes

pytestmark = pytest.mark.django_db


def test_statistics_of_an_empty_site_open(client: Client) -> None:
    assert client.get("/statistik/").status_code == 200


def test_statistics_count_states_and_units(client: Client) -> None:
    place = scenes.regency()
    scenes.published(place)
    response = client.get("/en/statistik/")
    assert [row["label"] for row in response.context["states"]["rows"]] == ["Published"]
    assert (
        '<td data-label="Heard" class="num"><div class="cell">1</div></td>'
        in response.context["proposal_units"]
    )


def test_tables_of_the_statistics_are_kept_in_each_language(client: Client) -> None:
    scenes.published(scenes.regency())
    assert "Satuan kerja" in client.get("/statistik/").context["proposal_units"]
    assert "Work unit" in client.get("/en/statistik/").context["proposal_units"]


def test_transparency_counts_moderation(client: Client) -> None:
    place = scenes.regency()
    scenes.published(place)
    response = client.get("/transparansi/")
    assert response.context["moderation"][0]["value"] == "1"
