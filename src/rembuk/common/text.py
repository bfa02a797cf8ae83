"""Text as people type it: citizens' plain text, staff Markdown, excerpts, stems for search.

Rendering happens once, on save; pages show the stored result.
"""

import html
import re
import unicodedata
from functools import cache

import nh3
from markdown_it import MarkdownIt

_BLANK_LINES = re.compile(r"\n{3,}")
_PARAGRAPHS = re.compile(r"\n{2,}")
_URL = re.compile(r"\bhttps?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_STAFF_TAGS = {
    "p",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "a",
    "blockquote",
    "br",
    "hr",
    "code",
} | {
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}


def clean_text(text: str) -> str:
    """Unicode NFC without control or direction characters, with \\n line ends and at most one empty line."""
    plain = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return _BLANK_LINES.sub("\n\n", _CONTROL.sub("", plain)).strip()


def clean_line(text: str) -> str:
    """One line: as ``clean_text`` with every run of blanks made one space."""
    return _SPACES.sub(" ", clean_text(text)).strip()


def has_link(text: str) -> bool:
    """Whether the text holds a web address."""
    return _URL.search(text) is not None


def render_plain(text: str) -> str:
    """A citizen's text as safe HTML: escaped paragraphs, line breaks, links that pass nothing on."""
    paragraphs = _PARAGRAPHS.split(clean_text(text))
    return "".join(f"<p>{_linked(part)}</p>" for part in paragraphs if part)


def _linked(text: str) -> str:
    pieces: list[str] = []
    start = 0
    for match in _URL.finditer(text):
        pieces.append(html.escape(text[start : match.start()]))
        address = html.escape(match[0])
        pieces.append(f'<a href="{address}" rel="nofollow ugc noopener noreferrer">{address}</a>')
        start = match.end()
    pieces.append(html.escape(text[start:]))
    return "".join(pieces).replace("\n", "<br>")


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def render_staff(text: str) -> str:
    """Staff Markdown as safe HTML (no raw HTML, no pictures, only harmless tags)."""
    rendered = _markdown().render(clean_text(text)).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    return nh3.clean(
        rendered,
        tags=_STAFF_TAGS,
        attributes={"a": {"href", "title"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )


def excerpt(text: str, length: int = 160) -> str:
    """The first words of a text, at most ``length`` characters, cut at a word with an ellipsis."""
    line = clean_line(text)
    if len(line) <= length:
        return line
    return line[: length - 1].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"


def safe_cell(value: str) -> str:
    """A text for a CSV cell that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return f"'{value}" if value[:1] in {"=", "+", "-", "@", "\t", "\r"} else value
