"""Forms of ratings and answers about milestones, of rounds, and of a moderator's act. Rules are the actions'."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.accounts.models import Person
from rembuk.common.clock import last_instant
from rembuk.common.codes import read_uuid
from rembuk.files.models import FileKind, StoredFile
from rembuk.programs.actions.voices.rounds import Terms
from rembuk.programs.choices import Finished
from rembuk.programs.evaluation.elements import OF
from rembuk.programs.models import Milestone, Rating, Round, Witness
from rembuk.regions.models import Region
from rembuk.siteconfig.selectors import current
from rembuk.taxonomy.models import ReasonCode
from rembuk.taxonomy.selectors import reasons
from rembuk.web.engagement.forms import PlainText, ReasonField
from rembuk.web.programs.steering.forms import DayField

PURPOSE = "witness"
MOST_USERS = 300_000_000


class RatingForm(forms.Form):
    """A question for each element of the round, the person's region if she wants, and a remark for the office."""

    def __init__(self, *args: Any, found: Round, regions: Sequence[Region], **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.elements = OF[found.survey]
        self.by_code = {region.code: region for region in regions}
        for element in self.elements:
            self.fields[element.code] = forms.TypedChoiceField(
                label=str(element.question),
                choices=list(enumerate(element.answers, 1)),
                coerce=int,
                widget=forms.RadioSelect,
            )
        if regions:
            self.fields["region"] = forms.ChoiceField(
                label=_("Where do you live?"),
                required=False,
                choices=[("", _("I would rather not say")), *((r.code, r.name) for r in regions)],
                help_text=_("Results are shown by region, never of fewer than five people."),
            )
        self.fields["remark"] = PlainText(
            label=_("What do you want to tell the office?"),
            required=False,
            max_length=1000,
            widget=forms.Textarea({"rows": 4}),
            help_text=_("Only staff of the office read it, without your name."),
        )

    @staticmethod
    def initial_of(rating: Rating | None) -> dict[str, Any]:
        """What the person gave before."""
        if rating is None:
            return {}
        return {**rating.scores, "region": rating.region_id or "", "remark": rating.remark}

    @property
    def scores(self) -> dict[str, int]:
        """The scores given, of a valid form."""
        return {element.code: self.cleaned_data[element.code] for element in self.elements}

    @property
    def region(self) -> Region | None:
        """The region chosen, of a valid form."""
        return self.by_code.get(self.cleaned_data.get("region", ""))


class WitnessForm(forms.Form):
    """Yes, partly or not yet; a remark and a picture if she wants. ``claim`` is the one the page was about."""

    claim = forms.IntegerField(min_value=1, max_value=32_000, widget=forms.HiddenInput)
    value = forms.ChoiceField(label=_("Is this finished?"), choices=Finished, widget=forms.RadioSelect)
    remark = PlainText(
        label=_("What do you see?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Everybody can read it, with your name."),
    )
    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        widget=forms.FileInput({"accept": "image/*"}),
        help_text=_(
            "JPEG, PNG or WebP, at most 10 MB. Position data is removed. Only show people who agreed; everybody "
            "can see it."
        ),
    )
    kept = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)
    remove = forms.BooleanField(label=_("Take the picture away"), required=False)

    def __init__(self, *args: Any, milestone: Milestone, mine: Witness | None, **kwargs: Any) -> None:
        kwargs["initial"] = {"claim": milestone.claims, **_said(mine), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.mine = mine
        self.stored: StoredFile | None = mine.picture if mine else None
        if self.stored is None:
            del self.fields["remove"]

    def recall(self, by: Person) -> None:
        """Find the picture she sent with an earlier try and that no answer has yet."""
        key = read_uuid(self.data.get("kept", ""))
        if key is not None:
            mine = StoredFile.objects.filter(
                public_id=key, uploaded_by_id=by.pk, purpose=PURPOSE, kind=FileKind.PICTURE
            )
            taken = Witness.objects.filter(picture__in=mine).exclude(pk=self.mine.pk if self.mine else 0)
            self.stored = (None if taken.exists() else mine.first()) or self.stored

    def keep(self, stored: StoredFile) -> None:
        """Hold a picture that was just stored, also over a form that has to be mended."""
        self.stored = stored
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data["kept"] = str(stored.public_id)
        self.data = data

    @property
    def picture_to_keep(self) -> StoredFile | None:
        """The picture of the answer: the new one, the one there was, or none where it is taken away."""
        has_new = "picture" in self.files or bool(self.data.get("kept"))
        return None if self.cleaned_data.get("remove") and not has_new else self.stored


class RoundForm(forms.Form):
    """Until when a round is open; of a public service, how many people used it."""

    closes_on = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("It closes at the end of this day. Without one it is open until you close it."),
    )
    population = forms.IntegerField(
        label=_("How many people used the service?"),
        required=False,
        min_value=1,
        max_value=MOST_USERS,
        help_text=_("For the hint how many should answer, after the table of the regulation."),
    )

    def __init__(self, *args: Any, is_skm: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_skm:
            del self.fields["population"]

    @property
    def terms(self) -> Terms:
        """What was chosen: the end of the last day where the office is."""
        day = self.cleaned_data.get("closes_on")
        closes = last_instant(day, current().tz) if day else None
        return Terms(closes_at=closes, population=self.cleaned_data.get("population"))


class HideForm(forms.Form):
    """Why what somebody said is hidden; everybody can read it."""

    reason = ReasonField(label=_("Reason"))
    explanation = PlainText(
        label=_("Explanation"),
        help_text=_("Its author and everybody else can read it. At least 20 characters."),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].queryset = reasons(ReasonCode.Use.HIDE)  # type: ignore[attr-defined]


class ShowAgainForm(forms.Form):
    """Why it is shown again."""

    explanation = PlainText(
        label=_("Explanation to the author"),
        help_text=_("At least 20 characters."),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )


def _said(mine: Witness | None) -> Mapping[str, Any]:
    return {"value": mine.value, "remark": mine.remark} if mine else {}
