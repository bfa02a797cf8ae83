"""Rating a programme in a round: one statement does gate, upsert and audit entry, without what was said.

No row is updated by every person who rates; figures are counted from the ratings (``evaluation.rounds``).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from rembuk.access.rights import acting
from rembuk.accounts.models import Person
from rembuk.audit import statements
from rembuk.common.errors import Invalid, require
from rembuk.common.text import clean_text
from rembuk.programs import rules
from rembuk.programs.errors import RoundClosed
from rembuk.programs.evaluation import rounds
from rembuk.programs.evaluation.elements import OF
from rembuk.programs.evaluation.skm import HIGHEST, LOWEST
from rembuk.programs.models import Rating, Round
from rembuk.programs.verbs import RATED
from rembuk.regions.models import Region

LONGEST_REMARK = 1000

# The gate's lock conflicts with the full row lock of whoever closes the round, not with other people who rate.
_GIVE = f"""
    WITH gate AS (
        SELECT round.id, coalesce(%(at)s::timestamptz, clock_timestamp()) AS moment
        FROM programs_round AS round JOIN programs_program AS program ON program.id = round.program_id
        WHERE round.id = %(round)s AND round.closed_at IS NULL AND program.state = ANY(%(states)s)
          AND (round.closes_at IS NULL OR round.closes_at > coalesce(%(at)s::timestamptz, clock_timestamp()))
        FOR KEY SHARE OF round
    ), given AS (
        INSERT INTO programs_rating AS rating (round_id, person_id, region_id, scores, remark, at)
        SELECT id, %(person)s, %(region)s, %(scores)s::jsonb, %(remark)s, moment FROM gate
        ON CONFLICT (round_id, person_id) DO UPDATE
            SET region_id = excluded.region_id, scores = excluded.scores, remark = excluded.remark,
                changed_at = excluded.at
            WHERE (rating.region_id, rating.scores, rating.remark)
                IS DISTINCT FROM (excluded.region_id, excluded.scores, excluded.remark)
        RETURNING id
    ), trail AS (
        INSERT INTO audit_entry ({statements.COLUMNS}) SELECT {statements.VALUES} FROM given
    )
    SELECT EXISTS (SELECT FROM gate), EXISTS (SELECT FROM given)
"""  # noqa: S608


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What somebody says: element code to 1-4, and if she wants a remark (for the office) and her region."""

    scores: Mapping[str, int]
    remark: str = ""
    region: Region | None = None


def rate(found: Round, given: Given, *, by: Person, at: datetime | None = None) -> bool:
    """Give or change a rating until the round closes; says whether anything changed. The same again writes nothing.

    Raises:
        Denied: to suspended people, and without a confirmed address.
        Invalid: unless each element of the round has a score from 1 to 4, for a long remark or a region not offered.
        RoundClosed: when the round takes none at this moment.
    """
    require(rules.may_speak(found.program, by))
    remark = clean_text(given.remark)
    _check(found, given, remark)
    program = found.program
    target = statements.Target("program", program.code, program.unit_id, program.unit.path)
    values = {
        "round": found.pk,
        "person": by.pk,
        "region": given.region.pk if given.region else None,
        "scores": json.dumps(dict(given.scores)),
        "remark": remark,
        "states": [str(state) for state in rounds.RATED],
        "at": at,
    }
    entry = statements.params(RATED, acting(by), target, statements.Change(), at)
    with connection.cursor() as cursor:
        cursor.execute(_GIVE, {**values, **entry})
        is_open, is_changed = cursor.fetchone()
    if not is_open:
        raise RoundClosed
    return bool(is_changed)


def release_ratings(person: Person, *, at: datetime) -> None:
    """Withdraw the person's ratings in rounds that are open, and cut the tie of the others, which stay counted.

    Call in the transaction that deletes the account.
    """
    mine = Rating.objects.filter(person=person)
    held = Round.objects.filter(rounds.open_at(at), ratings__in=mine).order_by("pk")
    still_open = list(held.select_for_update(of=("self",)))
    mine.filter(round__in=still_open).delete()
    mine.update(person=None)


def _check(found: Round, given: Given, remark: str) -> None:
    wrong: dict[str, list[str]] = {}
    for element in OF[found.survey]:
        score = given.scores.get(element.code)
        if type(score) is not int or not LOWEST <= score <= HIGHEST:
            wrong[element.code] = [_("Please choose an answer.")]
    if set(given.scores) - {element.code for element in OF[found.survey]}:
        wrong["scores"] = [_("This answer is not among the choices.")]
    if len(remark) > LONGEST_REMARK:
        wrong["remark"] = [_("A remark may have at most %(most)s characters.") % {"most": LONGEST_REMARK}]
    if given.region is not None and given.region not in rounds.region_choices(found.program):
        wrong["region"] = [_("Choose a region from the list.")]
    if wrong:
        raise Invalid(_("The rating can't be taken like this."), fields=wrong)
