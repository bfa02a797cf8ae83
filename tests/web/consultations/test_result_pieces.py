"""Files of a consultation read piece by piece by a connection that can hold no cursor: how much at once, order, what left."""

from hashlib import md5

import pytest
from django.db import connection

from rembuk.common import clock
from rembuk.consultations.models import Consultation
from rembuk.consultations.states import SubmissionState
from rembuk.web.consultations.results.files import pieces, sheets
from rembuk.web.consultations.results.files.taking import Taking
from tests import consultation_scenes as scenes
from tests import export_scenes as exports
from tests.result_files import read_book, read_export
from tests.scenes import regency

pytestmark = pytest.mark.django_db


@pytest.fixture
def small_pieces(monkeypatch) -> None:
    """Files are read two rows at a time by a connection that holds no cursor, as through PgBouncer."""
    monkeypatch.setattr(pieces, "PIECE", 2)
    monkeypatch.setattr(sheets, "CHUNK", 2)
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("file", ["data.csv", "data.xlsx"])
def test_without_cursors_no_statement_hands_over_more_for_seven_than_for_three(client, file: str) -> None:
    place = regency()
    few, many = exports.objected(place, 3), exports.objected(place, 7)

    def most_rows(made: Consultation) -> dict[tuple[str, ...], int]:
        """The most rows that a statement handed over, by its columns; keys alone may be many."""
        most: dict[tuple[str, ...], int] = {}

        def note(execute, sql, params, is_many, context):
            done = execute(sql, params, is_many, context)
            cursor = context["cursor"]
            columns = tuple(column.name for column in cursor.description or ())
            if columns != ("pk",):
                most[columns] = max(cursor.rowcount, most.get(columns, 0))
            return done

        with connection.execute_wrapper(note):
            b"".join(client.get(f"/uji-publik/{made.code}/{file}").streaming_content)
        return most

    assert most_rows(many) == most_rows(few)


def test_files_are_the_same_read_in_small_pieces(client, request) -> None:
    place = regency()
    made = exports.objected(place, 5)

    def files() -> tuple[object, ...]:
        data = b"".join(client.get(f"/uji-publik/{made.code}/data.csv").streaming_content)
        return data, read_book(client, f"/uji-publik/{made.code}/data.xlsx"), read_export(place, made)

    whole = files()
    request.getfixturevalue("small_pieces")

    assert files() == whole


@pytest.mark.usefixtures("small_pieces")
def test_who_withdraws_while_the_file_is_read_is_left_out(client) -> None:
    made = scenes.closed(regency())
    said = [scenes.sent(made, content=scenes.content(reason=f"Masukan ke-{n}.")) for n in range(1, 6)]
    scenes.rows_for(made)
    drawn = sorted(said, key=lambda row: md5(f"{row.public_id}{made.code}".encode()).hexdigest())
    parts = client.get(f"/uji-publik/{made.code}/data.csv").streaming_content

    begun = b"".join(next(parts) for _part in range(3))
    made.submissions.filter(pk=drawn[4].pk).update(state=SubmissionState.WITHDRAWN)
    text = (begun + b"".join(parts)).decode()

    assert drawn[0].reason in begun.decode()
    assert [row.reason in text for row in drawn] == [True, True, True, True, False]


@pytest.mark.usefixtures("small_pieces")
def test_who_changes_answers_while_the_file_is_read_loses_none() -> None:
    made = scenes.all_answered(regency(), 5)
    last = made.submissions.order_by("number").last()
    asked = last.answers.count()
    _matrix, _submissions, questions, *_rest = sheets.sheets(Taking(made, clock.now(), has_names=True))
    rows = iter(questions.rows)
    begun = [next(rows)]

    # As a change of hers does it.
    for answer in list(last.answers.all()):
        answer.delete()
        answer.pk = None
        answer.save(force_insert=True)

    assert asked > 0
    assert [row[0] for row in [*begun, *rows]].count(last.number) == asked
