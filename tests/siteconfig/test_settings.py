"""Settings: checked, audited, in force at once."""

from typing import Any

import pytest

from rembuk.audit.actors import Actor
from rembuk.audit.selectors import Filter, entries
from rembuk.common.errors import Invalid
from rembuk.siteconfig import selectors
from rembuk.siteconfig.actions import change_settings
from rembuk.siteconfig.checking import contrast_with_white
from rembuk.siteconfig.keys import ENTRIES, SiteSettings, from_stored
from rembuk.siteconfig.models import Setting

ADMIN = Actor(person_id=1, roles=("administrator",))


@pytest.mark.django_db
def test_current_without_rows_is_the_defaults() -> None:
    assert selectors.current() == SiteSettings()


@pytest.mark.django_db
def test_change_settings_is_in_force_at_once_and_told_to_the_trail() -> None:
    changes = {"moderation_days": 5, "site_name": "Suara Warga", "zone": "WIB"}
    change_settings(changes, by=ADMIN, reason="SK Bupati")
    entry = entries(Filter(verb="settings.changed"))[0]
    assert (selectors.current().moderation_days, selectors.current().site_name) == (5, "Suara Warga")
    assert (entry.before, entry.reason) == ({"moderation_days": 3, "site_name": "Rembuk"}, "SK Bupati")
    assert entry.after == {"moderation_days": 5, "site_name": "Suara Warga"}


@pytest.mark.django_db
def test_change_settings_to_what_they_are_writes_nothing() -> None:
    change_settings({"moderation_days": 3}, by=ADMIN)
    assert not Setting.objects.exists()
    assert entries(Filter(verb="settings.changed")) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("moderation_days", 0),
        ("moderation_days", "3"),
        ("moderation_days", True),
        ("mails_per_hour", 10**9),
        ("registration_open", 1),
        ("zone", "UTC"),
        ("proposal_moderation", "never"),
        ("site_name", "  "),
        ("site_name", "x" * 61),
        ("accent", "#ffffff"),
        ("accent", "red"),
        ("contact_email", "bukan surel"),
        ("secret_key", "x"),
    ],
)
def test_change_settings_refuses_one_bad_value_and_saves_none(key: str, value: Any) -> None:
    with pytest.raises(Invalid) as refusal:
        change_settings({key: value, "tagline": "Baru"}, by=ADMIN)
    assert list(refusal.value.fields) == [key]
    assert not Setting.objects.exists()


def test_from_stored_ignores_settings_of_another_version() -> None:
    assert from_stored({"gone": 1, "answer_days": 30}) == SiteSettings(answer_days=30)


def test_every_setting_has_a_label_and_a_default_that_may_be_entered() -> None:
    # The instant from which a second factor is required is remembered, not entered.
    assert {*ENTRIES, "staff_two_factor_since"} == set(SiteSettings.__dataclass_fields__)
    assert contrast_with_white(SiteSettings().accent) >= 4.5
