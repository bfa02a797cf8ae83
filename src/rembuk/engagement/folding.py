"""The folding loop of the worker: deltas of votes into tallies, and figures of the subjects that were touched.

Nobody else updates a tally or a subject's figures, so no row is fought over by those who vote. Not here: the
recount (``actions.recount``), reading (``selectors``).
"""

from django.db import connection, transaction

BATCH = 20_000
_LOCK = 7_401_001

_FOLD = """
    WITH taken AS (
        DELETE FROM engagement_votedelta WHERE id IN (
            SELECT id FROM engagement_votedelta ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
        ) RETURNING ballot_id, choice, change
    ), summed AS (
        SELECT ballot_id, choice, sum(change)::int AS change, count(*)::int AS rows FROM taken GROUP BY 1, 2
    ), folded AS (
        INSERT INTO engagement_tally AS tally (ballot_id, choice, count)
        SELECT ballot_id, choice, change FROM summed
        ON CONFLICT (ballot_id, choice) DO UPDATE SET count = tally.count + excluded.count
        RETURNING ballot_id
    )
    SELECT DISTINCT ballot.subject_id, (SELECT coalesce(sum(rows), 0) FROM summed)
    FROM folded JOIN engagement_ballot ballot ON ballot.id = folded.ballot_id
"""
_TAKE_TOUCHED = """
    DELETE FROM engagement_touched WHERE id IN (
        SELECT id FROM engagement_touched ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
    ) RETURNING subject_id
"""
_FIGURES = """
    INSERT INTO engagement_figures (subject_id, support, against, comments)
    SELECT subject.id, coalesce(support.count, 0), coalesce(against.count, 0),
           (SELECT count(*) FROM engagement_comment c WHERE c.subject_id = subject.id AND c.state = 'visible')
    FROM engagement_subject subject
    LEFT JOIN engagement_ballot ballot ON ballot.subject_id = subject.id AND ballot.kind = 'support'
    LEFT JOIN engagement_tally support ON support.ballot_id = ballot.id AND support.choice = 1
    LEFT JOIN engagement_tally against ON against.ballot_id = ballot.id AND against.choice = -1
    WHERE subject.id = ANY(%s)
    ON CONFLICT (subject_id) DO UPDATE
        SET support = excluded.support, against = excluded.against, comments = excluded.comments
"""


def run_once() -> int:
    """Fold what waits, at most ``BATCH`` of each kind; returns how many rows were taken.

    One worker at a time: another that comes meanwhile returns 0. What a killed worker held is rolled back and
    taken by the next.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if cursor.fetchone() != (True,):
            return 0
        cursor.execute(_FOLD, [BATCH])
        folded = cursor.fetchall()
        cursor.execute(_TAKE_TOUCHED, [BATCH])
        touched = [subject for (subject,) in cursor.fetchall()]
        subjects = sorted({subject for subject, _rows in folded} | set(touched))
        if subjects:
            cursor.execute(_FIGURES, [subjects])
    return int(folded[0][1] if folded else 0) + len(touched)
