"""Every picture of every template says its size before it comes, and waits until it is near unless it is seen at once."""

import re
from pathlib import Path

import pytest

from rembuk.runtime import env

_SOURCE = env.ROOT / "src" / "rembuk"
_PICTURE = re.compile(r"<img\b[^>]*>")
# Seen at once on the page they are made for, so that waiting would only make them late.
AT_ONCE = {
    "layouts/_brand.html": "the logo in the header of every page",
    "accounts/second_factor_setup.html": "the code that the page is there for, written into the page itself",
}
# Stored pictures may be a photograph wide: a browser takes the size it needs of three.
_IN_SIZES = {"components/picture.html"}


def _pictures() -> list[tuple[str, str]]:
    found = []
    for path in sorted(_SOURCE.glob("**/templates/**/*.html")):
        name = str(path).partition("/templates/")[2]
        found += [(name, picture) for picture in _PICTURE.findall(path.read_text(encoding="utf-8"))]
    return found


PICTURES = _pictures()


def _attributes(picture: str) -> dict[str, str]:
    return dict(re.findall(r'([\w-]+)="([^"]*)"', picture))


def test_no_picture_is_written_by_code_and_every_exception_is_needed() -> None:
    assert {name for name, _picture in PICTURES} >= {*AT_ONCE, *_IN_SIZES}
    code = [path for path in _SOURCE.glob("**/*.py") if "<img" in path.read_text(encoding="utf-8")]
    assert [str(Path(path).relative_to(_SOURCE)) for path in code] == []


@pytest.mark.parametrize(("name", "picture"), PICTURES, ids=[name for name, _picture in PICTURES])
def test_picture_says_its_size_and_its_words_and_waits_unless_seen_at_once(name: str, picture: str) -> None:
    given = _attributes(picture)
    assert given.get("width")
    assert given.get("height")
    assert "alt" in given
    assert (given.get("loading") == "lazy") == (name not in AT_ONCE), name
    assert ("srcset" in given and "sizes" in given) == (name in _IN_SIZES), name
