"""A stored picture as ``components/picture.html`` takes it: the sizes a browser may choose from, and its proportions."""

from typing import Any

from rembuk.files.models import StoredFile
from rembuk.files.reading import sizes_of

PLAIN = 960
"""The width for browsers that choose nothing themselves."""


def picture_row(file: StoredFile, alternative: str, url: str) -> dict[str, Any]:
    """A picture with its words for those who can't see it: small in the page, large behind its link."""
    sizes = sizes_of(file) or [(file.width or 0, file.height or 0)]
    shown = next((size for size in sizes if size[0] >= PLAIN), sizes[-1])
    return {
        "url": f"{url}?lebar={sizes[-1][0]}",
        "src": f"{url}?lebar={shown[0]}",
        "srcset": ", ".join(f"{url}?lebar={width} {width}w" for width, _height in sizes),
        "width": shown[0],
        "height": shown[1],
        "alternative": alternative,
    }
