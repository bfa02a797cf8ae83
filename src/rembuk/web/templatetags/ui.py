"""The tags and filters every page may use: icons, state tags, clocks, numbers, money, dates, small blocks.

Here: turning one value into one small piece of HTML or text, in the language of the page. Not here: anything
that reads the database, and whole lists (those are the includes of templates/components).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BaseForm
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from rembuk.web.components.brand import is_own_accent
from rembuk.web.components.icons import ICONS
from rembuk.web.components.words import KINDS

register = template.Library()

ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}


# --- numbers, money, dates -----------------------------------------------------------------------------


def _is_indonesian() -> bool:
    return (get_language() or "id").startswith("id")


@register.filter
def number(value: int | float | Decimal | None, places: int = 0) -> str:
    """Write a number with grouped digits: 1.234.567,5 (English: 1,234,567.5); an absent one as a dash."""
    if value is None or value == "":
        return "–"
    text = f"{value:,.{places}f}"
    return text.translate(str.maketrans(",.", ".,")) if _is_indonesian() else text


@register.filter
def percent(value: float | Decimal | None, places: int = 0) -> str:
    """Write a share that is already in percent: 12,5%."""
    return f"{number(value, places)}%" if value is not None and value != "" else "–"


@register.filter
def money(value: int | Decimal | None) -> str:
    """Write rupiah in full, without sen: Rp1.234.567."""
    return f"Rp{number(value)}" if value is not None and value != "" else "–"


@register.filter
def short_money(value: int | Decimal | None) -> str:
    """Write rupiah in millions, billions or trillions: Rp12,5 jt, Rp3 M, Rp1,2 T (English: m, bn, tn)."""
    if value is None or value == "" or abs(value) < 1_000_000:
        return money(value)
    units = ("jt", "M", "T") if _is_indonesian() else ("m", "bn", "tn")
    power = 0
    while power < 2 and abs(value) >= 1_000_000 * 1000 ** (power + 1):
        power += 1
    scaled = Decimal(value) / (1_000_000 * 1000**power)
    places = 0 if scaled == scaled.to_integral_value() or scaled >= 100 else 1
    return f"Rp{number(scaled, places)} {units[power]}"


@register.filter
def file_size(value: int | None) -> str:
    """Write bytes as kB or MB of 1000: 812 kB, 2,4 MB."""
    if value is None or value == "":
        return "–"
    return f"{number(value / 1_000_000, 1)} MB" if value >= 999_500 else f"{max(1, round(value / 1000))} kB"


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


@register.filter
def day(value: date | datetime | None) -> SafeString | str:
    """Write a date as <time>: 24 November 2026."""
    return _time_element(value, "j F Y")


@register.filter
def short_day(value: date | datetime | None) -> SafeString | str:
    """Write a date for lists and tables as <time>: 24 Nov 2026."""
    return _time_element(value, "j M Y")


@register.filter
def long_day(value: date | datetime | None) -> SafeString | str:
    """Write a date with its weekday as <time>: Selasa, 24 November 2026."""
    return _time_element(value, "l, j F Y")


@register.filter
def month(value: date | datetime | None) -> SafeString | str:
    """Write month and year as <time>: Nov 2026."""
    return _time_element(value, "M Y")


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """Write an instant as <time>: 24 November 2026 pukul 14.05 WIB."""
    if value is None or value == "":
        return "–"
    local = timezone.localtime(value)
    words = {"date": date_format(local, "j F Y"), "time": clock_time(value)}
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat(), gettext("%(date)s at %(time)s") % words
    )


@register.filter
def short_moment(value: datetime | None) -> SafeString | str:
    """Write an instant for dense tables as <time>: 24 Nov 2026, 14.05."""
    if value is None or value == "":
        return "–"
    local = timezone.localtime(value)
    text = (
        f"{date_format(local, 'j M Y')}, {local:%H.%M}" if _is_indonesian() else f"{local:%-d %b %Y, %H:%M}"
    )
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), text)


@register.filter
def clock_time(value: datetime) -> str:
    """Write a time of day with the zone of the instansi: 14.05 WIB."""
    local = timezone.localtime(value)
    offset = local.utcoffset()
    hours = int(offset.total_seconds() // 3600) if offset else 0
    zone = ZONES.get(hours, f"UTC{hours:+d}" if hours else "UTC")
    return f"{local:%H.%M} {zone}" if _is_indonesian() else f"{local:%H:%M} {zone}"


def _time_element(value: date | datetime | None, shape: str) -> SafeString | str:
    if value is None or value == "":
        return "–"
    local = _local(value)
    stamp = local.date() if isinstance(local, datetime) else local
    return format_html('<time datetime="{}">{}</time>', stamp.isoformat(), date_format(local, shape))


# --- icons and tags ------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw a line icon inline; `web.components.icons` has the names, /kelola/komponen/ shows them."""
    return ICONS[name]


@register.simple_tag
def tag(label: str, tone: str = "mute", icon: str = "") -> SafeString:
    """Show a word as a tag; tone is ok, info, warn, bad, mute or done."""
    return format_html('<span class="tag tag-{}">{}{}</span>', tone, ICONS[icon] if icon else "", label)


@register.simple_tag
def state_tag(kind: str, state: str, detail: str | int = "") -> SafeString:
    """Show a state with colour and word; kind: proposal, program, phase; detail: year, office or code."""
    word = KINDS[kind][state]
    label = str(word.with_detail) % {"detail": detail} if detail and word.with_detail else word.word
    return format_html('<span class="tag tag-{}">{}{}</span>', word.tone, ICONS[word.icon], label)


@register.simple_tag
def state_word(kind: str, state: str) -> str:
    """Return the word of a state without its tag, for titles and tables."""
    return str(KINDS[kind][state].word)


@register.simple_tag
def overdue_tag() -> SafeString:
    """Show that the deadline for the official answer has passed; computed, never a state."""
    return tag(gettext("Overdue, not answered yet"), "bad", "alert")


@register.simple_tag
def late_tag(days: int | None) -> SafeString | str:
    """Show by how many days a phase or programme is late; nothing for None, 0 or less."""
    if not days or days < 1:
        return ""
    text = ngettext("%(days)s day late", "%(days)s days late", days)
    return tag(text % {"days": number(days)}, "bad", "clock")


@register.simple_tag
def clock_tag(days_left: int | None) -> SafeString | str:
    """Show a working-day clock: negative is overdue, 0 is today, None (no clock) shows nothing."""
    if days_left is None or days_left == "":
        return ""
    if days_left < 0:
        text = ngettext("%(days)s working day overdue", "%(days)s working days overdue", -days_left)
        return tag(text % {"days": number(-days_left)}, "bad", "alert")
    if days_left == 0:
        return tag(gettext("Due today"), "warn", "clock")
    text = ngettext("%(days)s working day left", "%(days)s working days left", days_left)
    return tag(text % {"days": number(days_left)}, "warn" if days_left == 1 else "mute", "clock")


@register.simple_tag
def office_badge(name: str) -> SafeString:
    """Show that an office speaks, by its name."""
    return format_html('<span class="office">{}{}</span>', ICONS["building"], name)


@register.simple_tag
def byline(name: str, at: datetime | None = None, office: str = "") -> SafeString:
    """Say who wrote, for which office, and when; no pictures of people."""
    badge = office_badge(office) if office else ""
    when = format_html(" · {}", short_day(at)) if at else ""
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


@register.simple_tag
def brand_stylesheet(accent: str) -> SafeString | str:
    """Link the few tokens of an instansi's own accent colour; nothing for the built-in one."""
    colour = (accent or "").lstrip("#").lower()
    if not is_own_accent(colour):
        return ""
    return format_html('<link rel="stylesheet" href="{}">', reverse("brand_stylesheet", args=[colour]))


@register.simple_tag
def modules(*names: str) -> SafeString:
    """Load own script modules by name, deferred; `htmx` loads the packaged htmx instead."""
    sources = (
        (static("django_htmx/htmx-2.min.js" if name == "htmx" else f"js/{name}.js"), name == "htmx")
        for name in names
    )
    return format_html_join(
        "\n",
        '<script {} src="{}"></script>',
        ((SafeString("defer" if h else 'type="module"'), s) for s, h in sources),
    )


@register.filter
def zipped(first: Iterable[Any], second: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Walk two lists of equal length together, as columns with the cells of a row."""
    return zip(first, second, strict=True)


@register.filter
def lookup(mapping: Mapping[Any, Any], key: Any) -> Any:
    """Return the value under a key that is itself a variable."""
    return mapping.get(key)
