"""By when a member of staff must have a second factor. Pure."""

from datetime import datetime, timedelta


def due(*, since: datetime | None, days: int, first_grant_at: datetime | None) -> datetime | None:
    """The end of the days of grace: they count from the later of the requirement and the first role in force.

    ``None`` where nothing is required of the person: ``since`` is ``None``, or there is no role.
    """
    if since is None or first_grant_at is None:
        return None
    return max(since, first_grant_at) + timedelta(days=days)
