"""Where the demonstration is not loaded: into other content, and on a real site."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from rembuk.accounts.models import Person
from rembuk.ops.demo import loading
from rembuk.workunits.models import WorkUnit
from tests import people, scenes

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("foreign", [people.citizen, scenes.regency], ids=["a person", "a unit"])
def test_demo_refuses_a_database_that_holds_something(foreign: object, settings: Any) -> None:
    settings.DEMO = True
    foreign()  # type: ignore[operator]
    before = (Person.objects.count(), WorkUnit.objects.count())
    with pytest.raises(CommandError, match="other content"):
        call_command("load_demo")
    assert (Person.objects.count(), WorkUnit.objects.count()) == before
    assert not loading.is_loaded()


def test_demo_refuses_a_real_site(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="password is known"):
        call_command("load_demo")
    assert not Person.objects.exists()
