"""The forms of settings, page texts, holidays, reasons and text templates."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.management.facts import PageWords
from rembuk.siteconfig.keys import ENTRIES, Entry, SiteSettings
from rembuk.web.management.fields import ManagedForm

GROUPS = (
    (_("The site"), ("site_name", "tagline", "office_name", "work_unit_term", "zone", "accent")),
    (
        _("Contact"),
        (
            "contact_email",
            "contact_phone",
            "contact_address",
            "ppid_name",
            "ppid_email",
            "ppid_phone",
            "privacy_contact",
        ),
    ),
    (
        _("Moderation and deadlines"),
        (
            "proposal_moderation",
            "comment_moderation",
            "submission_moderation",
            "moderation_days",
            "answer_days",
            "objection_days",
            "consultation_second_person",
            "matrix_second_person",
            "matrix_days",
            "matrix_objection_days",
            "new_account_days",
            "max_comment_length",
        ),
    ),
    (
        _("Work programmes: late and critical"),
        ("late_points", "critical_points", "critical_until", "critical_points_after"),
    ),
    (
        _("Accounts, mail and log"),
        (
            "registration_open",
            "staff_two_factor",
            "staff_two_factor_days",
            "mails_per_hour",
            "log_keep_days",
        ),
    ),
)


class SettingsForm(ManagedForm):
    """All settings, made from their closed list; what may be entered is checked by the action."""

    hide_optional = True

    def __init__(self, *args: Any, now: SiteSettings, **kwargs: Any) -> None:
        initial = {key: getattr(now, key) for key in ENTRIES}
        super().__init__(*args, initial=initial, **kwargs)
        for _title, keys in GROUPS:
            for key in keys:
                self.fields[key] = _field(ENTRIES[key], getattr(now, key))
        self.fields["logo_file"] = forms.FileField(
            label=_("Logo"),
            required=False,
            help_text=_("JPEG, PNG or WebP, at most 10 MB, at least 88 pixels high."),
        )
        self.fields["logo_off"] = forms.BooleanField(label=_("Show no logo of our own"), required=False)
        self.fields["reason"] = forms.CharField(
            label=_("Reason"),
            max_length=300,
            help_text=_("Kept in the audit trail with the old and new values."),
        )

    def shown_sections(self) -> list[dict[str, Any]]:
        """The groups, the logo with the site, the reason last."""
        keys = [
            (title, (*names, "logo_file", "logo_off") if not place else names)
            for place, (title, names) in enumerate(GROUPS)
        ]
        groups = [*keys, (_("Why"), ("reason",))]
        return [{"title": title, "fields": [self[name] for name in names]} for title, names in groups]

    def changes(self) -> dict[str, Any]:
        """What was entered, by setting."""
        given = {key: self.cleaned_data[key] for _title, keys in GROUPS for key in keys}
        return {**given, "logo": ""} if self.cleaned_data["logo_off"] else given


def _field(entry: Entry, value: object) -> forms.Field:
    common: dict[str, Any] = {"label": entry.label, "help_text": entry.hint, "required": False}
    if isinstance(value, bool):
        return forms.BooleanField(**common)
    if isinstance(value, int):
        common["required"] = True
        return forms.IntegerField(min_value=entry.least, max_value=entry.most, **common)
    if entry.options:
        common["required"] = True
        return forms.ChoiceField(choices=entry.options, **common)
    return forms.CharField(max_length=entry.length, **common)


class PageForm(ManagedForm):
    """Title and text of a page; ``upon`` is the version it was written upon."""

    sections = (("", ("title", "body", "reason")),)
    hide_optional = True

    title = forms.CharField(label=_("Title"), max_length=150)
    body = forms.CharField(
        label=_("Text"),
        max_length=60_000,
        widget=forms.Textarea({"rows": 22}),
        help_text=_("Markdown: ## heading, - list, **bold**, [words](https://address). HTML is not taken."),
    )
    reason = forms.CharField(
        label=_("What changed, and why"),
        max_length=300,
        required=False,
        help_text=_("Needed to publish; kept in the trail."),
    )
    upon = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def words(self) -> PageWords:
        """What was entered."""
        given = self.cleaned_data
        return PageWords(title=given["title"], body=given["body"], upon=given["upon"])
