"""Forms of a moderator's decisions, and the filters of the queue."""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import Any

from django import forms
from django.core.cache import caches
from django.db.models import Model, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.common import clock
from rembuk.engagement.models import Case
from rembuk.engagement.queue import QueueFilter
from rembuk.taxonomy import selectors as taxonomy
from rembuk.taxonomy.models import Category, ReasonCode
from rembuk.web.desk.acts import ActForm, ReasonForm
from rembuk.web.desk.unit_field import UnitField
from rembuk.web.proposals.filters import CHOICES_SECONDS, choices
from rembuk.workunits import selectors as workunits
from rembuk.workunits.models import WorkUnit

_DECIDES = (
    izin.PROPOSAL_MODERATE,
    izin.COMMENT_MODERATE,
    izin.PROPOSAL_ANSWER,
    izin.PROPOSAL_RELEASE,
    izin.SUBMISSION_MODERATE,
    izin.CONSULTATION_ANSWER,
)


class PublishForm(ActForm):
    """Publishing asks for nothing."""


class ReturnForm(ReasonForm):
    """What has to be mended."""

    use = ReasonCode.Use.RETURN
    message = forms.CharField(
        label=_("Message to the author"),
        max_length=5000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Say what to mend. Everybody can read it in the history."),
    )


class BulkReferForm(ActForm):
    """To which unit many are handed."""

    responsible = UnitField(
        label=_("Responsible work unit"),
        required=False,
        help_text=_("Leave it empty to hand each to the unit that is to carry it out."),
    )
    note = forms.CharField(
        label=_("Note to the work units"), max_length=5000, required=False, widget=forms.Textarea({"rows": 3})
    )


class RejectForm(ReasonForm):
    """Why it is not published."""

    use = ReasonCode.Use.REJECT
    message = forms.CharField(
        label=_("Explanation"),
        max_length=5000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Shown on its page in place of the text. The author may appeal once."),
    )


class KeepForm(ActForm):
    """Leaving reported or held content where it is; an explanation is welcome."""

    message = forms.CharField(
        label=_("Explanation"), max_length=2000, widget=forms.Textarea({"rows": 2}), required=False
    )


class HideContentForm(ReasonForm):
    """Why content is hidden."""

    use = ReasonCode.Use.HIDE
    message = forms.CharField(
        label=_("Explanation"),
        max_length=5000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Shown in place of the text."),
    )


class QueueForm(forms.Form):
    """What a moderator narrows the queue to."""

    hide_optional = True

    q = forms.CharField(label=_("Words or code"), max_length=200, required=False, widget=forms.SearchInput)
    jenis = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("All kinds")), *Case.Kind.choices], required=False
    )
    kategori = forms.ChoiceField(label=_("Category"), required=False)
    satuan = forms.ChoiceField(label=_("Work unit"), required=False)
    wilayah = forms.ChoiceField(label=_("Region"), required=False)
    diambil = forms.ChoiceField(
        label=_("Taken"),
        choices=[("", _("All")), ("free", _("Not taken yet")), ("mine", _("Taken by me"))],
        required=False,
    )
    lewat = forms.BooleanField(label=_("Overdue only"), required=False)

    def __init__(self, data: Any, *, by: Person) -> None:
        super().__init__(data)
        held = sorted({path for permission in _DECIDES for path in rights.paths(by, permission)})
        offers: dict[str, tuple[Any, Iterable[tuple[str, str]]]] = {
            "wilayah": (_("All regions"), choices("region")),
            "kategori": (_("All categories"), _kept("categories", _categories)),
            "satuan": (_("All work units"), _kept(f"units:{held}", lambda: _units_near(held))),
        }
        for name, (every, rows) in offers.items():
            field: Any = self.fields[name]
            field.choices = [("", every), *rows]

    def clean_satuan(self) -> WorkUnit | None:
        """The unit; the choices may be a minute older than its end."""
        return self._in_use("satuan", lambda code: workunits.active_units().filter(code=code))

    def clean_kategori(self) -> Category | None:
        """The category, as the unit."""
        return self._in_use("kategori", lambda slug: taxonomy.active_categories().filter(slug=slug))

    def _in_use[T: Model](self, name: str, rows: Callable[[str], QuerySet[T]]) -> T | None:
        wanted = self.cleaned_data[name]
        found = rows(wanted).first() if wanted else None
        if wanted and found is None:
            words = self.fields[name].error_messages["invalid_choice"]
            raise forms.ValidationError(words, code="invalid_choice", params={"value": wanted})
        return found

    def chosen(self) -> QueueFilter:
        """The filter; ask ``is_valid`` first."""
        kept = self.cleaned_data
        return QueueFilter(
            kinds=(kept["jenis"],) if kept["jenis"] else (),
            unit=kept["satuan"],
            claim=kept["diambil"],
            overdue_at=clock.now() if kept["lewat"] else None,
            words=kept["q"],
        )

    @property
    def region(self) -> str:
        """The code of the region chosen."""
        return str(self.cleaned_data["wilayah"])

    @property
    def category(self) -> Category | None:
        """The category chosen."""
        found: Category | None = self.cleaned_data["kategori"]
        return found


def _kept(name: str, make: Callable[[], list[tuple[str, str]]]) -> list[tuple[str, str]]:
    """The choices under a name in the reader's language, at most a minute old, as those of the public filters."""
    key = f"queue:{get_language()}:{sha256(name.encode()).hexdigest()}"
    rows: list[tuple[str, str]] | None = caches["memory"].get(key)
    if rows is None:
        rows = make()
        caches["memory"].set(key, rows, CHOICES_SECONDS)
    return rows


def _categories() -> list[tuple[str, str]]:
    return [(row.slug, str(row)) for row in taxonomy.active_categories()]


def _units_near(held: Sequence[str]) -> list[tuple[str, str]]:
    """The units of her rights, and those right below."""
    near = Q(path__in=held) | Q(parent__path__in=held)
    return list(workunits.active_units().filter(near).values_list("code", "name"))
