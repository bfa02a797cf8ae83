"""The job: what is new, changed or gone changes its neighbourhood alone; what staff took out does not come back."""

from datetime import timedelta

import pytest

from rembuk.accounts.models import Person
from rembuk.programs import tasks
from rembuk.programs.actions import link as links
from rembuk.programs.actions.suggestions import find
from rembuk.programs.actions.suggestions.find import groups_near, refresh_suggestions
from rembuk.programs.actions.suggestions.judge import dismiss, drop_members
from rembuk.programs.models import Fingerprint, Suggestion, Touched
from rembuk.programs.states import SuggestionState
from rembuk.proposals.models import Proposal
from tests import program_scenes as programs
from tests import scenes
from tests.scenes import Regency

pytestmark = pytest.mark.django_db

REASON = "Ruasnya berbeda kewenangan, jadi tidak satu paket."
LAMP = "Lampu jalan mati sejak dua bulan, gelap gulita pada malam hari dan rawan kecelakaan."


def wish(place: Regency, /, where: str = "Kp. Tugu RT 01/02", **fields: object) -> Proposal:
    """A published proposal in the village."""
    return scenes.published(place, region=scenes.village_region(), place=where, **fields)


def lamp(place: Regency, where: str) -> Proposal:
    """A published wish for light."""
    return wish(place, where, title="Lampu jalan mati di kampung kami", body=LAMP)


def groups(kind: str, **fields: object) -> list[list[int]]:
    """The members of the open groups of a kind that have any, the biggest first."""
    rows = Suggestion.objects.filter(state="open", kind=kind, size__gte=2, **fields).order_by("-size", "pk")
    return [sorted(row.members.filter(dropped_at=None).values_list("proposal", flat=True)) for row in rows]


def everything() -> list[tuple[str, str, str, list[int]]]:
    """All groups as anybody could compare them."""
    return [
        (row.kind, row.base, str(row.why), sorted(row.members.values_list("proposal", flat=True)))
        for row in Suggestion.objects.filter(state="open").order_by("kind", "base")
    ]


def change(proposal: Proposal, **fields: object) -> None:
    """Write fields as an act would, a little later."""
    row = Proposal.objects.get(pk=proposal.pk)
    later = row.changed_at + timedelta(minutes=1)
    Proposal.objects.filter(pk=proposal.pk).update(changed_at=later, **fields)


def test_refresh_groups_by_area_and_by_place() -> None:
    place = scenes.regency()
    one, two = wish(place), wish(place, "Kampung Tugu rt.1 rw.2")
    far, light = wish(place, "Kp. Lio"), lamp(place, "Kp. Tugu RT 01/02")
    assert refresh_suggestions() == 4
    assert groups("like") == [[one.pk, two.pk, far.pk]]
    assert groups("same") == [[one.pk, two.pk]]
    (row,) = Suggestion.objects.filter(kind="like")
    assert (row.size, row.why["theme"], "jalan" in row.why["words"]) == (3, "road", True)
    assert Fingerprint.objects.get(pk=light.pk).theme == "street_light"


def test_a_second_run_reads_nothing_and_writes_nothing() -> None:
    place = scenes.regency()
    wish(place), wish(place)
    refresh_suggestions()
    before = list(Suggestion.objects.order_by("pk").values())
    assert refresh_suggestions() == 0
    assert list(Suggestion.objects.order_by("pk").values()) == before


def test_one_by_one_comes_to_the_same_as_from_scratch() -> None:
    place = scenes.regency()
    wheres = ["Kp. Tugu", "Kp. Lio RT 1/2", "Tugu RT 3/1", "Kp. Lio rt 01 rw 02", "Kp. Tugu", "Lio"]
    made = []
    for number, where in enumerate(wheres):
        made.append(lamp(place, where) if number % 3 == 2 else wish(place, where))
        refresh_suggestions()
    change(made[0], place="Kp. Lio RT 1/2")
    change(made[1], title="Lampu jalan padam", body=LAMP)
    change(made[4], state="withdrawn")
    refresh_suggestions()
    step_by_step = everything()
    Suggestion.objects.all().delete()
    Fingerprint.objects.all().delete()
    refresh_suggestions()
    assert everything() == step_by_step
    assert step_by_step


def test_batches_come_to_the_same_as_one_run() -> None:
    place = scenes.regency()
    made = [wish(place) for _ in range(5)]
    assert [refresh_suggestions(most=2, portions=2) for _ in range(3)] == [4, 1, 0]
    # What was read and not yet grouped is remembered, whatever cuts a run off.
    assert Touched.objects.count() == 0
    assert groups("same") == [[row.pk for row in made]]


def test_a_run_that_is_cut_off_is_taken_up_by_the_next() -> None:
    place = scenes.regency()
    made = [wish(place) for _ in range(3)]
    assert refresh_suggestions(portions=1) == 3
    assert (groups("same"), Touched.objects.count()) == ([], 2)
    assert refresh_suggestions(portions=1) == 0
    assert (groups("same"), Touched.objects.count()) == ([[row.pk for row in made]], 0)


def test_what_is_hidden_withdrawn_or_answered_leaves_and_comes_back() -> None:
    place = scenes.regency()
    one, two, three = wish(place), wish(place), wish(place)
    refresh_suggestions()
    for state in ("hidden", "withdrawn", "declined", "duplicate"):
        extra = {"duplicate_of": one} if state == "duplicate" else {}
        Proposal.objects.filter(pk=three.pk).update(state=state, **extra)
        assert refresh_suggestions() == 1
        assert groups("same") == [[one.pk, two.pk]]
        Proposal.objects.filter(pk=three.pk).update(state="published", duplicate_of=None)
        refresh_suggestions()
        assert groups("same") == [[one.pk, two.pk, three.pk]]


def test_a_group_of_which_one_is_left_is_gone() -> None:
    place = scenes.regency()
    one, _two = wish(place), wish(place)
    refresh_suggestions()
    change(one, state="withdrawn")
    refresh_suggestions()
    assert not Suggestion.objects.exists()


def test_a_group_that_went_into_a_programme_is_used_and_comes_back_when_taken_out() -> None:
    place = scenes.regency()
    by, one, two = programs.manager(place), wish(place), wish(place)
    refresh_suggestions()
    program = programs.draft(place, one, two, by=by)
    refresh_suggestions()
    assert set(Suggestion.objects.values_list("state", "program")) == {("used", program.pk)}
    for proposal in (one, two):
        links.unlink_proposal(program.links.get(proposal=proposal), by=by)
    refresh_suggestions()
    assert groups("like") == groups("same") == [[one.pk, two.pk]]
    assert Suggestion.objects.filter(state="used").count() == 2
    assert sorted(key[-2:] for key in Suggestion.objects.values_list("key", flat=True)) == [
        "#0",
        "#0",
        "#1",
        "#1",
    ]


def test_proposals_without_region_are_in_no_group_and_without_place_in_none_of_one_place() -> None:
    place = scenes.regency()
    scenes.published(place), scenes.published(place)
    assert refresh_suggestions() == 2
    assert not Suggestion.objects.exists()
    wish(place, ""), wish(place, "")
    refresh_suggestions()
    assert (len(groups("like")), groups("same")) == (1, [])


def test_place_is_read_from_the_text_where_no_line_names_it() -> None:
    place = scenes.regency()
    texts = [
        "Jalan rusak di Jl. Mawar RT 3/2, mohon diaspal kembali.",
        "Minta Jl. Mawar RT 03/02 diaspal, lubangnya dalam.",
    ]
    made = [wish(place, "", body=text) for text in texts]
    refresh_suggestions()
    assert groups("same") == [[row.pk for row in made]]


def test_without_a_theme_the_office_stands_for_it() -> None:
    place = scenes.regency()
    words = {
        "title": "Mohon perhatian untuk kampung",
        "body": "Kami berharap ada perhatian bagi lingkungan kami ini.",
    }
    made = [wish(place, **words) for _ in range(2)]
    refresh_suggestions()
    assert groups("same") == groups("like") == []
    for row in made:
        change(row, executing_unit=place.works)
    refresh_suggestions()
    assert (groups("same"), groups("like")) == ([[row.pk for row in made]], [])
    assert Suggestion.objects.get().why["theme"] == ""


def staff(place: Regency) -> Person:
    """Who judges."""
    return programs.manager(place)


def test_what_was_dropped_does_not_come_back_even_changed() -> None:
    place = scenes.regency()
    by, one, two, three = staff(place), wish(place), wish(place), wish(place)
    refresh_suggestions()
    for row in Suggestion.objects.all():
        drop_members(row, [three.code], by=by)
    change(three, body=f"{scenes.BODY} Tolong.")
    newer = wish(place)
    refresh_suggestions()
    assert groups("same") == groups("like") == [[one.pk, two.pk, newer.pk]]


def test_what_was_dropped_is_not_suggested_with_the_others_under_a_sharper_place() -> None:
    place = scenes.regency()
    by, one, two = staff(place), wish(place, "Kp. Tugu"), wish(place, "Kp. Tugu")
    third = wish(place, "Kp. Tugu")
    refresh_suggestions()
    drop_members(Suggestion.objects.get(kind="same"), [third.code], by=by)
    sharp = wish(place, "Kp. Tugu RT 09/09")
    refresh_suggestions()
    assert groups("same") == [[one.pk, two.pk, sharp.pk]]
    # The old row has nothing left but what was dropped, and keeps it.
    assert Suggestion.objects.get(kind="same", size=0).members.get().proposal_id == third.pk


def test_what_was_dismissed_does_not_come_back_but_others_make_a_new_group() -> None:
    place = scenes.regency()
    by = staff(place)
    wish(place), wish(place)
    refresh_suggestions()
    for row in Suggestion.objects.all():
        dismiss(row, reason=REASON, by=by)
    refresh_suggestions()
    third = wish(place)
    refresh_suggestions()
    assert groups("same") == groups("like") == []
    fourth = wish(place)
    refresh_suggestions()
    assert groups("same") == groups("like") == [[third.pk, fourth.pk]]
    assert Suggestion.objects.filter(state=SuggestionState.DISMISSED).count() == 2


def test_only_the_neighbourhoods_that_were_touched_are_reckoned(monkeypatch: pytest.MonkeyPatch) -> None:
    place = scenes.regency()
    wish(place), wish(place), lamp(place, "Kp. Lio"), lamp(place, "Kp. Lio")
    refresh_suggestions()
    seen: list[str] = []
    monkeypatch.setattr(find, "groups_near", lambda name: seen.append(name) or groups_near(name))
    change(Proposal.objects.order_by("pk")[0])  # but not what it says
    assert refresh_suggestions() == 1
    assert seen == []
    lamp(place, "Kp. Tugu")
    refresh_suggestions()
    assert seen == ["like:32.01.01:street_light", "same:32.01.01.2001:theme:street_light"]


def test_the_job_runs_so_many_portions_and_goes_on_the_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    place = scenes.regency()
    made = [wish(place) for _ in range(3)]
    monkeypatch.setattr(tasks, "MOST_PORTIONS", 1)
    tasks.find_suggestions(timestamp=1_800_000_000)
    assert groups("same") == []
    tasks.find_suggestions(timestamp=1_800_000_600)
    assert groups("same") == [[row.pk for row in made]]


def test_a_new_lexicon_is_read_with(monkeypatch: pytest.MonkeyPatch) -> None:
    place = scenes.regency()
    wish(place), wish(place)
    refresh_suggestions()
    monkeypatch.setattr(find, "version", lambda: "2other")
    assert refresh_suggestions() == 2
    assert refresh_suggestions() == 0
    assert Fingerprint.objects.filter(text_hash__startswith="2other").count() == 2
