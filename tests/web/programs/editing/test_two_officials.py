"""Two officials edit one programme: the second sees what the first changed and loses nothing she typed.

Two real clients open the same form; the first saves, then the second.
"""

import html
import re
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from rembuk.audit.models import AuditEntry
from rembuk.programs.actions.editing.places import Spot, places_of
from rembuk.programs.actions.indicators.define import Target, edit_indicator
from rembuk.programs.actions.milestones.plan import move_milestone
from rembuk.programs.actions.money.budget import Budget, plan_money
from rembuk.programs.actions.publish import publish_program
from rembuk.programs.choices import Fund
from rembuk.programs.models import Milestone, Program, Revision
from tests import money_scenes as money
from tests import people, scenes
from tests import program_scenes as programs
from tests.programs.milestones import scenes as milestones

pytestmark = pytest.mark.django_db
FIELD = re.compile(r"<(?:(input)\b([^>]*)>|(textarea|select)\b([^>]*)>(.*?)</\3>)", re.S)
OPTION = re.compile(r'<option value="([^"]*)" selected>')
HEAD = re.compile(r"<h2[^>]*>Isian ini diubah orang lain selagi Anda menulis</h2>")
ROW = re.compile(r'<th scope="row">(.*?)</th>(.*?)</tr>', re.S)


def filled(text: str) -> dict[str, str]:
    """What a browser would send for the form of a page, untouched."""
    form = text[text.index('<form method="post" class="form"') :]
    sent: dict[str, str] = {}
    for _input, plain, kind, around, content in FIELD.findall(form[: form.index("</form>")]):
        attributes = plain or around
        names = dict(re.findall(r'([\w-]+)="([^"]*)"', attributes))
        if "name" not in names or "disabled" in attributes:
            continue
        if names.get("type") in {"checkbox", "radio"}:
            if " checked" in attributes:
                sent[names["name"]] = html.unescape(names.get("value", "on"))
        elif kind == "select":
            chosen = OPTION.findall(content)
            sent[names["name"]] = html.unescape(chosen[0]) if chosen else ""
        else:
            value = content.removeprefix("\n") if kind == "textarea" else names.get("value", "")
            sent[names["name"]] = html.unescape(value)
    return sent


class Desk:
    """One official at her own browser, with one form open."""

    def __init__(self, person: people.Person, url: str) -> None:
        self.client, self.url = Client(), url
        self.client.force_login(person)
        self.form = filled(self.client.get(url).content.decode())

    def sends(self, **typed: str) -> tuple[int, str]:
        """Send the form as it stands, some fields typed anew; returns status and page, and keeps the new form."""
        answer = self.client.post(self.url, {**self.form, **typed})
        text = answer.content.decode()
        if answer.status_code in {409, 422}:
            self.form = filled(text)
        return answer.status_code, text


def both(place: scenes.Regency, url: str) -> tuple[Desk, Desk]:
    """Rina and Dewi open the same form."""
    return (
        Desk(people.staff("program-manager", place.works, "Rina Kartika"), url),
        Desk(people.staff("program-manager", place.works, "Dewi Lestari"), url),
    )


def differing(text: str) -> dict[str, str]:
    """The rows of the difference: the words of the field and what stands beside it, without marks."""
    assert HEAD.search(text), text
    table = text[HEAD.search(text).end() :]  # type: ignore[union-attr]
    rows = ROW.findall(table[: table.index("</table>")])
    return {label: " ".join(re.sub(r"<[^>]+>", " ", rest).split()) for label, rest in rows}


@pytest.fixture
def place() -> scenes.Regency:
    """The regency of the page."""
    return scenes.regency()


def test_second_one_sees_old_new_and_her_own_words_and_who_it_was(place: scenes.Regency) -> None:
    program = programs.draft(place)
    first, second = both(place, reverse("desk_programs:edit", args=[program.code]))
    assert first.sends(title="Perbaikan lima ruas jalan desa")[0] == 303
    status, text = second.sends(title="Jalan desa yang kuat untuk panen", beneficiaries="Petani")
    assert status == 409
    said = differing(text)["Judul"]
    assert said == (
        "Perbaikan jalan desa Kecamatan Sukamaju Perbaikan lima ruas jalan desa Jalan desa yang kuat untuk panen"
    )
    assert "Rina Kartika" in text
    assert "Program kerja diubah" in text
    assert (second.form["title"], second.form["beneficiaries"]) == (
        "Jalan desa yang kuat untuk panen",
        "Petani",
    )
    assert Program.objects.get().title == "Perbaikan lima ruas jalan desa"


def test_saving_again_writes_over_it_knowingly_and_both_stand_in_the_trail(place: scenes.Regency) -> None:
    program = programs.draft(place)
    first, second = both(place, reverse("desk_programs:edit", args=[program.code]))
    first.sends(title="Perbaikan lima ruas jalan desa")
    _status, text = second.sends(title="Jalan desa yang kuat untuk panen")
    assert "Simpan dan timpa" in text
    assert second.sends()[0] == 303
    assert Program.objects.get().title == "Jalan desa yang kuat untuk panen"
    changes = AuditEntry.objects.filter(verb="program.edited").order_by("id")
    assert [(row.before["title"], row.after["title"]) for row in changes] == [
        ("Perbaikan jalan desa Kecamatan Sukamaju", "Perbaikan lima ruas jalan desa"),
        ("Perbaikan lima ruas jalan desa", "Jalan desa yang kuat untuk panen"),
    ]


def test_fields_she_left_alone_take_what_the_other_wrote(place: scenes.Regency) -> None:
    program = programs.draft(place)
    first, second = both(place, reverse("desk_programs:edit", args=[program.code]))
    first.sends(place_2="Desa Mekarsari", is_public_service="on", end_1="2026-12-20")
    status, text = second.sends(beneficiaries="Petani")
    assert status == 409
    assert "isian baru yang dipakai" in differing(text)["Lokasi 2: dengan kata Anda sendiri"]
    assert "20 Desember 2026" in differing(text)["1. Perencanaan: Berakhir"]
    assert second.sends()[0] == 303
    found = Program.objects.get()
    assert (found.beneficiaries, found.is_public_service) == ("Petani", True)
    assert places_of(found)[1] == Spot(None, "Desa Mekarsari")
    assert programs.phase(found, 1).planned_end_on == date(2026, 12, 20)


def test_tick_that_the_other_took_away_is_taken_away(place: scenes.Regency) -> None:
    program = programs.draft(place, is_public_service=True)
    first, second = both(place, reverse("desk_programs:edit", args=[program.code]))
    del first.form["is_public_service"]
    first.sends()
    assert second.sends(beneficiaries="Petani")[0] == 409
    assert "is_public_service" not in second.form
    assert second.sends()[0] == 303
    assert not Program.objects.get().is_public_service


def test_long_text_is_shown_word_by_word(place: scenes.Regency) -> None:
    body = "Pekerjaan dimulai dari ruas yang paling rusak. " * 5
    program = programs.draft(place, body=body)
    first, second = both(place, reverse("desk_programs:edit", args=[program.code]))
    first.sends(body=f"{body}Warga dilibatkan.")
    status, text = second.sends(body=f"{body}Jalan ditutup malam hari.")
    assert status == 409
    assert re.search(r"<ins><span[^>]*>\[ditambahkan: </span>\s*Warga dilibatkan\.", text)
    assert "Jalan ditutup malam hari." in second.form["body"]


def test_no_difference_is_shown_where_both_wrote_the_same_or_nothing_changed(place: scenes.Regency) -> None:
    program = programs.draft(place)
    first, second = both(place, reverse("desk_programs:edit", args=[program.code]))
    assert first.sends(beneficiaries="Petani")[0] == 303
    assert second.sends(beneficiaries="Petani")[0] == 303
    again, other = both(place, reverse("desk_programs:edit", args=[program.code]))
    publish_program(Program.objects.get(), by=programs.manager(place), at=programs.MORNING)
    assert again.sends(beneficiaries="Nelayan")[0] == 303
    assert other.sends(beneficiaries="Pedagang")[0] == 409


def test_days_typed_for_a_draft_that_was_published_meanwhile_are_shown(place: scenes.Regency) -> None:
    program = programs.draft(place)
    first, _second = both(place, reverse("desk_programs:edit", args=[program.code]))
    publish_program(program, by=programs.manager(place), at=programs.MORNING)
    status, text = first.sends(end_1="2027-01-15")
    assert status == 409
    assert "2027-01-15" in differing(text)["Tidak dapat diubah lagi di sini"]
    assert first.sends()[0] == 303
    assert programs.phase(program, 1).planned_end_on == programs.PLAN[1][1]


def test_third_change_in_between_is_shown_again(place: scenes.Regency) -> None:
    program = programs.draft(place)
    url = reverse("desk_programs:edit", args=[program.code])
    first, second = both(place, url)
    third = Desk(people.staff("program-manager", place.works, "Tono"), url)
    first.sends(title="Perbaikan lima ruas jalan desa")
    assert second.sends(title="Jalan desa yang kuat untuk panen")[0] == 409
    assert third.sends(title="Jalan desa Sukamaju tahap dua")[0] == 409
    assert third.sends()[0] == 303
    assert second.sends()[0] == 409
    assert second.sends()[0] == 303
    assert Program.objects.get().title == "Jalan desa yang kuat untuk panen"


@pytest.mark.parametrize("seen", ["", "{", "[]", "[1,2]", '["x",{}]', "7"])
def test_form_that_tells_nothing_readable_of_what_was_seen_is_judged_as_it_is(
    seen: str, place: scenes.Regency
) -> None:
    program = programs.draft(place)
    first, second = both(place, reverse("desk_programs:edit", args=[program.code]))
    first.sends(title="Perbaikan lima ruas jalan desa")
    assert second.sends(seen=seen, beneficiaries="Petani")[0] == 303


def test_faults_are_shown_without_a_difference_and_what_was_seen_is_kept(place: scenes.Regency) -> None:
    program = programs.draft(place)
    first, second = both(place, reverse("desk_programs:edit", args=[program.code]))
    assert second.sends(title="x")[0] == 422
    first.sends(summary="Lima ruas jalan desa diperkeras dan diberi saluran air di kedua sisinya.")
    assert second.sends(title="Jalan desa yang kuat untuk panen")[0] == 409


def test_revision_of_days_shows_what_another_revision_changed(place: scenes.Regency) -> None:
    by = programs.manager(place)
    row = milestones.planned(place, by)
    first, second = both(place, reverse("desk_programs:revise", args=[row.program.code]))
    name = f"m_end_{row.public_id}"
    assert first.sends(**{name: "2027-03-31", "reason": programs.REASON})[0] == 303
    typed = {name: "2027-04-30", "end_2": "2027-09-30", "start_3": "2027-10-01", "reason": programs.REASON}
    status, text = second.sends(**typed)
    assert status == 409
    assert set(differing(text)) == {f"{row.title}: Berakhir"}
    assert "Terbitkan dan timpa" in text
    assert (second.form[name], second.form["reason"]) == ("2027-04-30", programs.REASON)
    assert second.sends()[0] == 303
    assert milestones.fresh(row).planned_end_on == date(2027, 4, 30)
    assert Revision.objects.get(number=2).changes[-1]["old"] == "2027-03-31"


def test_revision_of_days_follows_the_milestones_when_their_places_were_swapped(
    place: scenes.Regency,
) -> None:
    by = programs.manager(place)
    row = milestones.planned(place, by)
    other = Milestone.objects.create(
        program=row.program,
        phase=row.phase,
        position=row.position + 1,
        title="Serah terima",
        office=row.office,
        planned_start_on=row.planned_start_on,
        planned_end_on=row.planned_end_on,
    )
    before = other.planned_end_on
    _first, second = both(place, reverse("desk_programs:revise", args=[row.program.code]))
    move_milestone(other, up=True, by=by)
    row, other = milestones.fresh(row), milestones.fresh(other)
    assert row.position > other.position
    sent = {f"m_end_{row.public_id}": "2027-04-30", "reason": programs.REASON}
    assert second.sends(**sent)[0] == 303
    assert milestones.fresh(row).planned_end_on == date(2027, 4, 30)
    assert milestones.fresh(other).planned_end_on == before


@pytest.mark.parametrize("is_public", [False, True])
def test_milestone_shows_what_the_other_changed(is_public: bool, place: scenes.Regency) -> None:
    by = programs.manager(place)
    row = milestones.planned(place, by, is_public=is_public)
    url = reverse("desk_programs:milestone_edit", args=[row.program.code, row.public_id])
    first, second = both(place, url)
    reason = {"reason": programs.REASON} if is_public else {}
    assert first.sends(weight="3", **reason)[0] == 303
    status, text = second.sends(weight="5", description="Bersama warga", **reason)
    assert status == 409
    assert set(differing(text)) == {"Bobot"}
    assert second.sends()[0] == 303
    found = Milestone.objects.get(pk=row.pk)
    assert (found.weight, found.description) == (Decimal(5), "Bersama warga")


def test_indicator_keeps_a_period_that_the_other_added_and_matches_rows_that_moved(
    place: scenes.Regency,
) -> None:
    by = programs.manager(place)
    program = programs.draft(place, by=by)
    indicator = money.measured(program, by)
    url = reverse("desk_programs:indicator", args=[program.code, indicator.position])
    first, second = both(place, url)
    # An earlier period: the rows of the fresh form stand one lower than those she sees.
    kept = [Target(row.period, row.ends_on, row.target, row.pk) for row in indicator.values.all()]
    early = Target("Triwulan IV 2026", date(2026, 12, 31), Decimal(1))
    edit_indicator(indicator, money.words(), [early, *kept], by=by, at=programs.MORNING)
    status, text = second.sends(target_1="3", step="save")
    assert status == 409
    assert set(differing(text)) == {f"Triwulan IV 2026: {word}" for word in ("Periode", "Berakhir", "Target")}
    assert second.sends(step="save")[0] == 303
    assert list(indicator.values.values_list("period", "target")) == [
        ("Triwulan IV 2026", Decimal(1)),
        ("Triwulan I 2027", Decimal(3)),
        ("Triwulan II 2027", Decimal(5)),
    ]
    assert first.sends(name="Panjang jalan", step="save")[0] == 409


def test_more_rows_of_an_indicator_keep_what_was_seen(place: scenes.Regency) -> None:
    by = programs.manager(place)
    program = programs.draft(place, by=by)
    indicator = money.measured(program, by)
    url = reverse("desk_programs:indicator", args=[program.code, indicator.position])
    first, second = both(place, url)
    more = second.client.post(url, {**second.form, "step": "more"})
    second.form = filled(more.content.decode())
    assert first.sends(measure="m", step="save")[0] == 303
    status, text = second.sends(name="Panjang jalan", step="save")
    assert status == 409
    assert set(differing(text)) == {"Satuan ukur"}


def test_money_shows_amounts_that_the_other_planned(place: scenes.Regency) -> None:
    by = programs.manager(place)
    program = money.planned(programs.draft(place, by=by), by)
    first, second = both(place, reverse("desk_programs:money_plan", args=[program.code]))
    assert first.sends(pagu_apbd="600.000.000")[0] == 303
    status, text = second.sends(pagu_village="50.000.000")
    assert status == 409
    assert "Rp600.000.000,00" in " ".join(differing(text).values())
    assert second.sends()[0] == 303
    stored = dict(program.pagu.values_list("fund", "amount"))
    assert stored == {"apbd": Decimal(600_000_000), "village": Decimal(50_000_000)}


@pytest.mark.parametrize("page", ["edit", "revise", "milestone", "indicator", "money"])
def test_one_who_is_faster_within_the_same_moment_is_seen_under_the_lock(
    page: str, place: scenes.Regency, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other saves after the page has compared and before it has the lock: the real gap, held open here."""
    from rembuk.web.programs.editing import seen

    by = programs.manager(place)
    row = milestones.planned(place, by, is_public=page == "revise")
    program = row.program
    money.planned(program, by)
    indicator = money.measured(program, by)
    urls = {
        "edit": reverse("desk_programs:edit", args=[program.code]),
        "revise": reverse("desk_programs:revise", args=[program.code]),
        "milestone": reverse("desk_programs:milestone_edit", args=[program.code, row.public_id]),
        "indicator": reverse("desk_programs:indicator", args=[program.code, indicator.position]),
        "money": reverse("desk_programs:money_plan", args=[program.code]),
    }
    typed = {
        "edit": ({"title": "Perbaikan lima ruas jalan desa"}, {"title": "Jalan desa yang kuat"}),
        "revise": ({"end_2": "2027-08-15"}, {"end_2": "2027-08-20"}),
        "milestone": ({"title": "Survei selesai"}, {"title": "Survei lima ruas"}),
        "indicator": ({"measure": "m", "step": "save"}, {"measure": "meter", "step": "save"}),
        "money": ({"pagu_apbd": "700.000.000"}, {"pagu_apbd": "800.000.000"}),
    }
    reason = {"reason": programs.REASON} if page == "revise" else {}
    first, second = both(place, urls[page])
    gate = seen.held

    def late(*args: object) -> object:
        monkeypatch.setattr(seen, "held", gate)
        assert first.sends(**typed[page][0], **reason)[0] == 303
        return gate(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(seen, "held", late)
    status, text = second.sends(**typed[page][1], **reason)
    assert status == 409
    assert len(differing(text)) == 1


def test_page_tells_even_when_the_deed_left_no_trace_of_its_own(place: scenes.Regency) -> None:
    program = programs.draft(place)
    _first, second = both(place, reverse("desk_programs:edit", args=[program.code]))
    Program.objects.update(beneficiaries="Petani")
    status, text = second.sends(title="Jalan desa yang kuat untuk panen")
    assert status == 409
    assert "Program kerja dibuat" in text


def test_reader_of_another_unit_never_sees_the_difference(place: scenes.Regency) -> None:
    program = programs.draft(place)
    client = Client()
    client.force_login(people.staff("program-manager", place.health))
    url = reverse("desk_programs:edit", args=[program.code])
    assert client.post(url, {"seen": '[0,{"title":"x"}]', "title": "y"}).status_code == 404


def test_money_in_a_published_plan_is_taken_by_a_revision_after_the_difference(place: scenes.Regency) -> None:
    by = programs.manager(place)
    program = money.planned(programs.published(place, by=by), by)
    _first, second = both(place, reverse("desk_programs:money_plan", args=[program.code]))
    plan_money(program, Budget({Fund.APBD: Decimal(600_000_000)}), reason=programs.REASON, by=by)
    assert second.sends(pagu_apbd="650.000.000", reason=programs.REASON)[0] == 409
    assert second.sends()[0] == 303
    assert program.pagu.get().amount == Decimal(650_000_000)
