"""The tags and filters every page may use: icons, state tags, clocks, numbers, money, dates, small blocks.

Here: turning one value into one small piece of HTML or text, in the language of the page. Not here: anything
that reads the database, and whole lists (those are the includes of templates/components; tags make their rows).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django import template
from django.forms import BaseForm
from django.template import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from rembuk.web import fragments
from rembuk.web.components import formats, selects
from rembuk.web.components.brand import is_own_accent, stylesheet
from rembuk.web.components.html.cards import proposal_card
from rembuk.web.components.html.tags import clock_tag, late_tag, overdue_tag, state_tag, tag
from rembuk.web.components.icons import ICONS
from rembuk.web.components.plots import charts, curves
from rembuk.web.components.plots import gantt as plans
from rembuk.web.components.words import KINDS, named

register = template.Library()

for _function in (
    formats.number,
    formats.counted,
    formats.comments_said,
    formats.found_words,
    formats.percent,
    formats.money,
    formats.rupiah,
    formats.short_rupiah,
    formats.short_money,
    formats.file_size,
    formats.day,
    formats.short_day,
    formats.long_day,
    formats.month,
    formats.moment,
    formats.moment_in,
    formats.short_moment,
    formats.clock_time,
):
    register.filter(_function.__name__, _function)


for _tag in (tag, state_tag, overdue_tag, late_tag, clock_tag):
    register.simple_tag(_tag)


# --- icons and tags ------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw a line icon inline; `web.components.icons` has the names, /kelola/komponen/ shows them."""
    return ICONS[name]


@register.simple_tag
def state_word(kind: str, state: str) -> str:
    """Return the word of a state without its tag, for titles and tables."""
    return str(KINDS[kind][state].word)


@register.simple_tag
def office_badge(name: str, standing: str = "") -> SafeString:
    """Show that an office speaks, by its name; ``standing`` names the post somebody stood in for."""
    return format_html('<span class="office">{}{}</span>', ICONS["building"], named(name, standing))


@register.simple_tag
def byline(name: str, at: datetime | None = None, office: str = "") -> SafeString:
    """Say who wrote, for which office, and when; no pictures of people."""
    badge = office_badge(office) if office else ""
    when = format_html(" · {}", formats.short_day(at)) if at else ""
    return format_html('<span class="byline"><b>{}</b>{}{}</span>', name, badge, when)


# --- blocks --------------------------------------------------------------------------------------------

_NOTICE_ICONS = {"info": "info", "ok": "circle-check", "warn": "alert", "bad": "circle-x"}


@register.simple_block_tag
def notice(content: str, tone: str = "info", title: str = "") -> SafeString:
    """Wrap a message that matters on this page; tone is info, ok, warn or bad."""
    head = format_html('<p class="notice-title">{}</p>', title) if title else ""
    return format_html(
        '<div class="notice notice-{}">{}<div>{}{}</div></div>',
        tone,
        ICONS[_NOTICE_ICONS[tone]],
        head,
        content,
    )


@register.simple_block_tag
def disclosure(content: str, summary: str, is_open: bool = False) -> SafeString:
    """Fold what most readers do not need behind one line; works without script."""
    return format_html(
        '<details class="more"{}><summary>{}</summary><div class="more-body">{}</div></details>',
        SafeString(" open") if is_open else "",
        summary,
        content,
    )


# --- kept pieces: rendered once for the same facts ------------------------------------------------------


@register.simple_tag
def piece(template: str, **facts: Any) -> SafeString:
    """Show a template with these facts and nothing else; rendered once for the same ones (`web.fragments`)."""
    return fragments.piece(template, facts)


@register.simple_tag
def pieces(template: str, name: str, rows: Iterable[Any], **facts: Any) -> SafeString:
    """Show a template for each row, under a name in it and with the facts that all share, as `piece` does."""
    return SafeString("\n".join([fragments.piece(template, {name: row, **facts}) for row in rows]))


@register.simple_tag
def proposal_cards(cards: Iterable[Mapping[str, Any]], level: int = 3) -> SafeString:
    """Show cards of proposals (`web.components.html.cards`), each rendered once for the same facts."""
    made = [
        fragments.kept("proposal_card", {"card": card, "level": level}, partial(proposal_card, card, level))
        for card in cards
    ]
    return SafeString("\n".join(made))


# --- charts --------------------------------------------------------------------------------------------


@register.inclusion_tag("components/svg_bars.html")
def svg_bars(chart: Mapping[str, Any]) -> dict[str, Any]:
    """Draw how often each answer was given, with a table beside; `web.components.plots.charts.bars` says what a chart is."""
    return charts.bars(chart)


@register.inclusion_tag("components/stacked_bars.html")
def stacked_bars(chart: Mapping[str, Any]) -> dict[str, Any]:
    """Draw how rows divide into the same parts, with a table; `web.components.plots.charts.stacked` says what a chart is."""
    return charts.stacked(chart)


@register.inclusion_tag("components/curve.html")
def curve(chart: Mapping[str, Any]) -> dict[str, Any]:
    """Draw a plan against what came of it over time; `web.components.plots.curves.curve` says what a chart is."""
    return curves.curve(chart)


@register.inclusion_tag("components/gantt.html")
def gantt(chart: Mapping[str, Any]) -> dict[str, Any]:
    """Draw a plan in time, a bar a row; `web.components.plots.gantt.gantt` says what a chart is."""
    return plans.gantt(chart)


# --- forms and scripts ---------------------------------------------------------------------------------


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: BaseForm) -> dict[str, Any]:
    """List what must be mended, first on the page, each line a link to its field; nothing without errors."""
    rows: list[dict[str, str]] = []
    for form in forms:
        rows += [{"target": "", "text": str(text)} for text in form.non_field_errors()]
        for field in form:
            target = f"{field.auto_id}_0" if field.use_fieldset else field.auto_id
            rows += [{"target": target, "text": f"{field.label}: {text}"} for text in field.errors]
    return {"rows": rows}


@register.simple_tag(takes_context=True)
def select_box(context: Context) -> SafeString:
    """The choices of a form's field, in the template of its widget."""
    return selects.select_box(context["widget"], context)


@register.simple_tag
def brand_stylesheet(accent: str) -> SafeString:
    """Link the one stylesheet of a page, in an instansi's own accent colour where it has one."""
    colour = (accent or "").lstrip("#").lower()
    if is_own_accent(colour):
        mark = stylesheet(colour)[1]
        address = reverse("brand_stylesheet", args=[colour], query={"v": mark})
    else:
        address = static("rembuk.css")
    return format_html('<link rel="stylesheet" href="{}">', address)


HTMX_CONFIG = '{"includeIndicatorStyles":false,"allowEval":false}'


@register.simple_tag
def modules(*names: str) -> SafeString:
    """Load own script modules by name, deferred; `htmx` loads the packaged htmx, set up for the strict CSP."""
    own = format_html_join(
        "\n",
        '<script type="module" src="{}"></script>',
        ((static(f"js/{name}.js"),) for name in names if name != "htmx"),
    )
    if "once" in names:
        own = format_html('<meta name="rembuk-unsent" content="{}" data-again="{}">\n{}', *_unsent(), own)
    if "htmx" not in names:
        return own
    return format_html(
        '<meta name="htmx-config" content="{}"><script defer src="{}"></script>\n{}',
        HTMX_CONFIG,
        static("django_htmx/htmx-2.min.js"),
        own,
    )


def _unsent() -> tuple[str, str]:
    return gettext("There is no connection. Nothing you typed is lost, but it has not been sent."), gettext(
        "Try to send it again"
    )


@register.filter
def zipped(first: Iterable[Any], second: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Walk two lists of equal length together, as columns with the cells of a row."""
    return zip(first, second, strict=True)


@register.filter
def lookup(mapping: Mapping[Any, Any], key: Any) -> Any:
    """Return the value under a key that is itself a variable."""
    return mapping.get(key)
