"""Kinds and templates of phases: changed by rule, with before and after; used ones are never deleted."""

import pytest
from django.utils.translation import override

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.engagement.models import Ballot
from rembuk.management.actions import phases as actions
from rembuk.management.actions.lists import entries
from rembuk.management.actions.lists.listings import KINDS, PHASE_TEMPLATES
from rembuk.management.facts import KindFacts, PhaseTemplateFacts
from rembuk.programs import kinds
from rembuk.programs.actions.create import create_program
from rembuk.programs.actions.phases import start_phase
from rembuk.programs.models import KindOfPhase, PhaseTemplate
from tests import people, scenes
from tests import program_scenes as programs

pytestmark = pytest.mark.django_db
PROCUREMENT = KindFacts(
    name="Pengadaan",
    name_en="Procurement",
    nature="planning",
    question="Apakah pengadaannya terbuka?",
    question_en="Is the procurement open?",
)
TWO_STAGES = PhaseTemplateFacts(
    name="Dua tahap", name_en="Two stages", kinds=("planning", "execution", "execution", "evaluation")
)


def admin() -> people.Person:
    return people.staff("administrator", scenes.regency().root)


def changed(row: KindOfPhase, **fields: object) -> KindFacts:
    """A kind's facts with changes."""
    names = KindFacts.__dataclass_fields__
    return KindFacts(**{**{name: getattr(row, name) for name in names}, **fields})  # type: ignore[arg-type]


def test_seeded_kinds_are_those_the_site_starts_with() -> None:
    found = kinds.all_kinds()
    assert list(found) == ["planning", "execution", "evaluation"]
    kinds.forget()
    assert kinds.all_kinds() == found
    assert kinds.kinds_in(kinds.template_of("")) == list(found)


def test_kind_is_made_last_and_read_in_both_languages_at_once() -> None:
    actions.create_kind("pengadaan", PROCUREMENT, by=admin())
    assert list(kinds.all_kinds())[-1] == "pengadaan"
    with override("id"):
        assert (kinds.name_of("pengadaan"), kinds.kind_of("pengadaan").asks) == (
            "Pengadaan",
            "Apakah pengadaannya terbuka?",
        )
    with override("en"):
        assert (kinds.name_of("pengadaan"), kinds.kind_of("pengadaan").asks) == (
            "Procurement",
            "Is the procurement open?",
        )
    assert AuditEntry.objects.get(verb="phase_kind.created").after["name"] == "Pengadaan"


def test_kind_with_a_taken_code_is_refused() -> None:
    with pytest.raises(Invalid) as refusal:
        actions.create_kind("planning", PROCUREMENT, by=admin())
    assert set(refusal.value.fields) == {"code"}


def test_kind_change_is_audited_and_saving_what_it_is_writes_nothing() -> None:
    by = admin()
    row = KindOfPhase.objects.get(code="planning")
    actions.change_kind(row, changed(row), by=by)
    actions.change_kind(row, changed(row, name="Persiapan"), by=by)
    entry = AuditEntry.objects.get(verb="phase_kind.changed")
    assert (entry.before, entry.after) == ({"name": "Perencanaan"}, {"name": "Persiapan"})
    assert kinds.official_name("planning") == "Persiapan"


def test_kind_that_takes_no_more_answers_closes_them_in_phases_under_way() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.published(place, by=by)
    start_phase(programs.phase(program, 2), by=by, at=programs.MORNING)
    row = KindOfPhase.objects.get(code="execution")
    actions.change_kind(row, changed(row, takes_answers=False, takes_comments=False), by=admin())
    phase = programs.phase(program, 2)
    assert not phase.subject.comments_open
    assert not Ballot.objects.get(subject=phase.subject).is_open
    row.refresh_from_db()
    actions.change_kind(row, changed(row, takes_answers=True, takes_comments=True), by=admin())
    phase = programs.phase(program, 2)
    assert phase.subject.comments_open
    assert Ballot.objects.get(subject=phase.subject).is_open


def test_kind_of_phases_of_programmes_keeps_its_purpose_and_is_never_deleted() -> None:
    place = scenes.regency()
    programs.draft(place)
    row = KindOfPhase.objects.get(code="planning")
    with pytest.raises(Invalid) as refusal:
        actions.change_kind(row, changed(row, nature="execution"), by=admin())
    assert set(refusal.value.fields) == {"nature"}
    with pytest.raises(WrongState):
        entries.remove(KINDS, row, reason="Salah", by=admin())


def test_kind_in_a_template_is_neither_retired_nor_deleted() -> None:
    row = KindOfPhase.objects.get(code="planning")
    with pytest.raises(WrongState):
        actions.change_kind(row, changed(row, is_active=False), by=admin())
    with pytest.raises(WrongState):
        entries.remove(KINDS, row, reason="Salah", by=admin())


def test_unused_kind_is_retired_and_deleted_with_its_reason() -> None:
    by = admin()
    row = actions.create_kind("pengadaan", PROCUREMENT, by=by)
    actions.change_kind(row, changed(row, is_active=False, nature="execution"), by=by)
    with pytest.raises(Invalid):
        actions.create_phase_template(
            "x", PhaseTemplateFacts(name="X", name_en="X", kinds=("pengadaan",)), by=by
        )
    entries.remove(KINDS, row, reason="Salah ketik", by=by)
    assert AuditEntry.objects.get(verb="phase_kind.deleted").reason == "Salah ketik"
    assert "pengadaan" not in kinds.all_kinds()


def test_kind_and_template_change_places() -> None:
    by = admin()
    first, second, last = KindOfPhase.objects.all()
    entries.shift(KINDS, last, "up", by=by)
    entries.shift(KINDS, first, "up", by=by)
    assert list(KindOfPhase.objects.values_list("code", flat=True)) == ["planning", "evaluation", "execution"]
    assert list(kinds.all_kinds()) == ["planning", "evaluation", "execution"]
    template = actions.create_phase_template("dua", TWO_STAGES, by=by)
    entries.shift(PHASE_TEMPLATES, template, "up", by=by)
    entries.shift(PHASE_TEMPLATES, template, "down", by=by)
    entries.shift(PHASE_TEMPLATES, template, "down", by=by)
    assert list(PhaseTemplate.objects.values_list("code", flat=True)) == ["baku", "dua"]
    assert AuditEntry.objects.filter(verb="phase_template.moved").count() == 2
    assert second.code == "execution"


def test_template_gives_a_programme_its_phases_two_of_one_kind() -> None:
    place = scenes.regency()
    template = actions.create_phase_template("dua", TWO_STAGES, by=admin())
    program = create_program(programs.contents(place), template=template, by=programs.manager(place))
    assert list(program.phases.values_list("kind", flat=True)) == list(TWO_STAGES.kinds)
    entry = AuditEntry.objects.get(verb="phase_template.created")
    assert entry.after["kinds"] == list(TWO_STAGES.kinds)


def test_default_template_is_one_and_stays_in_use() -> None:
    by = admin()
    template = actions.create_phase_template("dua", TWO_STAGES, by=by)
    values = {"name": "Dua tahap", "name_en": "Two stages", "kinds": TWO_STAGES.kinds}
    actions.change_phase_template(template, PhaseTemplateFacts(**values, is_default=True), by=by)
    assert list(PhaseTemplate.objects.filter(is_default=True)) == [template]
    assert kinds.template_of("") == template
    for wrong in ({"is_default": False}, {"is_default": True, "is_active": False}):
        with pytest.raises(Invalid):
            actions.change_phase_template(template, PhaseTemplateFacts(**values, **wrong), by=by)
    other = PhaseTemplateFacts(name="Tiga", name_en="Three", kinds=("planning",), is_default=True)
    made = actions.create_phase_template("tiga", other, by=by)
    assert list(PhaseTemplate.objects.filter(is_default=True)) == [made]


def test_template_change_tells_its_phases_before_and_after() -> None:
    by = admin()
    template = actions.create_phase_template("dua", TWO_STAGES, by=by)
    values = {"name": "Dua tahap", "name_en": "Two stages"}
    actions.change_phase_template(template, PhaseTemplateFacts(**values, kinds=TWO_STAGES.kinds), by=by)
    actions.change_phase_template(template, PhaseTemplateFacts(**values, kinds=("execution",)), by=by)
    entry = AuditEntry.objects.get(verb="phase_template.changed")
    assert (entry.before, entry.after) == ({"kinds": list(TWO_STAGES.kinds)}, {"kinds": ["execution"]})
    assert kinds.kinds_in(template) == ["execution"]


@pytest.mark.parametrize("codes", [(), ("tidak-ada",), ("execution",) * 9])
def test_template_without_phases_with_unknown_or_too_many_is_refused(codes: tuple[str, ...]) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.create_phase_template("x", PhaseTemplateFacts(name="X", name_en="X", kinds=codes), by=admin())
    assert set(refusal.value.fields) == {"phase_1"}


def test_template_with_a_taken_code_is_refused() -> None:
    with pytest.raises(Invalid) as refusal:
        actions.create_phase_template("baku", TWO_STAGES, by=admin())
    assert set(refusal.value.fields) == {"code"}


def test_programme_begins_with_the_kinds_in_use_where_there_is_no_template() -> None:
    PhaseTemplate.objects.all().delete()
    place = scenes.regency()
    program = create_program(programs.contents(place), by=programs.manager(place))
    assert program.phases.count() == 3


@pytest.mark.parametrize("role", ["unit-admin", "program-manager", "auditor"])
def test_kinds_and_templates_belong_to_the_administrator(role: str) -> None:
    place = scenes.regency()
    by = people.staff(role, place.root)
    row, template = KindOfPhase.objects.get(code="planning"), PhaseTemplate.objects.get(code="baku")
    for act in (
        lambda: actions.create_kind("x", PROCUREMENT, by=by),
        lambda: actions.change_kind(row, PROCUREMENT, by=by),
        lambda: entries.remove(KINDS, row, reason="x", by=by),
        lambda: entries.shift(KINDS, row, "down", by=by),
        lambda: actions.create_phase_template("x", TWO_STAGES, by=by),
        lambda: actions.change_phase_template(template, TWO_STAGES, by=by),
        lambda: entries.shift(PHASE_TEMPLATES, template, "up", by=by),
    ):
        with pytest.raises(Denied):
            act()
