"""What appears on pages that did not name it: shown again, tied; and which deeds leave pages of other things as they are."""

import pytest
from django.db import transaction

from rembuk.audit import actions as audit
from rembuk.audit.actors import SYSTEM
from rembuk.audit.models import VisibleChange
from rembuk.audit.verbs import choices, known
from rembuk.consultations.actions.making.attach import tie_program
from rembuk.consultations.choices import Tie
from rembuk.proposals.actions import hide
from rembuk.taxonomy.models import ReasonCode
from rembuk.web.pagecache.cache import PageCache
from rembuk.web.pagecache.entries import make, touched
from rembuk.web.pagecache.freshness import Watch
from tests import consultation_scenes, people, program_scenes, scenes
from tests.web.pagecache.asking import ask

pytestmark = pytest.mark.django_db
CODE = "USL-2026-00001"


def test_proposal_shown_again_stands_on_its_program_at_the_next_look(
    page_cache: PageCache, watch: Watch
) -> None:
    place = scenes.regency()
    proposal = scenes.published(place, title="Lampu jalan di Dusun Krajan")
    program = program_scenes.published(place, proposal)
    page, officer = f"/program/{program.code}/", people.staff("administrator", place.root)
    reason = ReasonCode.objects.filter(uses__contains=["hide"]).first()
    assert reason is not None
    seen = []
    for act in (
        lambda: None,
        lambda: hide.hide_proposal(proposal, reason=reason, message="Isinya iklan.", by=officer),
        lambda: hide.unhide_proposal(proposal, message="Ternyata bukan iklan sama sekali.", by=officer),
    ):
        act()
        watch.look()
        seen.append(b"Lampu jalan" in ask(page_cache, page).body)
    assert seen == [True, False, True]


def test_consultation_stands_on_the_program_it_is_tied_to_at_the_next_look(
    page_cache: PageCache, watch: Watch
) -> None:
    place = scenes.regency()
    program = program_scenes.published(place)
    made = consultation_scenes.opened(place)
    page = f"/program/{program.code}/"
    watch.look()
    assert made.code.encode() not in ask(page_cache, page).body
    tie_program(made, program, kind=Tie.ABOUT, by=consultation_scenes.manager(place))
    watch.look()
    assert made.code.encode() in ask(page_cache, page).body


def _outdates_pages_of_others(verb: str, *, many: bool) -> bool:
    VisibleChange.objects.all().delete()
    target = audit.Target("proposal", CODE)
    with transaction.atomic():
        if many:
            moment = program_scenes.MORNING
            audit.record_many([(verb, target, {})], by=SYSTEM, at=moment, bulk="x")
        else:
            audit.record(verb, by=SYSTEM, target=target)
    other = make("/program/PRG-2026-0001/", [], b"PRG-2026-0001", lifetime=30, made_at=0)
    naming = make("/program/PRG-2026-0001/", [], CODE.encode(), lifetime=30, made_at=0)
    changes = list(VisibleChange.objects.values_list("kind", "key"))
    assert touched(naming, changes) == (not known(verb).is_quiet)
    return touched(other, changes)


@pytest.mark.parametrize("many", [False, True])
def test_deeds_of_staff_outdate_pages_of_other_things_unless_quiet_or_in_place(many: bool) -> None:
    outdating = {verb for verb, _sentence in choices() if _outdates_pages_of_others(verb, many=many)}
    expected = {
        verb for verb, _sentence in choices() if not known(verb).is_quiet and not known(verb).is_in_place
    }
    assert outdating == expected


def test_bulk_act_on_one_thing_leaves_one_mark_however_many_entries_it_writes() -> None:
    VisibleChange.objects.all().delete()
    told = audit.Target("matrix_row", "UJP-2026-0001-00007#1", shown_by=("consultation", "UJP-2026-0001"))
    with transaction.atomic():
        audit.record_many(
            [("row.approved", told, {"number": number}) for number in range(20)],
            by=SYSTEM,
            at=program_scenes.MORNING,
            bulk="x",
        )
    assert list(VisibleChange.objects.values_list("kind", "key")) == [("consultation", "UJP-2026-0001")]


def test_deeds_that_show_something_again_or_join_two_things_are_not_in_place() -> None:
    appearing = ("shown", "publish", "tied", "linked", "resumed", "reopened", "released", "undone", "edited")
    wrong = [
        verb
        for verb, _sentence in choices()
        if known(verb).is_in_place
        and any(word in verb.split(".")[1].split("_") for word in appearing)
        and verb.split(".")[0] in ("proposal", "program", "consultation")
    ]
    assert wrong == []
