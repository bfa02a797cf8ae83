"""The page of components shows all of them to staff, and what it shows keeps to the rules of the pages."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from rembuk.web import fragments
from tests import people, scenes

TEMPLATES = Path(__file__).resolve().parents[3] / "src/rembuk/web/templates/components"


@pytest.fixture
def page(client: Client, db: None) -> object:
    fragments.forget()  # so that all templates are rendered now
    client.force_login(people.staff("administrator", scenes.regency().root))
    return client.get(reverse("desk_components:index"))


def test_component_page_for_staff_renders_every_component(page: object) -> None:
    shown = {template.name.removeprefix("components/") for template in page.templates if template.name}  # type: ignore[attr-defined]
    assert {path.name for path in TEMPLATES.glob("*.html")} - shown == set()


def test_component_page_repeats_no_id(page: object) -> None:
    ids = re.findall(r'\sid="([^"]+)"', page.content.decode())  # type: ignore[attr-defined]
    assert sorted({name for name in ids if ids.count(name) > 1}) == []


def test_component_page_names_every_described_field(page: object) -> None:
    text = page.content.decode()  # type: ignore[attr-defined]
    wanted = {name for value in re.findall(r'aria-describedby="([^"]+)"', text) for name in value.split()}
    assert wanted - set(re.findall(r'\sid="([^"]+)"', text)) == set()


def test_component_page_for_citizen_is_refused(client: Client, db: None) -> None:
    client.force_login(people.citizen())
    assert client.get(reverse("desk_components:index")).status_code == 403
