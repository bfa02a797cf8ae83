"""The forms of categories: one of them, merging two, and what is set for several."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.management.facts import CategoryFacts
from rembuk.taxonomy.models import Category
from rembuk.taxonomy.selectors import active_categories
from rembuk.web.components.topics import TOPICS
from rembuk.web.desk.unit_field import UnitField, written
from rembuk.web.management.fields import ManagedForm, ReasonForm, TreeField, check_reserved

RESERVED = ("baru", "massal")


def _answer_days() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Working days for the official answer"),
        min_value=5,
        max_value=250,
        required=False,
        help_text=_("Empty: as set for the whole site."),
    )


class IconPicker(forms.RadioSelect):
    """The icons of topics, as pictures; what each stands for is for those who point at one or hear it."""

    template_name = "management/lists/icons.html"


class CategoryForm(ManagedForm):
    """What is said of a category, in both languages."""

    sections = (
        (_("Name"), ("name", "name_en", "slug", "description")),
        (_("Place and use"), ("parent", "is_open", "default_unit", "answer_days")),
        (_("Picture"), ("icon",)),
    )

    name = forms.CharField(label=_("Name in Indonesian"), max_length=150)
    name_en = forms.CharField(label=_("Name in English"), max_length=150)
    slug = forms.SlugField(
        label=_("Short name in addresses"),
        max_length=60,
        help_text=_(
            "Lower-case letters, digits and hyphens, for example jalan-dan-jembatan. Old addresses lead on to a new one."
        ),
    )
    description = forms.CharField(label=_("What belongs to it"), max_length=300, required=False)
    icon = forms.ChoiceField(label=_("Icon"), choices=list(TOPICS.items()), widget=IconPicker)
    parent = TreeField(
        label=_("Hangs below"),
        queryset=Category.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("Nothing: it stands at the top"),
    )
    is_open = forms.BooleanField(
        label=_("Citizens may choose it"),
        required=False,
        help_text=_("Without this it is for proposals that came with a planning sheet only."),
    )
    default_unit = UnitField(label=_("Work unit usually in charge"), required=False)
    answer_days = _answer_days()

    def __init__(self, *args: Any, category: Category | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial={**_initial(category), **kwargs.pop("initial", {})}, **kwargs)
        if category and category.icon not in TOPICS:
            self.field("icon").choices = [(category.icon, _("The icon it has now")), *TOPICS.items()]
        self.field("parent").queryset = _apart_from(category) if category else active_categories()

    def clean_slug(self) -> str:
        """Lower case, and no word of the addresses here."""
        return check_reserved(self.cleaned_data["slug"].lower(), RESERVED)

    def facts(self) -> CategoryFacts:
        """What was entered."""
        return CategoryFacts(**self.cleaned_data)


class MergeForm(ReasonForm):
    """Into which category, and why."""

    field_order = ("into", "reason")

    into = TreeField(
        label=_("Merge into"),
        queryset=Category.objects.none(),
        to_field_name="slug",
        empty_label=_("Choose a category"),
    )

    def __init__(self, *args: Any, category: Category, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("into").queryset = _apart_from(category)


class ManyUnitForm(ManagedForm):
    """The work unit for several categories."""

    default_unit = UnitField(label=_("Work unit usually in charge"), required=False)


class ManyDaysForm(ManagedForm):
    """The deadline for several categories."""

    answer_days = _answer_days()


def _apart_from(category: Category) -> Any:
    """Categories in use, without this one and what hangs below it."""
    return active_categories().exclude(path__startswith=category.path)


def _initial(category: Category | None) -> dict[str, Any]:
    if category is None:
        return {"icon": "tag", "is_open": True}
    return {
        **{
            name: getattr(category, name)
            for name in ("name", "name_en", "slug", "description", "icon", "is_open")
        },
        "parent": category.parent.slug if category.parent else "",
        "default_unit": written(category.default_unit) if category.default_unit else "",
        "answer_days": category.answer_days,
    }
