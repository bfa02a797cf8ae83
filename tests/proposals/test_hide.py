"""Hiding and showing again, and the record of who looked behind a mask or took copies out."""

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.engagement.actions.reports import Complaint, report_content
from rembuk.engagement.models import Report
from rembuk.proposals.actions import hide
from rembuk.proposals.states import State
from tests import handling_scenes as handling
from tests import people, scenes
from tests.handling_scenes import WHY, reason

pytestmark = pytest.mark.django_db


def test_hide_takes_page_and_talk_from_the_public_and_tells_the_author() -> None:
    place, author = scenes.regency(), people.citizen()
    found = handling.referred(place, author)
    by = people.staff("moderator", place.root)
    hide.hide_proposal(found, reason=reason("memuat-data-pribadi"), message="Ada NIK.", by=by)
    found.refresh_from_db()
    assert (found.state, found.state_before_hiding) == (State.HIDDEN, State.REVIEWING)
    assert found.subject is not None
    assert not found.subject.is_visible
    assert handling.told(author)[-1] == "proposal.hidden"
    assert handling.trail(found)[0] == "proposal.hidden"


def test_hide_ends_the_reports_on_it() -> None:
    place = scenes.regency()
    found = scenes.published(place)
    assert found.subject is not None
    report_content(found.subject, Complaint(reason=reason("iklan")), by=people.citizen())
    hide.hide_proposal(
        found, reason=reason("iklan"), message="Iklan.", by=people.staff("moderator", place.root)
    )
    assert handling.open_kinds(found) == []
    assert not Report.objects.filter(closed_at=None).exists()


def test_show_again_returns_to_the_state_it_had() -> None:
    place = scenes.regency()
    found = handling.referred(place)
    by = people.staff("moderator", place.root)
    hide.hide_proposal(found, reason=reason("iklan"), message="Iklan.", by=by)
    hide.unhide_proposal(found, message=WHY, by=by)
    found.refresh_from_db()
    assert found.state == State.REVIEWING
    assert found.subject is not None
    assert found.subject.is_visible


@pytest.mark.parametrize("who", ["elsewhere", "author", "assessor"])
def test_hide_by_the_wrong_person_is_denied(who: str) -> None:
    place = scenes.regency()
    author = people.staff("moderator", place.root)
    found = scenes.published(place, author)
    by = {
        "elsewhere": people.staff("moderator", place.health),
        "author": author,
        "assessor": people.staff("assessor", place.works),
    }[who]
    with pytest.raises(Denied):
        hide.hide_proposal(found, reason=reason("iklan"), message="Iklan.", by=by)
    assert handling.state_of(found) == State.PUBLISHED


def test_hide_what_waits_is_a_wrong_state() -> None:
    place = scenes.regency()
    by = people.staff("moderator", place.root)
    with pytest.raises(WrongState):
        hide.hide_proposal(scenes.submitted(place), reason=reason("iklan"), message="Iklan.", by=by)


def test_hide_without_words_and_show_again_without_explanation_are_invalid() -> None:
    place = scenes.regency()
    found, by = scenes.published(place), people.staff("moderator", place.root)
    with pytest.raises(Invalid):
        hide.hide_proposal(found, reason=reason("iklan"), message="", by=by)
    with pytest.raises(Invalid):
        hide.unhide_proposal(found, message="keliru", by=by)


def test_masked_name_is_shown_with_an_entry_and_without_the_name_in_it() -> None:
    place = scenes.regency()
    found = scenes.published(place, people.citizen("Tuti Rahayu"), is_name_masked=True)
    by = people.staff("unit-admin", place.works)
    assert hide.see_masked_name(found, by=by) == "Tuti Rahayu"
    entry = AuditEntry.objects.get(verb="proposal.masked_name_seen")
    assert (entry.actor_person_id, entry.target_key) == (by.pk, found.code)
    assert "Tuti" not in str([entry.before, entry.after, entry.reason, entry.actor_label])


def test_masked_name_is_kept_from_a_moderator() -> None:
    place = scenes.regency()
    found = scenes.published(place, is_name_masked=True)
    with pytest.raises(Denied):
        hide.see_masked_name(found, by=people.staff("moderator", place.root))
    assert not AuditEntry.objects.filter(verb="proposal.masked_name_seen").exists()


def test_export_is_recorded_with_what_was_taken_out() -> None:
    place = scenes.regency()
    by = people.staff("moderator", place.root)
    hide.note_export(by=by, filters={"status": "submitted"}, columns=["kode"], form="csv", count=3)
    entry = AuditEntry.objects.get(verb="proposal.exported")
    assert entry.after == {"filters": {"status": "submitted"}, "columns": ["kode"], "form": "csv", "count": 3}
