"""What a unit that is in charge of single rows reads of a matrix: those rows and what they stand in, nothing else."""

import pytest
from django.test import Client

from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.consultations import doors
from rembuk.consultations.actions.grouping.editing import confirm_group, create_group, dismiss_group
from rembuk.consultations.matrix import like, progress
from rembuk.consultations.matrix.rows import readable
from rembuk.consultations.models import MatrixGroup, MatrixRow
from rembuk.consultations.states import RowState
from tests import like_scenes, people
from tests import matrix_scenes as scenes
from tests.opening import behind

pytestmark = pytest.mark.django_db
ANSWER = {"verdict": "outside", "reason": scenes.REASON, "change": "", "confirm": "1", "step": "propose"}


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def base(found: scenes.Matrix, page: str = "matriks/") -> str:
    return f"/kelola/uji-publik/{found.consultation.code}/{page}"


def given(found: scenes.Matrix, *places: int) -> Person:
    """Somebody of another unit, which is in charge of these rows."""
    keys = [found.rows[place].pk for place in places]
    MatrixRow.objects.filter(pk__in=keys).update(unit=found.place.health)
    return people.staff("assessor", found.place.health)


def grouped(found: scenes.Matrix, *places: int) -> MatrixGroup:
    return create_group([found.rows[place] for place in places], by=found.manager)


def test_list_counts_and_choices_hold_the_rows_in_charge_alone() -> None:
    found = scenes.matrix(3, at=None)
    context = signed_in(given(found, 1)).get(base(found)).context
    assert [row["code"] for row in context["rows"]] == [f"{found.rows[1].submission.code}#1"]
    assert (context["found"], context["whole"].rows, context["bulk"]["found"]) == (1, 1, 1)
    units = [value for value, _label in context["filter_form"].fields["satuan"].choices]
    assert units == ["", found.place.health.code]
    assert signed_in(found.manager).get(base(found)).context["found"] == 3


def test_progress_counts_the_rows_in_charge_alone() -> None:
    found = scenes.matrix(3, at=None)
    member = given(found, 1)
    tables = signed_in(member).get(base(found, "matriks/kemajuan/")).context["tables"]
    assert [[row[1] for row in table["rows"]] for table in tables] == [["1"], ["1"], ["1"]]
    assert progress.whole(found.consultation, found.manager).rows == 3


@pytest.mark.parametrize("way", ["", "serupa/", "usulkan/"])
def test_page_of_another_row_is_not_there(way: str) -> None:
    found = scenes.matrix(2, at=None)
    client = signed_in(given(found, 0))
    assert client.get(f"{base(found)}{found.rows[0].public_id}/{way}").status_code == 200
    assert client.get(f"{base(found)}{found.rows[1].public_id}/{way}").status_code == 404
    answer = client.post(f"{base(found)}{found.rows[1].public_id}/usulkan/", ANSWER)
    assert answer.status_code == 404


def test_way_on_from_a_row_leads_to_readable_rows_alone() -> None:
    found = scenes.matrix(3, at=None)
    client = signed_in(given(found, 0, 2))
    page = client.get(f"{base(found)}{found.rows[0].public_id}/").context
    assert page["next_row_url"] == f"{base(found)}{found.rows[2].public_id}/"
    assert page["previous_row_url"] == ""


@pytest.mark.parametrize("chosen", [{"semua": "1"}, {"selected": "all"}])
def test_act_on_many_reaches_the_rows_in_charge_alone(chosen: dict[str, object]) -> None:
    found = scenes.matrix(3, at=None)
    client = signed_in(given(found, 1))
    picked = {"selected": [str(row.public_id) for row in found.rows]} if "selected" in chosen else chosen
    answer = client.post(base(found, "matriks/massal/"), {"step": "propose", **picked})
    assert answer.context["count"] == 1
    client.post(base(found, "matriks/massal/"), {**ANSWER, **picked, "count": "1"})
    assert [row.state for row in found.fresh()] == [RowState.OPEN, RowState.PROPOSED, RowState.OPEN]


def test_group_with_a_row_in_charge_shows_that_row_alone() -> None:
    found = like_scenes.like_matrix("Tambah bak sampah.", "Bak sampah ditambah.", "Bak ditambah.", at=None)
    group = grouped(found, 0, 1, 2)
    member = given(found, 1)
    client = signed_in(member)
    (card,) = client.get(base(found, "kelompok/")).context["groups"]
    assert (card["size"], card["texts"]) == (1, ["Bak sampah ditambah."])
    page = client.get(base(found, f"kelompok/{group.public_id}/")).context
    assert [one.text for one in page["members"]] == ["Bak sampah ditambah."]
    assert page["number"] == 1
    row = client.get(f"{base(found)}{found.rows[1].public_id}/").context
    assert row["like"]["rows"] == []
    assert like.like_rows(found.rows[1], member) == []
    assert len(signed_in(found.manager).get(base(found, "kelompok/")).context["groups"][0]["texts"]) == 3


def test_group_without_a_row_in_charge_is_not_there() -> None:
    found = like_scenes.like_matrix(
        "Tambah bak.", "Bak ditambah.", "Iuran turun.", "Turunkan iuran.", at=None
    )
    one, other = grouped(found, 0, 1), grouped(found, 2, 3)
    confirm_group(other, found.rows[2:4], by=found.manager)
    client = signed_in(given(found, 0))
    assert client.get(base(found, f"kelompok/{one.public_id}/")).status_code == 200
    assert client.get(base(found, f"kelompok/{other.public_id}/")).status_code == 404
    assert client.post(base(found, f"kelompok/{other.public_id}/jawab/"), ANSWER).status_code == 404
    kinds = client.get(base(found, "kelompok/?lihat=pasti")).context
    assert (kinds["groups"], [kind["count"] for kind in kinds["kinds"]]) == ([], [1, 0, 0])


def test_dismissed_group_is_read_where_the_consultation_lies_alone() -> None:
    found = like_scenes.like_matrix("Tambah bak.", "Bak ditambah.", at=None)
    gone = grouped(found, 0, 1)
    dismiss_group(gone, by=found.manager)
    url = base(found, f"kelompok/{gone.public_id}/")
    assert signed_in(given(found, 0)).get(url).status_code == 404
    assert signed_in(found.manager).get(url).status_code == 200


def test_door_and_list_agree_for_every_person_and_row() -> None:
    found = scenes.matrix(3, at=None)
    member = given(found, 1)
    outsider = people.staff("consultation-manager", found.place.village)
    everybody = [found.manager, member, outsider, people.staff("auditor", found.place.root), people.citizen()]
    seen = []
    for person in everybody:
        listed = set(readable(found.consultation, person).values_list("public_id", flat=True))
        code, keys = found.consultation.code, {row.public_id for row in found.rows}
        given_out = [behind(doors.row_for_desk, code, key, person) for key in keys]
        opened = {row.public_id for row in given_out if row is not None}
        assert opened == listed
        seen.append(len(opened))
    assert seen == [3, 1, 0, 3, 0]
    assert rights.is_staff(outsider)
