"""The line icons: own drawings on a 24 px grid, one stroke, rendered inline by the tag `icon`.

Only path data lives here. Where an icon stands for a word, the word stands beside it: icons are decoration,
hidden from screen readers. A new icon is one line; keep to strokes of one width and round ends.
"""

from typing import Final

from django.utils.safestring import SafeString, mark_safe

_PATHS: Final[dict[str, str]] = {
    "alert": "M12 4 2.8 20h18.4zM12 10v4.5M12 17.4v.1",
    "arrow-down": "M12 4v16M6 14l6 6 6-6",
    "arrow-left": "M20 12H4M10 6l-6 6 6 6",
    "arrow-right": "M4 12h16M14 6l6 6-6 6",
    "arrow-up": "M12 20V4M6 10l6-6 6 6",
    "ballot": "M4 13h16v7H4zM7 13V4h10v9M10 8.5l1.6 1.5L14.5 7",
    "bell": "M6 17V11a6 6 0 0 1 12 0v6M4 17h16M10 20.5h4M12 5V3",
    "bell-off": "M6 17V11a6 6 0 0 1 12 0v6M4 17h16M10 20.5h4M4 4l16 16",
    "building": "M3 20h18M5 20V10M19 20V10M9.7 20V10M14.3 20V10M3 10h18L12 4z",
    "calendar": "M4 6h16v14H4zM4 10.5h16M8 3.5V8M16 3.5V8",
    "chart": "M4 4v16h16M8.5 16v-4M12.5 16V8M16.5 16v-6",
    "check": "M4 12.5 9.5 18 20 6.5",
    "chevron-down": "M5 9l7 7 7-7",
    "chevron-right": "M9 5l7 7-7 7",
    "circle-check": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8 12.3l2.9 2.9L16 9.5",
    "circle-x": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M9 9l6 6M15 9l-6 6",
    "clipboard": "M6 5h12v16H6zM9 3h6v4H9zM9 12h6M9 16h4",
    "clock": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7.5V12l3.2 2",
    "close": "M5 5l14 14M19 5 5 19",
    "comment": "M4 5h16v11h-8l-4.5 4v-4H4z",
    "copy": "M8 8h12v12H8zM16 8V4H4v12h4",
    "document": "M6 3h8l5 5v13H6zM14 3v5h5M9 13h6M9 17h6",
    "download": "M12 3v12M7 10.5l5 5 5-5M4 20h16",
    "edit": "M4 20l1-4.5L16.5 4 20 7.5 8.5 19zM14 6.5 17.5 10",
    "external": "M10 5H5v14h14v-5M13 4h7v7M20 4l-9 9",
    "eye": "M2.5 12S6 6 12 6s9.5 6 9.5 6-3.5 6-9.5 6-9.5-6-9.5-6M12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5",
    "eye-off": "M2.5 12S6 6 12 6s9.5 6 9.5 6-3.5 6-9.5 6-9.5-6-9.5-6M4 4l16 16",
    "file": "M6 3h8l5 5v13H6zM14 3v5h5M9 13h6M9 17h6",
    "filter": "M3 5h18l-7 8v6l-4 2v-8z",
    "flag": "M5 21V4M5 4h13l-3 4.5 3 4.5H5",
    "folder": "M3 6h7l2 3h9v11H3z",
    "gear": (
        "M12 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2M"
        "16.2 16.2l2.2 2.2M18.4 5.6l-2.2 2.2M7.8 16.2l-2.2 2.2"
    ),
    "globe": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M3 12h18M12 3c-5 5.5-5 12.5 0 18M12 3c5 5.5 5 12.5 0 18",
    "hand-over": "M4 8h13M13 4l4 4-4 4M20 16H7M11 12l-4 4 4 4",
    "history": "M4 4v5h5M4.5 9A8.5 8.5 0 1 1 3.5 13M12 8v4.5l3 1.8",
    "home": "M3 11.5 12 4l9 7.5M6 9.5V20h12V9.5M10 20v-5.5h4V20",
    "image": "M3 5h18v14H3zM3 16l5-5 4.5 4.5L15 13l6 5M15.5 8.5v.1",
    "inbox": "M4 13 7 4h10l3 9v7H4zM4 13h5l1 2.5h4l1-2.5h5",
    "info": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 11v5.5M12 7.5v.1",
    "key": "M8 11a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M11.3 12.5 20 4M16 8l3 3",
    "link": (
        "M10 14a4 4 0 0 0 6 0l3.5-3.5a4 4 0 0 0-6-6L12 6M14 10a4 4 0 0 0-6 0l-3.5 3.5a4 4 0 0 0 6 6L12 18"
    ),
    "list": "M9 6h11M9 12h11M9 18h11M4.5 6v.1M4.5 12v.1M4.5 18v.1",
    "lock": "M5 11h14v10H5zM8 11V8a4 4 0 0 1 8 0v3M12 15v2.5",
    "log": "M4 4h16v16H4zM7.5 9l3 3-3 3M12.5 15.5h4",
    "mail": "M3 6h18v13H3zM3 7l9 7 9-7",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "merge": "M6 3v5c0 4 6 4 6 8v5M18 3v5c0 4-6 4-6 8M9 18l3 3 3-3",
    "minus": "M5 12h14",
    "people": (
        "M9 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M2.5 20c0-8 13-8 13 0M16 5a3.2 3.2 0 0 1 0 6.3M1"
        "8 14.5c2.5.8 3.5 2.8 3.5 5.5"
    ),
    "person": "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4.5 21c0-9 15-9 15 0",
    "phone": (
        "M6 3h4l1.5 5-2.5 1.8a11 11 0 0 0 5.2 5.2L16 12.5l5 1.5v4c0 2-1.5 3-3 3C10 20.5 3.5 14 3 6c"
        "0-1.5 1-3 3-3"
    ),
    "pin": (
        "M12 21s7-6.5 7-11.5a7 7 0 0 0-14 0C5 14.5 12 21 12 21M12 7a2.6 2.6 0 1 0 0 5.2A2.6 2.6 0 0 0 12 7"
    ),
    "plus": "M12 5v14M5 12h14",
    "print": "M7 9V3h10v6M7 17H3V9h18v8h-4M7 14h10v7H7z",
    "pulse": "M3 12h4l3-7 4 14 3-7h4",
    "reply": "M9 5 3 11l6 6M3 11h11c4 0 7 2.5 7 8",
    "route": (
        "M5 16a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5M19 3a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5M7.5 18."
        "5H16a3.2 3.2 0 0 0 0-6.5H8a3.2 3.2 0 0 1 0-6.5h8.5"
    ),
    "scale": "M12 3v18M7 21h10M4 7h16M6.5 7 3 14h7zM17.5 7 14 14h7z",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.3 15.3 21 21",
    "send": "M21 3 3 10l7 3.5L13.5 21zM10 13.5 21 3",
    "settings": "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5",
    "share": (
        "M6 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5M18 3.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5M18 1"
        "5.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5M8.2 10.8 15.8 7M8.2 13.2 15.8 17"
    ),
    "shield": "M12 3 4.5 6v6c0 5 3.5 7.5 7.5 9 4-1.5 7.5-4 7.5-9V6zM8.5 12l2.5 2.5L15.5 10",
    "sign-in": "M10 4h9v16h-9M3 12h11M10 8l4 4-4 4",
    "sign-out": "M14 4H5v16h9M10 12h11M17 8l4 4-4 4",
    "tag": "M3 4h8l10 10-7 7L3 11zM7.5 8.5v.1",
    "thumb-down": (
        "M7 14V4H3.5v10zM7 13l4.5 8c2 0 2.5-1.5 2-3.5L13 15h5.5c1.8 0 2.5-1.5 2-3l-2-6.5C18.2 4.4 1"
        "7.5 4 16.5 4H7"
    ),
    "thumb-up": (
        "M7 10v10H3.5V10zM7 11l4.5-8c2 0 2.5 1.5 2 3.5L13 9h5.5c1.8 0 2.5 1.5 2 3l-2 6.5c-.3 1.1-1 "
        "1.5-2 1.5H7"
    ),
    "trash": "M4 7h16M9 7V4h6v3M6.5 7l1 14h9l1-14M10.3 11v6M13.7 11v6",
    "undo": "M8 5 3.5 9.5 8 14M3.5 9.5H14a6 6 0 0 1 0 10.5H8",
    "upload": "M12 16V4M7 8.5l5-5 5 5M4 20h16",
}


def _drawing(path: str) -> SafeString:
    return mark_safe(  # noqa: S308 - constants of this module
        f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{path}"/></svg>'
    )


ICONS: Final[dict[str, SafeString]] = {name: _drawing(path) for name, path in _PATHS.items()}
