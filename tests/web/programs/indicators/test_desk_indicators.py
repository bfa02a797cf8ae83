"""The desk of indicators: defining them without script, reporting values, nothing typed lost, who gets in."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from rembuk.accounts.models import Person
from rembuk.programs.models import Indicator, IndicatorValue, Program
from tests import money_scenes as money
from tests import people, scenes
from tests import program_scenes as programs
from tests.program_scenes import REASON
from tests.scenes import Regency

pytestmark = pytest.mark.django_db
WORDS = {
    "name": "Panjang jalan yang diperkeras",
    "measure": "km",
    "level": "output",
    "direction": "up",
    "baseline": "1.200,5",
    "source": "Dinas PU",
}


def world(client: Client, *, is_public: bool = False) -> tuple[Program, Person, Regency]:
    """A programme whose manager is signed in."""
    place = scenes.regency()
    by = programs.manager(place)
    client.force_login(by)
    return (programs.published(place, by=by) if is_public else programs.draft(place, by=by)), by, place


def url(name: str, *args: object) -> str:
    """An address of the desk."""
    return reverse(f"desk_programs:{name}", args=args)


def rows(*periods: tuple[object, object, object, object]) -> dict[str, str]:
    """The rows of the form: key, period, last day, target."""
    names = ("key", "period", "ends_on", "target")
    return {
        f"{name}_{number}": str(value)
        for number, period in enumerate(periods, 1)
        for name, value in zip(names, period, strict=True)
    }


FIRST = ("", "Triwulan I 2027", "2027-03-31", "2,5")
EMPTY = ("", "", "", "")


def test_indicator_is_defined_with_rows_left_empty(client: Client) -> None:
    program, _by, _place = world(client)
    assert url("indicator_new", program.code) in client.get(url("indicators", program.code)).content.decode()
    assert 'name="period_4"' in client.get(url("indicator_new", program.code)).content.decode()
    data = {**WORDS, **rows(EMPTY, FIRST, EMPTY), "step": "save"}
    assert client.post(url("indicator_new", program.code), data).status_code == 303
    indicator = Indicator.objects.get()
    assert (indicator.baseline, indicator.measure) == (Decimal("1200.5"), "km")
    assert list(indicator.values.values_list("period", "target")) == [("Triwulan I 2027", Decimal("2.5"))]
    listed = client.get(url("indicators", program.code)).content.decode()
    assert "1.200,5" in listed


def test_more_rows_keep_everything_typed_and_say_nothing_of_what_is_missing(client: Client) -> None:
    program, _by, _place = world(client, is_public=True)
    typed = {**WORDS, "measure": "", **rows(FIRST), "reason": "belum selesai", "step": "more"}
    shown = client.post(url("indicator_new", program.code), typed)
    text = shown.content.decode()
    assert shown.status_code == 200
    assert 'value="Triwulan I 2027"' in text
    assert 'value="2,5"' in text
    assert "belum selesai</textarea>" in text
    assert 'name="period_5"' in text
    assert 'role="alert"' not in text
    assert not Indicator.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"baseline": "12.5"}, "baseline"),
        (rows(("", "TW I", "", "2,5")), "ends_on_1"),
        (rows(("", "TW I", "2027-03-31", "banyak")), "target_1"),
        (rows(EMPTY, ("", "TW I", "2027-03-31", "0,00001")), "target_2"),
        (rows(FIRST, EMPTY, ("", "TW II", "2027-03-31", "3")), "ends_on_3"),
        (rows(EMPTY), "target_1"),
    ],
)
def test_wrong_indicator_comes_back_with_the_fault_in_its_row(
    client: Client, typed: dict[str, str], field: str
) -> None:
    program, _by, _place = world(client)
    refused = client.post(url("indicator_new", program.code), {**WORDS, **rows(FIRST), **typed})
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == [field]
    assert 'value="km"' in refused.content.decode()
    assert not Indicator.objects.exists()


def test_published_targets_are_revised_with_a_reason(client: Client) -> None:
    program, by, _place = world(client, is_public=True)
    indicator = money.measured(program, by)
    page = url("indicator", program.code, 1)
    keys = list(indicator.values.values_list("pk", flat=True))
    shown = client.get(page).content.decode()
    assert f'name="key_1" value="{keys[0]}"' in shown
    typed = {
        **WORDS,
        "name": indicator.name,
        "baseline": "1,2",
        "source": indicator.source,
        **rows(
            (keys[0], "Triwulan I 2027", "2027-03-31", "2"), (keys[1], "Triwulan II 2027", "2027-06-30", "5")
        ),
    }
    short = client.post(page, {**typed, "reason": "pendek"})
    assert (short.status_code, "pendek</textarea>" in short.content.decode()) == (422, True)
    without = {**typed, **rows((keys[0], "Triwulan I 2027", "2027-03-31", "2"), (keys[1], "", "", ""))}
    assert client.post(page, {**without, "reason": REASON}).status_code == 422
    assert client.post(page, {**typed, "reason": REASON}).status_code == 303
    assert [row["new"] for row in program.revisions.get(number=2).changes] == ["2"]
    assert IndicatorValue.objects.get(pk=keys[0]).first_target == Decimal("2.5")


def test_values_are_reported_with_source_and_missing_ones_shown_as_missing(client: Client) -> None:
    program, by, _place = world(client, is_public=True)
    indicator = money.measured(program, by)
    first, second = indicator.values.values_list("pk", flat=True)
    page = url("actuals", program.code, 1)
    empty = {f"actual_{second}": "", f"source_{second}": ""}
    refused = client.post(page, {f"actual_{first}": "2,4", f"source_{first}": "", **empty})
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == [f"source_{first}"]
    assert 'value="2,4"' in refused.content.decode()
    assert client.post(page, {f"actual_{first}": "dua", f"source_{first}": "BA", **empty}).status_code == 422
    assert client.post(page, {f"actual_{first}": "2,4", f"source_{first}": "BA", **empty}).status_code == 303
    same = client.post(page, {f"actual_{first}": "2,4", f"source_{first}": "BA", **empty})
    assert same.status_code == 422
    listed = client.get(url("indicators", program.code))
    (row,) = listed.context["rows"]
    assert [cells[4:6] for cells in row["table"]["rows"]] == [
        ["2,4", "96,00%"],
        [row["table"]["rows"][1][4], "–"],
    ]
    assert row["measure"].periods[1].actual is None


def test_indicator_leaves_a_draft_after_a_question(client: Client) -> None:
    program, by, _place = world(client)
    money.measured(program, by)
    page = url("indicator_remove", program.code, 1)
    asked = client.get(page)
    assert (asked.status_code, Indicator.objects.get().name in asked.content.decode()) == (200, True)
    assert client.post(page).status_code == 303
    assert not Indicator.objects.exists()


def test_pages_of_indicators_stay_shut_outside_of_the_units(client: Client) -> None:
    program, by, place = world(client)
    money.measured(program, by)
    client.force_login(people.staff("program-manager", place.health))
    for name in ("indicators", "indicator_new"):
        assert client.get(url(name, program.code)).status_code == 404
    for name in ("indicator", "indicator_remove", "actuals"):
        assert client.post(url(name, program.code, 1)).status_code == 404
    client.force_login(people.staff("auditor", place.root))
    read = client.get(url("indicators", program.code)).content.decode()
    assert "Triwulan I 2027" in read
    assert url("actuals", program.code, 1) not in read
    assert client.get(url("indicator", program.code, 9)).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_the_same_number_of_queries(
    count: int, client: Client, django_assert_num_queries: object
) -> None:
    program, by, _place = world(client)
    for number in range(count):
        money.measured(program, by, name=f"Indikator {number}")
    client.get(url("indicators", program.code))
    with django_assert_num_queries(6):  # type: ignore[operator]
        assert len(client.get(url("indicators", program.code)).context["rows"]) == count


def test_unknown_indicator_is_not_found(client: Client) -> None:
    program, _by, _place = world(client)
    assert client.get(url("indicator", program.code, 9)).status_code == 404
