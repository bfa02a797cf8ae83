"""Whose answer counts as a citizen's: not that of those who carry the programme out."""

import pytest

from rembuk.common.errors import Denied
from rembuk.programs.models import Witness
from tests import people, scenes
from tests import program_scenes as programs
from tests import voice_scenes as voices

pytestmark = pytest.mark.django_db


def test_those_who_carry_it_out_do_not_say_whether_it_is_finished() -> None:
    place = scenes.regency()
    found = voices.milestone(programs.published(place))
    for by in (programs.manager(place), people.staff("administrator", place.root)):
        with pytest.raises(Denied, match="tidak menjawab sebagai warga"):
            voices.said(found, "yes", by)
    assert Witness.objects.count() == 0


def test_other_officers_say_it_as_citizens() -> None:
    place = scenes.regency()
    found = voices.milestone(programs.published(place))
    for by in (people.staff("program-manager", place.health), people.staff("moderator", place.works)):
        voices.said(found, "yes", by)
    assert Witness.objects.count() == 2
