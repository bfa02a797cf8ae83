"""The only administrator lost phone and codes: the operator helps, and it stands in the trail."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from rembuk.accounts.second_factor.selectors import has_second_factor
from rembuk.audit.models import AuditEntry
from tests import people, scenes
from tests.accounts import factor, post

pytestmark = pytest.mark.django_db


def test_command_takes_it_away_and_is_recorded() -> None:
    person = people.staff("administrator", scenes.regency().root)
    factor.enrolled(person)
    said = StringIO()
    call_command("reset_second_factor", str(person.email).upper(), stdout=said)
    entry = AuditEntry.objects.get(verb="person.second_factor_reset")
    assert not has_second_factor(person)
    assert (entry.channel, entry.target_key) == ("command", str(person.pk))
    assert "password alone" in said.getvalue()
    assert post.waiting()[-1] == ("second_factor_reset", person.email)


def test_unknown_account_and_account_without_one_are_refused() -> None:
    person = people.citizen()
    for email in ("tak@contoh.id", person.email):
        with pytest.raises(CommandError):
            call_command("reset_second_factor", email)
    assert not AuditEntry.objects.filter(verb="person.second_factor_reset").exists()
