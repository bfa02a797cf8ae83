"""How long sessions last: staff and citizens, rest and whole, and who is asked when."""

from datetime import UTC, datetime, timedelta

import pytest

from rembuk.accounts.sessions import limits

DAY, HOUR, MINUTE = 86_400, 3_600, 60
AT = 2_000_000_000
# How long ago the session began and was last used, why it is over for a citizen, and for staff.
TABLE = [
    (0, 0, None, None),
    (29 * MINUTE, 29 * MINUTE, None, None),
    (HOUR, 30 * MINUTE - 1, None, None),
    (HOUR, 30 * MINUTE, None, "rest"),
    (11 * HOUR, 5 * HOUR, None, "rest"),
    (12 * HOUR - 1, 0, None, None),
    (12 * HOUR, 0, None, "whole"),
    (13 * DAY, 10 * DAY, None, "whole"),
    (14 * DAY - 1, 13 * DAY, None, "whole"),
    (14 * DAY, 0, "whole", "whole"),
    (40 * DAY, 40 * DAY, "whole", "whole"),
]


@pytest.mark.parametrize(("began", "used", "citizen", "staff"), TABLE)
def test_table(began: int, used: int, citizen: str | None, staff: str | None) -> None:
    found = [
        limits.over(AT - began, AT - used, AT, is_staff=lambda answer=answer: answer)
        for answer in (False, True)
    ]
    assert found == [citizen, staff]


@pytest.mark.parametrize("marks", [(None, None), (AT, None), (None, AT)])
def test_a_session_without_marks_is_over(marks: tuple[int | None, int | None]) -> None:
    assert limits.over(*marks, AT, is_staff=lambda: False) == "unmarked"


def test_nobody_is_asked_about_rights_before_a_limit_of_staff_is_passed() -> None:
    def asked() -> bool:
        raise AssertionError

    assert limits.over(AT - HOUR, AT - 29 * MINUTE, AT, is_staff=asked) is None
    assert limits.over(AT - 14 * DAY, AT, AT, is_staff=asked) == "whole"


@pytest.mark.parametrize(
    ("began", "seen", "citizen", "staff"),
    [
        (HOUR, 0, True, True),
        (HOUR, 44 * MINUTE, True, True),
        (HOUR, 45 * MINUTE, True, False),
        (12 * HOUR, 0, True, False),
        (14 * DAY, 0, False, False),
    ],
)
def test_list_leaves_out_what_is_over_for_certain(began: int, seen: int, citizen: bool, staff: bool) -> None:
    at = datetime(2026, 11, 27, tzinfo=UTC)
    times = at - timedelta(seconds=began), at - timedelta(seconds=seen), at
    assert [limits.is_open(*times, is_staff=answer) for answer in (False, True)] == [citizen, staff]
