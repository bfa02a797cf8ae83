"""The fields of filters are the same, kept or not; what somebody typed is shown to nobody else."""

from django import forms
from django.http import QueryDict

from rembuk.web.lists import kept_form


class _Filters(forms.Form):
    q = forms.CharField(label="Kata", required=False)
    kind = forms.ChoiceField(choices=[("", "Semua"), ("a", "Air"), ("j", "Jalan")], required=False)
    late = forms.BooleanField(required=False)


def _shown(query: str) -> tuple[str, str]:
    form = _Filters(QueryDict(query))
    return str(kept_form("test_lists", form)), str(_Filters(QueryDict(query)))


def test_fields_are_those_of_the_form() -> None:
    for query in ("", "kind=a", "kind=j", "kind=a&q=jalan", "q=jalan", "late=on", "kind=a"):
        kept, plain = _shown(query)
        assert kept == plain, query


def test_words_of_one_reader_are_not_shown_to_another() -> None:
    assert "rahasia" in _shown("kind=a&q=rahasia")[0]
    assert "rahasia" not in _shown("kind=a")[0]
    assert "rahasia" not in _shown("kind=a&q=lain")[0]


def test_a_choice_of_none_says_what_must_be_mended() -> None:
    kept, plain = _shown("kind=x&q=jalan")
    assert kept == plain
    assert 'class="errors"' in kept
