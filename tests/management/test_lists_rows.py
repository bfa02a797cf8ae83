"""What holds for a row of every managed list: its place, retiring several, deleting only what nothing uses."""

from datetime import date
from typing import Any

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.common import counting
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.management.actions import lists
from rembuk.management.actions.lists import entries, holidays, listings
from rembuk.management.actions.lists.orders import Overtaken, stamp
from rembuk.management.facts import ReasonFacts, TemplateFacts
from rembuk.management.lists import uses
from rembuk.programs.models import PhaseTemplate
from rembuk.proposals.actions.moderate import reject_proposal
from rembuk.taxonomy.models import ReasonCode, TextTemplate
from rembuk.workdays.models import Holiday
from tests import people, scenes

pytestmark = pytest.mark.django_db
WHY = "Rapat koordinasi"


def admin() -> people.Person:
    return people.staff("administrator", scenes.regency().root)


def reason(code: str, by: people.Person, **fields: Any) -> ReasonCode:
    facts = ReasonFacts(**{"label": code.title(), "label_en": code.title(), "uses": ["reject"], **fields})
    return lists.create_reason(code, facts, by=by)


def three(by: people.Person) -> list[ReasonCode]:
    ReasonCode.objects.all().delete()
    return [reason(code, by) for code in ("satu", "dua", "tiga")]


def order() -> list[str]:
    return [row.code for row in listings.REASONS.rows()]


def test_place_puts_a_row_behind_another_or_first() -> None:
    by = admin()
    one, _two, three_ = three(by)
    entries.place(listings.REASONS, one, "tiga", seen=stamp(listings.REASONS.rows()), by=by)
    assert order() == ["dua", "tiga", "satu"]
    entries.place(listings.REASONS, three_, "", seen=stamp(listings.REASONS.rows()), by=by)
    assert order() == ["tiga", "dua", "satu"]
    entry = AuditEntry.objects.filter(verb="reason.moved").latest("id")
    assert (entry.target_key, entry.before, entry.after) == ("tiga", {"position": 2}, {"position": 1})


def test_place_where_it_is_or_behind_nobody_or_after_a_change_moves_nothing() -> None:
    by = admin()
    one, two, _three = three(by)
    seen = stamp(listings.REASONS.rows())
    entries.place(listings.REASONS, two, "satu", seen=seen, by=by)
    assert not AuditEntry.objects.filter(verb="reason.moved").exists()
    with pytest.raises(Overtaken):
        entries.place(listings.REASONS, one, "tidak-ada", seen=seen, by=by)
    reason("empat", by)
    with pytest.raises(Overtaken):
        entries.place(listings.REASONS, one, "tiga", seen=seen, by=by)
    assert order() == ["satu", "dua", "tiga", "empat"]


def test_text_templates_have_their_place_among_those_for_the_same_use() -> None:
    by = admin()
    TextTemplate.objects.all().delete()
    made = [
        lists.create_template(TemplateFacts(title=title, use=use, body="Isi"), by=by)
        for title, use in (("A", "answer"), ("B", "reject"), ("C", "answer"))
    ]
    entries.shift(listings.TEMPLATES, made[2], "up", by=by)
    assert [row.title for row in listings.TEMPLATES.rows()] == ["C", "A", "B"]
    with pytest.raises(Overtaken):
        entries.place(
            listings.TEMPLATES, made[0], str(made[1].pk), seen=stamp(listings.TEMPLATES.rows()), by=by
        )


def test_several_are_retired_and_restored_and_refusals_say_why() -> None:
    by = admin()
    three(by)
    outcome = entries.use_many(listings.REASONS, ["satu", "dua", "lain"], False, by=by)
    assert (outcome.done, outcome.refused) == (["Satu", "Dua"], [])
    again = entries.use_many(listings.REASONS, ["dua", "tiga"], False, by=by)
    assert (again.done, len(again.refused)) == (["Tiga"], 1)
    back = entries.use_many(listings.REASONS, ["dua"], True, by=by)
    assert back.done == ["Dua"]
    assert entries.use_many(listings.REASONS, ["dua"], True, by=by).refused[0][0] == "Dua"
    marks = AuditEntry.objects.filter(verb="reason.changed", after={"is_active": False}).values_list("bulk")
    assert len(set(marks)) == 2


def test_the_default_template_and_kinds_of_templates_in_use_stay() -> None:
    by = admin()
    template = PhaseTemplate.objects.get(is_default=True)
    assert entries.use_many(listings.PHASE_TEMPLATES, [template.code], False, by=by).done == []
    assert entries.use_many(listings.KINDS, ["planning"], False, by=by).done == []
    with pytest.raises(WrongState):
        entries.remove(listings.PHASE_TEMPLATES, template, reason=WHY, by=by)


def test_citations_are_counted_up_to_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST", 2)
    place = scenes.regency()
    by = people.staff("administrator", place.root)
    often, seldom, _never = three(by)
    moderator = people.staff("moderator", place.root)
    for reason in [often] * 4 + [seldom] * 2:
        reject_proposal(scenes.submitted(place), by=moderator, reason=reason, message="Sudah ada yang sama.")
    assert uses.of_reasons() == {often.pk: 3, seldom.pk: 2}  # three: more than two


def test_a_reason_that_decisions_cite_is_not_deleted_but_replaced() -> None:
    place = scenes.regency()
    by = people.staff("administrator", place.root)
    old, new, last = three(by)
    proposal = scenes.submitted(place)
    reject_proposal(
        proposal, by=people.staff("moderator", place.root), reason=old, message="Sudah ada yang sama."
    )
    assert (uses.of_reason(old), uses.of_reasons()) == (1, {old.pk: 1})
    with pytest.raises(WrongState):
        entries.remove(listings.REASONS, old, reason=WHY, by=by)
    lists.replace_reason(old, new, why=WHY, by=by)
    lists.replace_reason(new, last, why=WHY, by=by)
    old.refresh_from_db()
    assert (old.is_active, old.replaced_by, proposal.decisions.latest("id").reason) == (False, last, old)
    with pytest.raises(WrongState):
        lists.replace_reason(old, last, why=WHY, by=by)
    entries.use_many(listings.REASONS, [old.code], True, by=by)
    old.refresh_from_db()
    assert (old.is_active, old.replaced_by) == (True, None)


def test_a_reason_is_replaced_by_another_in_use_with_a_why() -> None:
    by = admin()
    one, two, three_ = three(by)
    entries.use_many(listings.REASONS, ["tiga"], False, by=by)
    for other in (one, three_):
        with pytest.raises(Invalid) as refusal:
            lists.replace_reason(one, other, why=WHY, by=by)
        assert list(refusal.value.fields) == ["into"]
    with pytest.raises(Invalid) as refusal:
        lists.replace_reason(one, two, why=" ", by=by)
    assert list(refusal.value.fields) == ["reason"]


def test_what_nothing_uses_is_deleted_with_a_reason() -> None:
    by = admin()
    one, *_others = three(by)
    with pytest.raises(Invalid):
        entries.remove(listings.REASONS, one, reason=" ", by=by)
    entries.remove(listings.REASONS, one, reason=WHY, by=by)
    entry = AuditEntry.objects.get(verb="reason.deleted")
    assert (order(), entry.before, entry.reason) == (["dua", "tiga"], {"name": "Satu"}, WHY)


def test_a_row_that_came_into_use_meanwhile_is_not_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    place = scenes.regency()
    by = people.staff("administrator", place.root)
    one, *_others = three(by)
    reject_proposal(
        scenes.submitted(place),
        by=people.staff("moderator", place.root),
        reason=one,
        message="Sudah ada yang sama.",
    )
    monkeypatch.setattr(uses, "of_reason", lambda _row: 0)
    with pytest.raises(WrongState):
        entries.remove(listings.REASONS, one, reason=WHY, by=by)
    assert ReasonCode.objects.filter(pk=one.pk).exists()


def test_a_list_is_as_long_as_it_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    by = admin()
    three(by)
    monkeypatch.setattr(entries, "MOST_ROWS", 3)
    with pytest.raises(Invalid):
        reason("empat", by)


def test_every_act_on_a_list_belongs_to_the_whole_instansi() -> None:
    place = scenes.regency()
    one, two, _three = three(people.staff("administrator", place.root))
    by = people.staff("administrator", place.works)
    for act in (
        lambda: entries.shift(listings.REASONS, one, "down", by=by),
        lambda: entries.place(listings.REASONS, one, "", seen="", by=by),
        lambda: entries.use_many(listings.REASONS, ["satu"], False, by=by),
        lambda: entries.remove(listings.REASONS, one, reason=WHY, by=by),
        lambda: lists.replace_reason(one, two, why=WHY, by=by),
        lambda: holidays.import_year(2026, by=by),
        lambda: holidays.remove_many([], reason=WHY, by=by),
    ):
        with pytest.raises(Denied):
            act()


def test_a_year_of_holidays_is_taken_over_once_and_removed_together() -> None:
    by = admin()
    Holiday.objects.all().delete()
    own = Holiday.objects.create(on=date(2031, 1, 1), name="Tahun Baru versi kami", kind="public")
    added = holidays.import_year(2031, by=by)
    assert (added > 10, holidays.import_year(2031, by=by)) == (True, 0)
    own.refresh_from_db()
    assert own.name == "Tahun Baru versi kami"
    with pytest.raises(Invalid):
        holidays.import_year(1900, by=by)
    rows = list(Holiday.objects.filter(on__year=2031))
    with pytest.raises(Invalid):
        holidays.remove_many(rows, reason=" ", by=by)
    assert holidays.remove_many(rows, reason=WHY, by=by) == added + 1
    marks = AuditEntry.objects.filter(verb="holiday.removed").values_list("bulk", "reason")
    assert (len(marks), len(set(marks))) == (added + 1, 1)
