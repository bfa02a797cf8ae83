"""The tags and filters write what people here expect, in both languages, and bear absent values."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.db.models import TextChoices
from django.template import engines
from django.utils import timezone, translation

from rembuk.programs import states as programs
from rembuk.proposals import states as proposals
from rembuk.web.components import formats
from rembuk.web.components.icons import ICONS
from rembuk.web.components.words import KINDS

INSTANT = datetime(2026, 11, 24, 7, 5, tzinfo=UTC)
VALUES = {
    "n": 1234567,
    "f": 1234.5,
    "rp": 12_500_000,
    "m": 3_000_000_000,
    "day": date(2026, 5, 4),
    "at": INSTANT,
    "b": 2_400_000,
}


def shown(text: str, **context: object) -> str:
    """Render a scrap of template as pages do."""
    return str(engines["django"].from_string(text).render({**VALUES, **context}))


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("id", "{{ n|number }}", "1.234.567"),
        ("id", "{{ f|number:1 }}", "1.234,5"),
        ("id", "{{ rp|money }}", "Rp12.500.000"),
        ("id", "{{ rp|short_money }}", "Rp12,5 jt"),
        ("id", "{{ m|short_money }}", "Rp3 M"),
        ("id", "{{ rp|rupiah }}", "Rp12.500.000,00"),
        ("id", "{{ m|short_rupiah }}", '<abbr title="Rp3.000.000.000,00">Rp3 miliar</abbr>'),
        ("id", "{{ rp|short_rupiah }}", '<abbr title="Rp12.500.000,00">Rp12,5 juta</abbr>'),
        ("id", "{{ f|short_rupiah }}", "Rp1.234,50"),
        ("id", "{{ b|file_size }}", "2,4 MB"),
        ("id", "{{ day|day }}", '<time datetime="2026-05-04">4 Mei 2026</time>'),
        ("id", "{{ day|long_day }}", '<time datetime="2026-05-04">Senin, 4 Mei 2026</time>'),
        ("id", "{{ n|counted }}", "lebih dari 500"),
        ("en", "{{ n|number }}", "1,234,567"),
        ("en", "{{ m|short_money }}", "Rp3 bn"),
        ("en", "{{ rp|short_rupiah }}", '<abbr title="Rp12,500,000.00">Rp12.5 million</abbr>'),
        ("id", "{{ nothing|rupiah }}{{ nothing|short_rupiah }}", "––"),
        ("en", "{{ day|day }}", '<time datetime="2026-05-04">4 May 2026</time>'),
        ("id", "{{ nothing|number }}{{ nothing|money }}{{ nothing|moment }}{{ nothing|day }}", "––––"),
        ("id", "{% clock_tag nothing %}{% late_tag nothing %}", ""),
    ],
)
def test_value_is_written_as_the_language_does(language: str, text: str, expected: str) -> None:
    with translation.override(language):
        assert shown(text) == expected


def test_instant_is_written_with_the_zone_of_the_office() -> None:
    with translation.override("en"), timezone.override("Asia/Makassar"):
        assert "24 November 2026 at 15:05 WITA" in shown("{{ at|moment }}")


@pytest.mark.parametrize(
    ("days", "tone", "words"),
    [(-2, "bad", "2 working days overdue"), (0, "warn", "Due today"), (3, "mute", "3 working days left")],
)
def test_clock_tells_the_working_days(days: int, tone: str, words: str) -> None:
    with translation.override("en"):
        tag = shown("{% clock_tag days %}", days=days)
    assert f"tag-{tone}" in tag
    assert words in tag


@pytest.mark.parametrize("kind", KINDS)
def test_every_state_has_an_icon_and_a_word_of_its_own(kind: str) -> None:
    assert {word.icon for word in KINDS[kind].values()} <= set(ICONS)
    assert len({str(word.word) for word in KINDS[kind].values()}) == len(KINDS[kind])


@pytest.mark.parametrize(
    ("kind", "states"),
    [("proposal", proposals.State), ("program", programs.State), ("phase", programs.PhaseState)],
)
def test_state_is_called_on_a_tag_as_everywhere_else(kind: str, states: type[TextChoices]) -> None:
    assert {state: str(word.word) for state, word in KINDS[kind].items()} == {
        state.value: str(state.label) for state in states
    }


def test_what_is_remembered_is_told_in_each_language() -> None:
    at = datetime(2026, 5, 2, 18, tzinfo=UTC)
    told = {}
    for language in ("id", "en", "id", "en"):
        with translation.override(language):
            text = shown(
                '{% state_tag "proposal" "rejected" %}|{{ at|day }}|{{ n|comments_said }}', at=at, n=1204
            )
        assert told.setdefault(language, text) == text
    for language, words in (
        ("id", ("Tidak diterbitkan", "3 Mei 2026", "1.204 komentar")),
        ("en", ("Not published", "3 May 2026", "1,204 comments")),
    ):
        assert [word for word in words if word not in told[language]] == []


def test_a_day_is_that_of_the_office_whatever_was_told_before() -> None:
    late = datetime(2026, 5, 2, 18, tzinfo=UTC)
    with timezone.override("Asia/Jakarta"):
        assert "3 Mei 2026" in formats.day(late)
    with timezone.override("UTC"):
        assert "2 Mei 2026" in formats.day(late)


def test_state_tag_with_detail_says_the_whole_sentence() -> None:
    with translation.override("en"):
        assert "Kept for the year 2027" in shown('{% state_tag "proposal" "deferred" 2027 %}')


def test_words_of_a_person_are_escaped() -> None:
    assert "<script>" not in shown(
        "{% tag name %}{% office_badge name %}{% byline name %}{% notice title=name %}{% endnotice %}",
        name="<script>",
    )


class TwoFields(forms.Form):
    """One plain field and one group."""

    judul = forms.CharField()
    jenis = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)


def test_error_summary_links_to_the_fields() -> None:
    summary = shown("{% error_summary form %}", form=TwoFields({}))
    assert 'href="#id_judul"' in summary
    assert 'href="#id_jenis_0"' in summary


def test_error_summary_without_errors_is_empty() -> None:
    assert shown("{% error_summary form %}", form=TwoFields({"judul": "x", "jenis": "a"})).strip() == ""


def test_field_joins_help_and_error_to_its_input() -> None:
    field = forms.CharField(help_text="Contoh")
    form = type("Sample", (forms.Form,), {"judul": field})({})
    text = shown("{{ form.judul.as_field_group }}", form=form)
    assert 'aria-describedby="id_judul_helptext id_judul_error"' in text
    assert 'id="id_judul_helptext"' in text
    assert 'id="id_judul_error"' in text


def test_instant_in_a_zone_of_its_own_names_that_zone() -> None:
    at = datetime(2026, 11, 24, 8, 5, 7, 9, tzinfo=UTC)
    assert formats.moment_in(at, "WITA") == (
        '<time datetime="2026-11-24T16:05+08:00">24 November 2026 pukul 16.05 WITA</time>'
    )
    with translation.override("en"):
        assert formats.moment_in(at, "WITA") == (
            '<time datetime="2026-11-24T16:05+08:00">24 November 2026 at 16:05 WITA</time>'
        )
    assert formats.moment_in(at, "WIT") == (
        '<time datetime="2026-11-24T17:05+09:00">24 November 2026 pukul 17.05 WIT</time>'
    )
    assert formats.moment_in(None, "WIT") == "–"
