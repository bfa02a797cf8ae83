"""The forms of a page as a browser would send them, with something sensible in every empty field."""

from html.parser import HTMLParser

_WORDS = "Penjelasan yang cukup panjang untuk dibaca semua orang."


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[tuple[str, dict[str, str]]] = []
        self._select = ""
        self._area = ""
        self._is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._is_inside = given.get("method", "").lower() == "post"
            if self._is_inside:
                self.forms.append((given.get("action", ""), {}))
        elif self._is_inside:
            self._take(tag, given)

    def _take(self, tag: str, given: dict[str, str]) -> None:
        data, name = self.forms[-1][1], given.get("name", "")
        if tag in {"input", "button"} and name:
            kind = given.get("type", "text" if tag == "input" else "submit")
            if kind in {"checkbox", "hidden", "submit", "radio"}:
                data.setdefault(name, given.get("value", "on"))
            elif kind != "file":
                data[name] = given.get("value") or ("2026-11-24" if kind == "date" else _WORDS[:40])
        elif tag == "textarea":
            self._area, data[name] = name, ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in given or not data.get(self._select)):
            data[self._select] = given.get("value", "")

    def handle_data(self, text: str) -> None:
        if self._area:
            self.forms[-1][1][self._area] += text

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            data = self.forms[-1][1]
            data[self._area] = data[self._area].strip() or _WORDS
            self._area = ""
        self._select = "" if tag == "select" else self._select
        self._is_inside = self._is_inside and tag != "form"


def forms_of(page: str) -> list[tuple[str, dict[str, str]]]:
    """Action and data of every form that is sent by POST."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms
