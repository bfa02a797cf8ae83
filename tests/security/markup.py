"""What a page may not hold: anything that a browser would run, or style that the policy forbids."""

from html.parser import HTMLParser

MARK = '<script>alert(7)</script>"><img src=x onerror=alert(7)>'
"""Fits the shortest field that takes a sentence (40 characters are cut off in the middle of the picture)."""
_ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "srcset", "hx-get", "hx-post"}
_FORBIDDEN = {"style", "iframe", "object", "embed", "base", "frame", "applet", "math"}


class _Finder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _FORBIDDEN or (tag == "script" and not given.get("src", "").startswith("/static/")):
            self.found.append(f"<{tag} {given}>")
        self.found += [f"{tag} {name}" for name in given if name.startswith("on") or name == "style"]
        for name in _ADDRESSES & set(given):
            where = given[name].strip().lower()
            # A picture runs nothing, whatever is in it: the square code of a second factor.
            if (tag, name) == ("img", "src") and where.startswith("data:image/"):
                continue
            if where.startswith(("javascript:", "data:", "vbscript:", "//")) or where == "x":
                self.found.append(f"{tag} {name}={given[name]}")
        if any(
            name.startswith("hx-on") or (name.startswith("hx-vals") and "js:" in value)
            for name, value in given.items()
        ):
            self.found.append(f"{tag} hx-on or js:")


def runnable(page: str) -> list[str]:
    """Everything in a page that would run or style: tags, attributes, addresses."""
    finder = _Finder()
    finder.feed(page)
    finder.close()
    return finder.found
