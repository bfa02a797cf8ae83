"""Deciding on many: the question names the count, one refused stops no other, the results tell why."""

import pytest

from rembuk.proposals.models import Decision, Proposal
from tests import handling_scenes as handling
from tests import people, scenes
from tests.web.moderation.test_queue import QUEUE, signed_in

pytestmark = pytest.mark.django_db
BULK = f"{QUEUE}sekaligus/"


def test_bulk_asks_first_and_names_the_count() -> None:
    place = scenes.regency()
    waiting = [scenes.submitted(place) for _number in range(2)]
    codes = [str(row.code) for row in waiting]
    answer = signed_in("moderator", place).post(BULK, {"step": "publish", "selected": codes})
    assert (answer.status_code, "2 usulan dipilih" in answer.content.decode()) == (200, True)
    assert [handling.state_of(row) for row in waiting] == ["submitted", "submitted"]


def test_bulk_of_three_with_one_refused_decides_two_and_tells_why() -> None:
    place = scenes.regency()
    me = people.staff("moderator", place.root)
    client = signed_in("moderator", place)
    client.force_login(me)
    chosen = [scenes.submitted(place), scenes.submitted(place, me), scenes.submitted(place)]
    codes = [str(row.code) for row in chosen]
    answer = client.post(BULK, {"step": "publish", "selected": codes, "confirm": "1"}, follow=True)
    assert [handling.state_of(row) for row in chosen] == ["published", "submitted", "published"]
    assert "2 usulan diputuskan" in answer.content.decode()
    assert [row["code"] for row in answer.context["refused"]] == [chosen[1].code]
    assert set(Decision.objects.filter(step="publish").values_list("bulk_size", flat=True)) == {3}


def test_bulk_is_marked_in_the_public_history() -> None:
    place = scenes.regency()
    chosen = [scenes.submitted(place) for _number in range(2)]
    codes = [str(row.code) for row in chosen]
    signed_in("moderator", place).post(BULK, {"step": "publish", "selected": codes, "confirm": "1"})
    text = signed_in("moderator", place).get(f"/kelola/usulan/{codes[0]}/").content.decode()
    assert "time-bulk" in text


def test_bulk_return_needs_a_reason_and_keeps_what_was_typed() -> None:
    place = scenes.regency()
    waiting = scenes.submitted(place)
    fields = {"step": "return", "selected": str(waiting.code), "confirm": "1", "message": "Mohon lengkapi."}
    answer = signed_in("moderator", place).post(BULK, fields)
    assert (answer.status_code, handling.state_of(waiting)) == (422, "submitted")
    assert "Mohon lengkapi." in answer.content.decode()
    fields["reason"] = "tidak-jelas"
    assert signed_in("moderator", place).post(BULK, fields).status_code == 303
    assert handling.state_of(waiting) == "returned"


def test_bulk_leaves_out_what_she_may_not_read() -> None:
    place = scenes.regency()
    waiting = scenes.submitted(place)
    client = signed_in("moderator", place, "health")
    answer = client.post(BULK, {"step": "publish", "selected": str(waiting.code), "confirm": "1"})
    assert (answer.status_code, handling.state_of(waiting)) == (303, "submitted")


def test_bulk_of_all_found_takes_what_the_queue_shows_her_and_nothing_else() -> None:
    place = scenes.regency()
    me = people.staff("moderator", place.root)
    client = signed_in("moderator", place)
    client.force_login(me)
    scenes.submitted(place, me, title="Lampu jalan desa saya")
    wanted = [scenes.submitted(place, title=f"Lampu jalan {word}") for word in ("pasar", "sekolah")]
    scenes.submitted(place, title="Jembatan gantung baru")
    answer = client.post(f"{BULK}?q=lampu", {"step": "publish", "semua": "1"})
    assert [row.code for row in answer.context["proposals"]] == [row.code for row in wanted]


@pytest.mark.parametrize("step", ["delete", ""])
def test_bulk_with_an_unknown_step_is_not_found(step: str) -> None:
    place = scenes.regency()
    assert signed_in("moderator", place).post(BULK, {"step": step}).status_code == 404


def test_results_of_somebody_else_are_not_found() -> None:
    place = scenes.regency()
    waiting = scenes.submitted(place)
    fields = {"step": "publish", "selected": str(waiting.code), "confirm": "1"}
    done = signed_in("moderator", place).post(BULK, fields)["Location"]
    assert signed_in("moderator", place).get(done).status_code == 404


def test_bulk_hands_each_to_the_unit_that_carries_it_out() -> None:
    place = scenes.regency()
    chosen = [scenes.published(place) for _number in range(2)]
    Proposal.objects.filter(pk=chosen[0].pk).update(executing_unit=place.roads)
    codes = [str(row.code) for row in chosen]
    fields = {"step": "refer", "selected": codes, "confirm": "1"}
    answer = signed_in("moderator", place).post(BULK, fields, follow=True)
    assert [handling.state_of(row) for row in chosen] == ["reviewing", "published"]
    assert chosen[0].dispositions.get().unit == place.roads
    assert [row["code"] for row in answer.context["refused"]] == [chosen[1].code]


def test_bulk_hands_all_to_the_unit_that_was_typed() -> None:
    place = scenes.regency()
    chosen = [scenes.published(place) for _number in range(2)]
    codes = [str(row.code) for row in chosen]
    fields = {"step": "refer", "selected": codes, "responsible": place.health.code, "confirm": "1"}
    signed_in("moderator", place).post(BULK, fields)
    assert {row.dispositions.get().unit for row in chosen} == {place.health}
    assert set(Decision.objects.filter(step="refer").values_list("bulk_size", flat=True)) == {2}
