"""Numbers, money, sizes, dates and instants as people here write them, in the language of the page.

Pure functions of one value; the tag library `ui` offers them as filters. An absent value (None, or the
empty text that Django hands over for a key that is not there) is written as a dash.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from rembuk.common import counting
from rembuk.common.clock import zone_named
from rembuk.common.money import shorten

type Number = float | Decimal | Literal[""] | None
type Day = date | datetime | Literal[""] | None

_NAMED = re.compile(r"%\((\w+)\)s")
ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}


def _is_indonesian() -> bool:
    return (get_language() or "id").startswith("id")


def number(value: Number, places: int = 0) -> str:
    """Write a number with grouped digits: 1.234.567,5 (English: 1,234,567.5); an absent one as a dash."""
    if value is None or isinstance(value, str):
        return "–"
    text = f"{value:,.{places}f}"
    return text.translate(str.maketrans(",.", ".,")) if _is_indonesian() else text


def counted(value: int) -> str:
    """Write a count that was taken up to a bound (``common.counting``): 234, or «lebih dari 500»."""
    if value > counting.MOST:
        return gettext("more than %(n)s") % {"n": number(counting.MOST)}
    return number(value)


def comments_said(value: int) -> str:
    """Write how many comments there are: «1 comment», «1.204 comments»."""
    return _comments_said(value, get_language())


@lru_cache(maxsize=4096)
def _comments_said(value: int, _language: str | None) -> str:
    return ngettext("%(shown)s comment", "%(shown)s comments", value) % {"shown": number(value)}


def found_words(bulk: Mapping[str, Any]) -> str:
    """Write how many rows the bar of a selection offers: ``found``, counted up to a bound if ``is_bounded``."""
    return counted(bulk["found"]) if bulk.get("is_bounded") else number(bulk["found"])


def percent(value: Number, places: int = 0) -> str:
    """Write a share that is already in percent: 12,5%."""
    return f"{number(value, places)}%" if value not in (None, "") else "–"


def money(value: Number) -> str:
    """Write rupiah in full, without sen: Rp1.234.567."""
    return f"Rp{number(value)}" if value not in (None, "") else "–"


def rupiah(value: Number) -> str:
    """Write rupiah exactly, with sen: Rp1.234.567,00; an absent value as a dash."""
    if value is None or isinstance(value, str):
        return "–"
    return f"{'-' if value < 0 else ''}Rp{number(abs(value), 2)}"


def short_rupiah(value: Number) -> SafeString | str:
    """Write large rupiah short, with the exact figure at hand as <abbr>: Rp1,2 miliar (English: billion).

    Cut after one place, so that it never claims more than there is.
    """
    if value is None or isinstance(value, str):
        return "–"
    shown, unit = shorten(Decimal(value))
    if not unit:
        return rupiah(value)
    places = 0 if shown == shown.to_integral_value() else 1
    words = {"juta": gettext("million"), "miliar": gettext("billion"), "triliun": gettext("trillion")}
    text = f"{'-' if value < 0 else ''}Rp{number(abs(shown), places)} {words[unit]}"
    return format_html('<abbr title="{}">{}</abbr>', rupiah(value), text)


def short_money(value: Number) -> str:
    """Write rupiah in millions, billions or trillions: Rp12,5 jt, Rp3 M, Rp1,2 T (English: m, bn, tn)."""
    if value is None or isinstance(value, str):
        return "–"
    amount, power = abs(Decimal(value)) / 1_000_000, 0
    if amount < 1:
        return money(value)
    while power < 2 and amount >= 1000:
        amount, power = amount / 1000, power + 1
    units = ("jt", "M", "T") if _is_indonesian() else ("m", "bn", "tn")
    places = 0 if amount == amount.to_integral_value() or amount >= 100 else 1
    return f"{'-' if value < 0 else ''}Rp{number(amount, places)} {units[power]}"


def file_size(value: Number) -> str:
    """Write bytes as kB or MB of 1000: 812 kB, 2,4 MB."""
    if value is None or isinstance(value, str):
        return "–"
    kilobytes = max(1, round(float(value) / 1000))
    return f"{kilobytes} kB" if kilobytes < 1000 else f"{number(kilobytes / 1000, 1)} MB"


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def day(value: Day) -> SafeString | str:
    """Write a date as <time>: 24 November 2026."""
    return _time_element(value, "j F Y")


def short_day(value: Day) -> SafeString | str:
    """Write a date for lists and tables as <time>: 24 Nov 2026."""
    return _time_element(value, "j M Y")


def long_day(value: Day) -> SafeString | str:
    """Write a date with its weekday as <time>: Selasa, 24 November 2026."""
    return _time_element(value, "l, j F Y")


def month(value: Day) -> SafeString | str:
    """Write month and year as <time>: Nov 2026."""
    return _time_element(value, "M Y")


def moment(value: datetime | Literal[""] | None) -> SafeString | str:
    """Write an instant as <time>: 24 November 2026 pukul 14.05 WIB."""
    if value is None or isinstance(value, str):
        return "–"
    local = timezone.localtime(value)
    words = {"date": date_format(local, "j F Y"), "time": clock_time(value)}
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat(), gettext("%(date)s at %(time)s") % words
    )


def moment_in(value: datetime | Literal[""] | None, zone: str) -> SafeString | str:
    """Write an instant in a named zone of its own, not the office's: 24 November 2026 pukul 16.05 WITA."""
    if value is None or isinstance(value, str):
        return "–"
    return _written_moment(value.astimezone(zone_named(zone)), zone, get_language())


@lru_cache(maxsize=4096)  # as days; of one instant in two zones each has its name
def _written_moment(local: datetime, zone: str, _language: str | None) -> SafeString:
    time = f"{local:%H.%M} {zone}" if _is_indonesian() else f"{local:%H:%M} {zone}"
    words = {"date": date_format(local, "j F Y"), "time": time}
    return format_html(
        '<time datetime="{}">{}</time>',
        local.isoformat(timespec="minutes"),
        gettext("%(date)s at %(time)s") % words,
    )


def short_moment(value: datetime | Literal[""] | None) -> SafeString | str:
    """Write an instant for dense tables as <time>: 24 Nov 2026, 14.05."""
    if value is None or isinstance(value, str):
        return "–"
    local = timezone.localtime(value)
    text = (
        f"{date_format(local, 'j M Y')}, {local:%H.%M}" if _is_indonesian() else f"{local:%-d %b %Y, %H:%M}"
    )
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), text)


def ending(value: datetime | Literal[""] | None) -> SafeString | str:
    """Write when something ends: its last day where it ends with a day, otherwise the instant."""
    if value is None or isinstance(value, str):
        return "–"
    is_midnight = timezone.localtime(value).time() == time.min
    return day(value - timedelta(microseconds=1)) if is_midnight else moment(value)


def told(sentence: str, **values: object) -> SafeString:
    """Fill the %(name)s of a translated sentence; values are escaped, unless they are HTML such as a day as <time>."""
    return format_html(_NAMED.sub(r"{\1}", sentence.replace("{", "{{").replace("}", "}}")), **values)


def clock_time(value: datetime) -> str:
    """Write a time of day with the zone of the instansi: 14.05 WIB."""
    local = timezone.localtime(value)
    offset = local.utcoffset()
    hours = int(offset.total_seconds() // 3600) if offset else 0
    zone = ZONES.get(hours, f"UTC{hours:+d}" if hours else "UTC")
    return f"{local:%H.%M} {zone}" if _is_indonesian() else f"{local:%H:%M} {zone}"


def _time_element(value: Day, shape: str) -> SafeString | str:
    if value is None or isinstance(value, str):
        return "–"
    local = _local(value)
    stamp = local.date() if isinstance(local, datetime) else local
    return _written_day(stamp, shape, get_language())


@lru_cache(maxsize=4096)  # lists show few days many times
def _written_day(stamp: date, shape: str, _language: str | None) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', stamp.isoformat(), date_format(stamp, shape))
