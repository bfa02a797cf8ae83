"""Curves and plans in time: places right, told apart without colour, read out, a table beside, nothing the CSP refuses."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Template

from rembuk.web.components.formats import percent
from rembuk.web.components.plots import axes
from rembuk.web.components.plots.curves import MOST_MARKS, curve
from rembuk.web.components.plots.gantt import gantt

DAYS = [date(2027, 1, 1), date(2027, 1, 26), date(2027, 4, 11)]
TODAY = date(2027, 1, 26)


def _chart(**fields: Any) -> dict[str, Any]:
    return {
        "id": "kurva",
        "title": "Kemajuan",
        "words": "Rencana 100 persen, nyata 25 persen.",
        "days": DAYS,
        "series": [
            {"label": "Rencana awal", "look": "first", "values": [Decimal(0), Decimal(50), Decimal(100)]},
            {"label": "Rencana kini", "look": "plan", "values": [Decimal(0), Decimal(40), Decimal(100)]},
            {"label": "Nyata", "look": "actual", "values": [Decimal(0), Decimal(25), None]},
        ],
        "write": percent,
        "today": TODAY,
        **fields,
    }


def test_lines_stand_where_day_and_value_say() -> None:
    svg = str(curve(_chart())["svg"])
    assert '<polyline class="curve-line curve-first" points="0,100 25,50 100,0"/>' in svg
    assert '<polyline class="curve-line curve-plan" points="0,100 25,60 100,0"/>' in svg
    assert '<polyline class="curve-line curve-actual" points="0,100 25,75"/>' in svg


def test_only_what_happened_has_marks_and_a_missing_value_none() -> None:
    svg = str(curve(_chart())["svg"])
    assert re.findall(r'cx="([\d.]+)%" cy="([\d.]+)%"', svg) == [("0", "100"), ("25", "75")]


def test_line_breaks_where_a_value_is_missing() -> None:
    series = [{"label": "Nyata", "look": "actual", "values": [Decimal(10), None, Decimal(30)]}]
    svg = str(curve(_chart(series=series))["svg"])
    assert "polyline" not in svg
    assert svg.count("curve-mark") == 2


def test_many_points_keep_the_last_mark_only() -> None:
    days = [date.fromordinal(DAYS[0].toordinal() + number) for number in range(MOST_MARKS + 1)]
    series = [{"label": "Nyata", "look": "actual", "values": [Decimal(1)] * len(days)}]
    assert str(curve(_chart(days=days, series=series))["svg"]).count("curve-mark") == 1


def test_picture_is_read_out_and_its_table_has_every_figure() -> None:
    made = curve(_chart())
    svg = str(made["svg"])
    assert 'role="img" aria-labelledby="kurva-t kurva-d"' in svg
    assert '<title id="kurva-t">Kemajuan</title>' in svg
    assert '<desc id="kurva-d">Rencana 100 persen, nyata 25 persen.</desc>' in svg
    assert [row[1:] for row in made["table"]["rows"]] == [
        ["0%", "0%", "0%"],
        ["50%", "40%", "25%"],
        ["100%", "100%", "–"],
    ]


def test_today_stands_only_between_the_first_and_the_last_day() -> None:
    assert 'class="curve-today" x1="25%"' in str(curve(_chart())["svg"])
    assert "curve-today" not in str(curve(_chart(today=date(2028, 1, 1)))["svg"])


def test_hostile_words_are_escaped_and_no_style_is_written() -> None:
    evil = '<script>"&'
    chart = _chart(title=evil, words=evil, series=[{"label": evil, "look": "plan", "values": [None] * 3}])
    html = Template("{% curve chart %}").render(Context({"chart": chart}))
    assert "<script>" not in html
    assert "style=" not in html


def test_curve_of_nothing_is_drawn_without_a_fault() -> None:
    assert "<svg" in str(curve(_chart(days=[], series=[]))["svg"])


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["0", "100"], ["0", "25", "50", "75", "100"]),
        (["3"], ["0", "1", "2", "3"]),
        ([None, "7"], ["0", "2", "4", "6", "8"]),
        (["-4", "6"], ["-5", "-2.5", "0", "2.5", "5", "7.5"]),
        (["0"], ["0", "25", "50", "75", "100"]),
        ([], ["0", "25", "50", "75", "100"]),
        (["1234567890.55"], ["0", "500000000", "1000000000", "1500000000"]),
    ],
)
def test_axis_holds_all_values_in_round_steps(values: list[str | None], expected: list[str]) -> None:
    found = axes.steps(Decimal(value) if value else None for value in values)
    assert found == [Decimal(value) for value in expected]


def test_axis_without_a_floor_begins_near_the_smallest_value() -> None:
    found = axes.steps([Decimal(60), Decimal(68)], floor=None)
    assert found == [Decimal(value) for value in (60, 62, 64, 66, 68)]


def test_days_outside_of_the_chart_stand_at_its_ends() -> None:
    assert axes.across(date(2026, 1, 1), DAYS[0], DAYS[-1]) == 0
    assert axes.across(date(2028, 1, 1), DAYS[0], DAYS[-1]) == 100
    assert axes.across(DAYS[0], DAYS[0], DAYS[0]) == 0
    assert axes.upward(Decimal(1), Decimal(1), Decimal(1)) == 100


def test_labels_below_stand_apart_and_hold_both_ends() -> None:
    days = [date.fromordinal(DAYS[0].toordinal() + number) for number in range(31)]
    assert axes.shown_days(days) == [days[0], days[12], days[30]]
    assert axes.shown_days(days[:1]) == days[:1]


def _plan(**fields: Any) -> dict[str, Any]:
    rows = [
        {
            "label": "Pelaksanaan",
            "planned": (date(2027, 1, 1), date(2027, 4, 11)),
            "first": (date(2027, 1, 1), date(2027, 2, 20)),
            "actual": (date(2027, 1, 26), None),
            "state": "Berjalan",
        },
        {
            "label": "Survei",
            "depth": 1,
            "planned": (date(2027, 1, 1), date(2027, 1, 26)),
            "first": (date(2027, 1, 1), date(2027, 1, 26)),
        },
    ]
    return {"title": "Jadwal", "rows": rows, "today": date(2027, 2, 20), **fields}


def test_plan_draws_planned_first_and_actual_in_their_places() -> None:
    first, second = gantt(_plan())["drawn"]
    svg = str(first["svg"])
    assert '<rect class="gantt-planned" x="0%" width="100%"' in svg
    assert '<line class="gantt-first" x1="0%" x2="50%"' in svg
    assert '<rect class="gantt-actual" x="25%" width="25%"' in svg
    assert "gantt-first" not in str(second["svg"]), "a first plan that still holds is not drawn twice"
    assert "gantt-actual" not in str(second["svg"])


def test_plan_is_read_out_in_words_and_stands_in_a_table() -> None:
    made = gantt(_plan())
    assert 'aria-label="Pelaksanaan: rencana 1 Jan 2027 – 11 Apr 2027, rencana awal ' in str(
        made["drawn"][0]["svg"]
    )
    assert made["table"]["rows"][0] == [
        "Pelaksanaan",
        "Berjalan",
        "1 Jan 2027 – 11 Apr 2027",
        "1 Jan 2027 – 20 Feb 2027",
        "26 Jan 2027 – sekarang",
    ]
    assert made["table"]["rows"][1][4] == "–"


def test_plan_without_dates_and_with_hostile_words_is_drawn_safely() -> None:
    rows = [{"label": '<script>"&', "planned": (None, None), "state": "<b>"}]
    html = Template("{% gantt chart %}").render(Context({"chart": _plan(rows=rows)}))
    assert "<script>" not in html
    assert "<b>" not in html
    assert "style=" not in html
