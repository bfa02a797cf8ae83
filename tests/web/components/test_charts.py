"""Charts are pictures with words: shares right, patterns of their own, a table beside, nothing the CSP refuses."""

import re

from django.template import Context, Template

from rembuk.web.components.plots.charts import bars, stacked

SERIES = [
    {"label": "Setuju", "tone": "ok", "pattern": ""},
    {"label": "Dengan catatan", "tone": "warn", "pattern": "lines"},
    {"label": "Tidak setuju", "tone": "bad", "pattern": "dots"},
]


def _stack(*rows: dict[str, object]) -> dict[str, object]:
    return {"id": "sikap", "title": "Sikap", "series": SERIES, "rows": list(rows)}


def test_stacked_row_draws_parts_in_percent_with_words_and_patterns() -> None:
    (row,) = stacked(_stack({"label": "Pasal 1", "counts": [5, 3, 2]}))["drawn"]

    svg = str(row["svg"])
    assert row["total"] == 10
    assert re.findall(r'x="([\d.]+)%" width="([\d.]+)%"', svg) == [
        ("0", "50"),
        ("50", "30"),
        ("50", "30"),
        ("80", "20"),
        ("80", "20"),
    ]
    assert "Setuju 5 (50%), Dengan catatan 3 (30%), Tidak setuju 2 (20%); dari 10" in svg
    assert 'role="img"' in svg
    assert "url(#sikap-lines)" in svg


def test_stacked_row_without_answers_says_so() -> None:
    (row,) = stacked(_stack({"label": "Pasal 1", "counts": [0, 0, 0]}))["drawn"]

    assert "Belum ada" in str(row["svg"])


def test_stacked_table_has_every_figure_with_its_share_and_total() -> None:
    table = stacked(_stack({"label": "Pasal 1", "counts": [5, 3, 2], "url": "/butir/1/"}))["table"]

    assert table["rows"] == [
        [{"value": "Pasal 1", "url": "/butir/1/"}, "5 (50%)", "3 (30%)", "2 (20%)", "10"]
    ]


def test_bars_are_shares_of_the_whole_given() -> None:
    chart = bars({"id": "x", "title": "T", "rows": [{"label": "Ya", "value": 3}], "whole": 8})

    assert chart["table"]["rows"] == [["Ya", "3", "38%"]]
    assert "Ya: 3 dari 8 (38%)" in str(chart["drawn"][0]["svg"])


def test_bars_of_nothing_do_not_divide_by_zero() -> None:
    chart = bars({"id": "x", "title": "T", "rows": [{"label": "Ya", "value": 0}], "whole": 0})

    assert chart["table"]["rows"] == [["Ya", "0", "0%"]]


def test_hostile_labels_are_escaped_and_no_style_is_written() -> None:
    chart = _stack({"label": '<script>"&', "counts": [1, 0, 0]})

    html = Template("{% stacked_bars chart %}").render(Context({"chart": chart}))

    assert "<script>" not in html
    assert "style=" not in html
