"""Who hears of what happens here: ``authors`` (with supporters and followers) and ``offices``."""

from rembuk.proposals.notices import authors, offices

__all__ = ["authors", "offices"]
