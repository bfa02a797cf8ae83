"""An instansi's own accent colour as a handful of CSS tokens (a stylesheet: the CSP allows no inline style).

Only colour arithmetic lives here. The darker and lighter companions keep the contrast of the built-in teal.
"""

import re

DEFAULT_ACCENT = "0b5a57"
_HEX = re.compile(r"[0-9a-f]{6}")
_BUILT_IN = {DEFAULT_ACCENT, "0b5a5e"}


def is_own_accent(colour: str) -> bool:
    """Tell whether the colour (six hex digits) is well formed and differs from the built-in one."""
    return bool(_HEX.fullmatch(colour)) and colour not in _BUILT_IN


def _mix(colour: str, other: int, share: float) -> str:
    """Mix a colour with a grey level (0 black, 255 white); share is the part of the grey level."""
    channels = (int(colour[i : i + 2], 16) for i in (0, 2, 4))
    return "#" + "".join(f"{round(c + (other - c) * share):02x}" for c in channels)


def tokens(colour: str) -> str:
    """Return the stylesheet for a colour of six hex digits."""
    return (
        f":root{{--accent:#{colour};--accent-deep:{_mix(colour, 0, 0.34)};"
        f"--accent-wash:{_mix(colour, 255, 0.89)};--accent-line:{_mix(colour, 255, 0.55)}}}\n"
    )
