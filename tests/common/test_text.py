"""Text as people type it becomes safe HTML, safe cells and short excerpts."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembuk.common.text import (
    clean_line,
    clean_text,
    excerpt,
    has_link,
    render_plain,
    render_staff,
    safe_cell,
)


def test_clean_text_drops_what_cannot_be_seen() -> None:
    assert clean_text("a\u202eb\x00\u200b\r\n\r\n\r\n\r\nc ") == "ab\n\nc"


def test_clean_line_is_one_line() -> None:
    assert clean_line(" Jalan \t rusak\n parah ") == "Jalan rusak parah"


def test_render_plain_keeps_paragraphs_and_links_only() -> None:
    rendered = render_plain("Lihat https://contoh.go.id/a?b=1&c=2.\nBaris <b>dua</b>\n\nAlinea")
    assert rendered == (
        '<p>Lihat <a href="https://contoh.go.id/a?b=1&amp;c=2" rel="nofollow ugc noopener noreferrer">'
        "https://contoh.go.id/a?b=1&amp;c=2</a>.<br>Baris &lt;b&gt;dua&lt;/b&gt;</p><p>Alinea</p>"
    )


@given(st.text(alphabet="<>\"'&:/ahtpscrion=javx\n ", max_size=80))
def test_render_plain_has_no_tags_but_its_own(text: str) -> None:
    tags = set(re.findall(r"<(/?\w+)", render_plain(text)))
    assert tags <= {"p", "/p", "br", "a", "/a"}


@given(st.text(max_size=80))
def test_render_plain_loses_no_words(text: str) -> None:
    shown = html.unescape(re.sub(r"<[^>]+>", " ", render_plain(text)))
    assert shown.split() == clean_text(text).split()


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "![x](https://jahat.id/pelacak.png)",
        "<img src=x onerror=alert(1)>",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
    ],
)
def test_render_staff_lets_no_script_or_picture_through(attack: str) -> None:
    rendered = render_staff(attack)
    assert not re.search(r"<(script|img)|href=\"(javascript|data)|<[^>]*onerror", rendered)


def test_render_staff_keeps_tables_and_makes_headings_second_level() -> None:
    rendered = render_staff("# Judul\n\n| a |\n|---|\n| b |")
    assert "<h2>Judul</h2>" in rendered
    assert "<td>b</td>" in rendered


@pytest.mark.parametrize(
    ("text", "found"), [("lihat https://x.id", True), ("HTTP://X.id", True), ("x.id", False)]
)
def test_has_link_sees_web_addresses(text: str, found: bool) -> None:
    assert has_link(text) is found


def test_excerpt_is_cut_at_a_word() -> None:
    assert excerpt("satu dua, tiga empat", 15) == "satu dua…"
    assert excerpt("satu dua", 15) == "satu dua"


@pytest.mark.parametrize("value", ["=1+1", "+62", "-5", "@x", "\tx"])
def test_safe_cell_is_no_formula(value: str) -> None:
    assert safe_cell(value) == f"'{value}"


def test_safe_cell_leaves_words_alone() -> None:
    assert safe_cell("Jalan = rusak") == "Jalan = rusak"
