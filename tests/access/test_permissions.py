"""The closed list of permissions with its sentences, and the roles every site starts with."""

import pytest
from django.utils import translation

from rembuk.access.models import Role
from rembuk.access.permissions import ALL
from rembuk.access.seeds import SEEDS, seed_roles
from rembuk.access.sentences import SENTENCES


def test_every_permission_says_what_it_lets_a_person_do_in_both_languages() -> None:
    assert set(ALL) == set(SENTENCES)
    for language in ("en", "id"):
        with translation.override(language):
            said = [str(permission.sentence) for permission in ALL.values()]
        assert len(set(said)) == len(said)
        assert [text for text in said if not (text.endswith(".") and text[0].isupper())] == []
    with translation.override("id"):
        assert str(ALL["audit.read"].sentence).startswith("Membaca siapa melakukan apa")


def test_seeded_roles_hold_only_permissions_of_the_list_and_the_administrator_all() -> None:
    assert [seed.slug for seed in SEEDS.values() if not set(seed.permissions) <= set(ALL)] == []
    assert set(SEEDS["administrator"].permissions) == set(ALL)


@pytest.mark.django_db
def test_seeding_again_makes_what_is_missing_and_overwrites_nothing() -> None:
    Role.objects.filter(slug="auditor").delete()
    Role.objects.filter(slug="moderator").update(name="Pemeriksa", permissions=["desk.enter"])
    seed_roles()
    moderator, auditor = Role.objects.get(slug="moderator"), Role.objects.get(slug="auditor")
    assert (moderator.name, moderator.permissions) == ("Pemeriksa", ["desk.enter"])
    assert auditor.permissions == list(SEEDS["auditor"].permissions)


@pytest.mark.django_db
def test_seeded_roles_are_described_in_both_languages() -> None:
    for language, name in (("en", "description_en"), ("id", "description")):
        with translation.override(language):
            shown = {role.slug: role.shown_description for role in Role.objects.all()}
        assert shown == {slug: getattr(seed, name) for slug, seed in SEEDS.items()}
