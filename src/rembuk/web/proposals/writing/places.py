"""Looking up a place while somebody types, those of the instansi's own region first."""

from rembuk.common.text import clean_line
from rembuk.regions.models import Region
from rembuk.regions.selectors import search
from rembuk.workunits.selectors import root

MOST = 12
_LOOKED_AT = 60


def find_places(text: str) -> list[Region]:
    """Regions called as typed, the likeliest first, those within the region of the instansi before others."""
    found = search(clean_line(text), limit=_LOOKED_AT)
    top = root() if found else None
    home = top.region_id if top else None
    if home:
        found.sort(key=lambda place: not f"{place.code}.".startswith(f"{home}."))
    return found[:MOST]
