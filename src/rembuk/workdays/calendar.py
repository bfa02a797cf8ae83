"""The national calendar as the package ``holidays`` knows it: what the table is seeded from."""

from collections.abc import Iterable

from .models import Holiday, HolidayKind

_CATEGORIES = {"public": HolidayKind.PUBLIC, "government": HolidayKind.LEAVE}
SOURCE = "Kalender nasional (holidays)"


def national(years: Iterable[int]) -> list[Holiday]:
    """Public holidays and collective leave of these years by date, unsaved, each day once.

    Dates that depend on the moon and are not decreed yet carry "(perkiraan)" in their name.
    """
    from holidays import country_holidays  # its data are large, and needed only here

    found: dict[object, Holiday] = {}
    for category, kind in _CATEGORIES.items():
        known = country_holidays("ID", years=list(years), categories=(category,), language="id")
        for on, name in known.items():
            found.setdefault(on, Holiday(on=on, name=name, kind=kind, source=SOURCE))
    return sorted(found.values(), key=lambda holiday: holiday.on)
