"""The card of a proposal as HTML: the one piece that is written here and not in a template.

A list shows thirty of them, and pages deep in it cards that nobody has asked for yet: Django's templates take 80 µs for
one, which is half of such a page, this a quarter of that (docs/decisions/0066-kept-pieces.md).
"""

from collections.abc import Mapping
from typing import Any

from django.utils.html import conditional_escape as shown
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from rembuk.web.components.formats import comments_said, number, short_day
from rembuk.web.components.html.tags import overdue_tag, state_tag
from rembuk.web.components.icons import ICONS


def proposal_card(card: Mapping[str, Any], level: int) -> SafeString:
    """One card; ``components/proposal_cards.html`` says what it has. ``level`` is that of the heading."""
    return SafeString(
        f'<li class="card">\n{_supports(card.get("supports"))}\n<div class="card-body">\n'
        f'<p class="card-top">{_top(card)}</p>\n'
        f'<h{level} class="card-title"><a href="{shown(card["url"])}">{shown(card["title"])}</a></h{level}>\n'
        f'{_excerpt(card.get("excerpt"))}\n<p class="card-meta">{_meta(card)}</p>\n</div>\n</li>'
    )


def _supports(count: int | None) -> str:
    if count is None:
        return ""
    return f'<p class="card-count"><b>{number(count)}</b><span>{shown(gettext("supports"))}</span></p>'


def _top(card: Mapping[str, Any]) -> str:
    state = state_tag("proposal", card["state"], card.get("state_detail", ""))
    overdue = overdue_tag() if card.get("overdue") else ""
    return f"{state}{overdue}{_part(card.get('category'), card.get('category_url'))}"


def _excerpt(text: str | None) -> str:
    return f'<p class="card-text">{shown(text)}</p>' if text else ""


def _meta(card: Mapping[str, Any]) -> str:
    comments = card.get("comments")
    said = "" if comments is None else f"<span>{ICONS['comment']}{comments_said(comments)}</span>"
    return (
        f"{_part(card.get('place'), icon='pin')}{_part(card.get('unit'), card.get('unit_url'), icon='building')}"
        f"{_part(card.get('source'))}<span>{ICONS['calendar']}{short_day(card['date'])}</span>{said}"
        f'<span class="code">{shown(card["code"])}</span>'
    )


def _part(text: str | None, url: str | None = "", *, icon: str = "") -> str:
    if not text:
        return ""
    words: str = shown(text)
    words = f'<a href="{shown(url)}">{words}</a>' if url else words
    return f"<span>{ICONS[icon] if icon else ''}{words}</span>"
