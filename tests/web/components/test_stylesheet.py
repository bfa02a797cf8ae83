"""The stylesheet stays light, and its colours stay readable, those of an instansi's own accent too."""

import gzip
import re
from pathlib import Path

import pytest
from django.test import Client

from rembuk.audit.actors import SYSTEM
from rembuk.siteconfig.actions import change_settings
from rembuk.web.components import brand

STATIC = Path(__file__).resolve().parents[3] / "src/rembuk/web/static"
CSS = (STATIC / "rembuk.css").read_text("utf-8")
TOKENS = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6});", CSS))


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(c * 2 for c in digits)
    parts = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """The contrast of WCAG 2, from 1 to 21."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", ["ground", "ground-2", "white", "accent-wash"])
@pytest.mark.parametrize("ink", ["ink", "soft", "accent", "bad"])
def test_words_stand_out_from_every_ground(ink: str, ground: str) -> None:
    assert contrast(TOKENS[ink], TOKENS[ground]) >= 4.5


@pytest.mark.parametrize("tone", ["ok", "warn", "bad", "info"])
def test_tag_is_readable(tone: str) -> None:
    assert contrast(TOKENS[tone], TOKENS[f"{tone}-wash"]) >= 4.5


def test_edge_of_a_field_is_visible() -> None:
    assert contrast(TOKENS["edge"], TOKENS["white"]) >= 3
    assert contrast(TOKENS["edge"], TOKENS["ground"]) >= 3


def test_stylesheet_keeps_its_budget() -> None:
    assert len(gzip.compress(CSS.encode(), 9)) <= 15_000


@pytest.mark.parametrize("path", sorted((STATIC / "js").glob("*.js")), ids=lambda path: path.name)
def test_script_module_is_small(path: Path) -> None:
    assert len(gzip.compress(path.read_bytes(), 9)) <= 2_500


def test_own_accent_keeps_white_words_readable(client: Client, db: None) -> None:
    answer = client.get("/merek/8c1f2b.css")
    tokens = dict(re.findall(r"--([a-z-]+):(#[0-9a-f]{6})", answer.content.decode()))
    assert answer["Content-Type"].startswith("text/css")
    assert contrast(tokens["accent-deep"], "#ffffff") > contrast(tokens["accent"], "#ffffff") >= 4.5
    assert contrast(tokens["accent"], tokens["accent-wash"]) >= 4.5


def test_page_links_one_stylesheet_in_the_own_colour_or_without(client: Client, db: None) -> None:
    links = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
    assert links.findall(client.get("/").content.decode()) == ["/static/rembuk.css"]
    change_settings({"accent": "#8c1f2b"}, by=SYSTEM)
    (own,) = links.findall(client.get("/tentang/").content.decode())
    answer = client.get(own, headers={"Accept-Encoding": "gzip"})
    text = gzip.decompress(answer.content).decode()
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert ".skip {" in text
    assert "url(/static/img/kawung-band.svg)" in text
    assert text.index("--accent: #0b5a57") < text.index("--accent:#8c1f2b")


def test_stylesheet_of_another_version_is_kept_for_a_minute(client: Client, db: None) -> None:
    assert client.get("/merek/8c1f2b.css?v=0123456789ab")["Cache-Control"] == "public, max-age=60"


def test_accent_that_is_no_colour_is_not_linked() -> None:
    assert not brand.is_own_accent("red;}body{")
    assert not brand.is_own_accent(brand.DEFAULT_ACCENT)
