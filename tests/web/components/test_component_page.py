"""The pages of components show all of them to staff, and what they show keeps to the rules of the pages."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from rembuk.web import fragments
from tests import people, scenes

TEMPLATES = Path(__file__).resolve().parents[3] / "src/rembuk/web/templates/components"


ROUTES = ("index", "forms")


@pytest.fixture
def pages(client: Client, db: None) -> list[Any]:
    fragments.forget()  # so that all templates are rendered now
    client.force_login(people.staff("administrator", scenes.regency().root))
    return [client.get(reverse(f"desk_components:{route}")) for route in ROUTES]


def test_component_pages_for_staff_render_every_component(pages: list[Any]) -> None:
    used = (template.name for page in pages for template in page.templates if template.name)
    shown = {name.removeprefix("components/") for name in used}
    assert {path.name for path in TEMPLATES.glob("*.html")} - shown == set()


def test_component_pages_lead_to_each_other(pages: list[Any]) -> None:
    addresses = [reverse(f"desk_components:{route}") for route in ROUTES]
    for page, here in zip(pages, addresses, strict=True):
        text = page.content.decode()
        assert [f'href="{address}"' in text for address in addresses] == [True, True]
        assert f'href="{here}" aria-current="page"' in text


def test_component_pages_repeat_no_id(pages: list[Any]) -> None:
    for page in pages:
        ids = re.findall(r'\sid="([^"]+)"', page.content.decode())
        assert sorted({name for name in ids if ids.count(name) > 1}) == []


def test_component_pages_name_every_described_field(pages: list[Any]) -> None:
    for page in pages:
        text = page.content.decode()
        wanted = {name for value in re.findall(r'aria-describedby="([^"]+)"', text) for name in value.split()}
        assert wanted - set(re.findall(r'\sid="([^"]+)"', text)) == set()


@pytest.mark.parametrize("route", ROUTES)
def test_component_pages_for_citizen_are_refused(client: Client, db: None, route: str) -> None:
    client.force_login(people.citizen())
    assert client.get(reverse(f"desk_components:{route}")).status_code == 403
