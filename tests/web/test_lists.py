"""The fields of filters are the same, kept or not; what somebody typed is shown to nobody else."""

import copy

import pytest
from django import forms
from django.http import QueryDict
from django_filters.fields import ChoiceField

from rembuk.web.lists import Offer, kept_form, mark_of


class _Filters(forms.Form):
    q = forms.CharField(label="Kata", required=False)
    kind = forms.ChoiceField(choices=[("", "Semua"), ("a", "Air"), ("j", "Jalan")], required=False)
    late = forms.BooleanField(required=False)


class _Many(forms.Form):
    unit = forms.ChoiceField(required=False)


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


def test_only_what_is_written_has_a_counter_of_characters() -> None:
    class Form(forms.Form):
        title = forms.CharField(max_length=120)
        q = forms.CharField(max_length=200, widget=forms.TextInput(attrs={"type": "search"}))

    form = Form()
    assert 'data-count="120"' in form["title"].as_field_group()
    assert "data-count" not in form["q"].as_field_group()


def test_a_choice_of_none_says_what_must_be_mended() -> None:
    kept, plain = _shown("kind=x&q=jalan")
    assert kept == plain
    assert 'class="errors"' in kept


def test_an_offer_is_shared_by_forms_and_known_by_its_mark() -> None:
    offer = Offer([("a", "Dinas Air"), ("j", "Dinas Jalan")])
    assert copy.deepcopy({"choices": offer})["choices"] is offer
    assert (list(offer), len(offer)) == ([("a", "Dinas Air"), ("j", "Dinas Jalan")], 2)
    assert mark_of(offer) == Offer(iter(offer)).mark != Offer([("a", "Dinas Air")]).mark
    assert mark_of([("a", "Air")]) == [("a", "Air")]


@pytest.mark.parametrize("query", ["", "unit=j"])
def test_another_offer_is_another_form(query: str) -> None:
    shown = []
    for words in ("Dinas Jalan", "Dinas Jalan dan Jembatan"):
        form = _Many(QueryDict(query))
        form.fields["unit"].choices = Offer([("", "Semua"), ("j", words)])  # type: ignore[attr-defined]
        shown.append(str(kept_form("test_many", form)))
    assert "Dinas Jalan<" in shown[0]
    assert "Dinas Jalan dan Jembatan" in shown[1]


def test_filters_of_lists_are_kept_by_the_mark_of_what_they_offer() -> None:
    field = ChoiceField(choices=Offer([("j", "Dinas Jalan")]), empty_label="Semua")
    assert list(field.choices) == [("", "Semua"), ("j", "Dinas Jalan")]
    assert mark_of(field.choices) == Offer([("j", "Dinas Jalan")]).mark
    assert field.clean("j") == "j"
    with pytest.raises(forms.ValidationError):
        field.clean("x")
