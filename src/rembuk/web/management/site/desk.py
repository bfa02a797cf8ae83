"""Pengaturan: the entry, the settings of the site, its pages with their versions."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from rembuk.access import permissions as izin
from rembuk.accounts.models import Person
from rembuk.common.errors import Denied, NotVisible
from rembuk.common.text import render_staff
from rembuk.management.actions import site as actions
from rembuk.management.people.shut_out import shut_out
from rembuk.siteconfig import selectors
from rembuk.siteconfig.actions import LANGUAGES
from rembuk.siteconfig.models import Page
from rembuk.web.answers import see_other
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.management.pages import Crumb, attempt, page, sent, site_wide
from rembuk.web.management.site.forms import PageForm, SettingsForm
from rembuk.web.management.site.rows import LANGUAGE_NAMES, page_rows, versions, ways

ENTRY = "desk_management:settings"
CRUMBS: list[Crumb] = [(gettext_lazy("Settings"), ENTRY)]
SITE: list[Crumb] = [*CRUMBS, (gettext_lazy("Site"), "desk_management:settings_edit")]


@requires(izin.SETTING_CHANGE, izin.PAGE_EDIT, izin.HOLIDAY_MANAGE, izin.CATEGORY_MANAGE)
@require_safe
def index(request: PersonRequest) -> HttpResponse:
    """What can be set, and where."""
    found = ways(request.user)
    if not found:
        raise Denied(_("You have no right to open this page."))
    return page(request, "settings", title=_("Settings"), ways=found)


@site_wide(izin.SETTING_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: PersonRequest) -> HttpResponse:
    """All settings of the site; a change needs a reason, and one that closes the desk to staff at once is asked about."""
    form = SettingsForm(sent(request), request.FILES or None, now=selectors.current())
    is_back = "edit" in request.POST
    if not is_back and "confirm" not in request.POST and form.is_valid():
        found = shut_out(selectors.current(), form.changes(), request.user)
        if found is not None:
            title = _("Second factor")
            return page(request, "settings_shut_out", title=title, crumbs=SITE, form=form, found=found)
    if not is_back and attempt(form, lambda: _change(form, request.user)):
        return see_other(request, reverse(ENTRY), _("The settings were saved."))
    context = {"form": form, "back_url": reverse(ENTRY), "label": _("Save"), "is_upload": True}
    return page(request, "form", title=_("Site"), crumbs=CRUMBS, **context)


def _change(form: SettingsForm, by: Person) -> None:
    given = form.cleaned_data
    actions.change_site(form.changes(), by=by, reason=given["reason"], logo=given["logo_file"])


@site_wide(izin.PAGE_EDIT)
@require_safe
def pages(request: PersonRequest) -> HttpResponse:
    """The site's own pages in both languages."""
    return page(request, "pages", title=_("Pages"), crumbs=CRUMBS, rows=page_rows())


@site_wide(izin.PAGE_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def page_edit(request: PersonRequest, slug: str, language: str) -> HttpResponse:
    """Edit a page, look at it, publish a new version."""
    if slug not in Page.values or language not in LANGUAGES:
        raise NotVisible
    found = versions(slug, language)
    text = selectors.version(slug, language, found[0]["number"]) if found else None
    initial = {"title": text.title, "body": text.body, "upon": text.version} if text else {"upon": 0}
    form, preview = PageForm(sent(request), initial=initial), ""
    if "preview" in request.POST:
        preview = mark_safe(render_staff(request.POST.get("body", "")))  # noqa: S308 - rendered and cleaned
    elif attempt(form, lambda: _publish(request, slug, language, form)):
        return see_other(request, reverse("desk_management:pages"), _("The new version is published."))
    title = f"{Page(slug).label} · {LANGUAGE_NAMES[language]}"
    crumbs: list[Crumb] = [*CRUMBS, (_("Pages"), "desk_management:pages")]
    return page(request, "page_edit", title=title, crumbs=crumbs, form=form, preview=preview, versions=found)


def _publish(request: PersonRequest, slug: str, language: str, form: PageForm) -> None:
    reason = form.cleaned_data["reason"]
    actions.publish_text(slug, language, form.words(), by=request.user, reason=reason)
