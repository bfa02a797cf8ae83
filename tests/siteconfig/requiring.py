"""Requiring the second factor, as an administrator does."""

from datetime import datetime

from rembuk.audit.actors import SYSTEM
from rembuk.siteconfig.actions import change_settings


def require_of_staff(at: datetime | None = None, *, days: int = 14) -> None:
    """Require it of staff from an instant on, with so many days of grace."""
    change_settings({"staff_two_factor": "required", "staff_two_factor_days": days}, by=SYSTEM, at=at)
