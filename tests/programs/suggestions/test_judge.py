"""What staff make of groups: only what lies with her units, with an audit entry; refusals change nothing."""

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, NotVisible, WrongState
from rembuk.engagement.models import Vote
from rembuk.programs import doors, suggested
from rembuk.programs.actions.suggestions.find import refresh_suggestions
from rembuk.programs.actions.suggestions.judge import dismiss, drop_members
from rembuk.programs.models import Suggestion
from rembuk.proposals.models import Proposal
from tests import people, scenes
from tests import program_scenes as programs
from tests.programs.suggestions.test_find import REASON, groups, wish

pytestmark = pytest.mark.django_db


def group(kind: str = "same") -> Suggestion:
    """The only open group of a kind."""
    return Suggestion.objects.get(kind=kind, state="open")


def test_drop_takes_out_and_leaves_an_audit_entry() -> None:
    place = scenes.regency()
    by, one, two, three = programs.manager(place), wish(place), wish(place), wish(place)
    refresh_suggestions()
    assert drop_members(group(), [three.code, "USL-2020-000001"], by=by, at=programs.MORNING) == [three]
    found, entry = group(), AuditEntry.objects.get(verb="suggestion.trimmed")
    assert (found.size, found.changed_at, groups("same")) == (2, programs.MORNING, [[one.pk, two.pk]])
    assert (entry.target_kind, entry.target_key, entry.target_unit_path) == (
        "suggestion",
        str(found.public_id),
        place.works.path,
    )
    assert entry.after == {"kind": "same", "proposals": [three.code]}


def test_dismiss_closes_with_reason() -> None:
    place = scenes.regency()
    by, one, two = programs.manager(place), wish(place), wish(place)
    refresh_suggestions()
    found = dismiss(group(), reason=f"  {REASON} ", by=by, at=programs.MORNING)
    entry = AuditEntry.objects.get(verb="suggestion.dismissed")
    assert (found.state, found.closed_by, entry.reason) == ("dismissed", by, REASON)
    assert entry.after == {"kind": "same", "proposals": sorted([one.code, two.code])}


def test_each_sees_and_judges_only_what_lies_with_her_units() -> None:
    place = scenes.regency()
    works, health = programs.manager(place), people.staff("program-manager", place.health)
    own = [wish(place) for _ in range(2)]
    others = [wish(place, category=place.other_category) for _ in range(3)]
    refresh_suggestions()
    found = group("like")
    assert found.size == 5
    assert list(suggested.members(found, works)) == own[::-1]
    assert list(suggested.open_to(works, "like")) == list(suggested.open_to(health, "like")) == [found]
    assert suggested.figures([found], works)[found.pk].proposals == 2
    with pytest.raises(Invalid):
        drop_members(found, [others[0].code], by=works)
    dismiss(found, reason=REASON, by=works)
    found.refresh_from_db()
    assert (found.state, found.size) == ("open", 3)
    assert list(suggested.open_to(works, "like")) == []
    assert list(suggested.members(found, health)) == others[::-1]
    with pytest.raises(WrongState):
        dismiss(found, reason=REASON, by=works)
    assert AuditEntry.objects.filter(verb="suggestion.dismissed").count() == 1


def test_a_group_with_one_proposal_of_hers_is_none_to_her() -> None:
    place = scenes.regency()
    wish(place), wish(place, category=place.other_category)
    refresh_suggestions()
    by = programs.manager(place)
    assert list(suggested.open_to(by, "like")) == []
    with pytest.raises(NotVisible):
        doors.suggestion_for_desk(group("like").public_id, by)


def test_her_own_proposals_and_hidden_ones_are_not_hers_to_judge() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    wish(place, author=by), wish(place), wish(place)
    refresh_suggestions()
    assert len(suggested.members(group(), by)) == 2
    Proposal.objects.filter(author=by).update(state="hidden")
    assert doors.suggestion_for_desk(group().public_id, by) == group()
    Proposal.objects.update(state="hidden")
    with pytest.raises(NotVisible):
        doors.suggestion_for_desk(group().public_id, by)


def test_refusals() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    wish(place), wish(place)
    refresh_suggestions()
    found = group()
    with pytest.raises(Denied):
        dismiss(found, reason=REASON, by=people.staff("moderator", place.works))
    with pytest.raises(Invalid) as refused:
        dismiss(found, reason="tidak cocok", by=by)
    assert "reason" in refused.value.fields
    with pytest.raises(Invalid):
        drop_members(found, [], by=by)
    assert not AuditEntry.objects.filter(verb__startswith="suggestion.").exists()
    dismiss(found, reason=REASON, by=by)
    with pytest.raises(WrongState):
        drop_members(found, ["x"], by=by)
    Suggestion.objects.all().delete()
    with pytest.raises(WrongState):
        dismiss(found, reason=REASON, by=by)


def test_people_behind_a_group_are_counted_once() -> None:
    place = scenes.regency()
    by, author, voter = programs.manager(place), people.citizen(), people.citizen()
    one, two = wish(place, author=author), wish(place, author=author)
    programs.support(one, voter, people.citizen())
    programs.support(two, voter)
    refresh_suggestions()
    found = suggested.figures([group(), group("like")], by)
    assert {(each.proposals, each.people) for each in found.values()} == {(2, 3)}
    assert found[group().pk].regions == ["32.01.01.2001"]
    assert suggested.figures([], by) == {}
    Vote.objects.filter(ballot__subject__proposal__in=[one, two]).update(voter=None)
    found = suggested.figures([group()], by)
    assert found[group().pk].people == 4, "votes of deleted accounts: nobody knows any more who was the same"
