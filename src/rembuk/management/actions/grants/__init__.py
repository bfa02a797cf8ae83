"""Giving roles to people in units, moving the end, ending; one or many; and the request that a second person decides."""

from rembuk.management.actions.grants.changing import change_grant_end
from rembuk.management.actions.grants.ending import end_grant, end_grants
from rembuk.management.actions.grants.giving import give_grant
from rembuk.management.actions.grants.many import give_many
from rembuk.management.actions.grants.requests import (
    approve_request,
    ask_grant,
    give_or_request,
    refuse_request,
    withdraw_request,
)

__all__ = [
    "approve_request",
    "ask_grant",
    "change_grant_end",
    "end_grant",
    "end_grants",
    "give_grant",
    "give_many",
    "give_or_request",
    "refuse_request",
    "withdraw_request",
]
