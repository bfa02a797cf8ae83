"""An instansi's own accent colour as a handful of CSS tokens, in a stylesheet: the CSP allows no inline style.

Colour arithmetic, and the stylesheet with the outcome. The darker and lighter companions keep the contrast of the built-in teal.
"""

import gzip
import hashlib
import re
from functools import lru_cache

from django.conf import settings
from django.templatetags.static import static

DEFAULT_ACCENT = "0b5a57"
_HEX = re.compile(r"[0-9a-f]{6}")
_PICTURE = re.compile(r"url\((img/[\w.-]+)\)")
_BUILT_IN = {DEFAULT_ACCENT, "0b5a5e"}


def is_own_accent(colour: str) -> bool:
    """Tell whether the colour (six hex digits) is well formed and differs from the built-in one."""
    return bool(_HEX.fullmatch(colour)) and colour not in _BUILT_IN


def _mix(colour: str, other: int, share: float) -> str:
    """Mix a colour with a grey level (0 black, 255 white); share is the part of the grey level."""
    channels = (int(colour[i : i + 2], 16) for i in (0, 2, 4))
    return "#" + "".join(f"{round(c + (other - c) * share):02x}" for c in channels)


def tokens(colour: str) -> str:
    """Return the rule with the tokens for a colour of six hex digits."""
    return (
        f":root{{--accent:#{colour};--accent-deep:{_mix(colour, 0, 0.34)};"
        f"--accent-wash:{_mix(colour, 255, 0.89)};--accent-line:{_mix(colour, 255, 0.55)}}}\n"
    )


@lru_cache(maxsize=8)
def stylesheet(colour: str) -> tuple[bytes, str]:
    """Return the site's stylesheet with a colour's tokens at its end, packed by gzip, and a mark that changes with it.

    One file, since each stylesheet more is one more that the first paint waits for.
    """
    whole = (settings.STATICFILES_DIRS[0] / "rembuk.css").read_text(encoding="utf-8")
    text = _PICTURE.sub(lambda found: f"url({static(found[1])})", whole) + tokens(colour)
    return gzip.compress(text.encode(), mtime=0), hashlib.sha256(text.encode()).hexdigest()[:12]
