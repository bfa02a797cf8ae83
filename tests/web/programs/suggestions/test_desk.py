"""Suggested groups on the desk: two lists, one group, dropping, dismissing, going on to a programme or a duplicate."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from rembuk.programs.actions.suggestions.find import refresh_suggestions
from rembuk.programs.models import Suggestion
from rembuk.programs.suggestions.themes import themes
from rembuk.proposals.models import Proposal
from rembuk.web.programs.suggestions import desk, words
from tests import people, scenes
from tests import program_scenes as programs
from tests.programs.suggestions.test_find import REASON, lamp, wish
from tests.scenes import Regency

pytestmark = pytest.mark.django_db
LIST = "/kelola/program/saran/"


def signed_in(client: Client, place: Regency) -> people.Person:
    """The programme manager of public works."""
    person = programs.manager(place)
    client.force_login(person)
    return person


def group(kind: str) -> Suggestion:
    """The only group of a kind."""
    return Suggestion.objects.get(kind=kind)


def page_of(suggestion: Suggestion) -> str:
    """Its address."""
    return reverse("desk_programs:suggestion", args=[suggestion.public_id])


def text(answer: object) -> str:
    """What was sent."""
    return answer.content.decode()  # type: ignore[attr-defined]


def test_each_theme_has_a_name() -> None:
    named = {
        theme for weights in (themes().words, themes().phrases) for row in weights.values() for theme in row
    }
    assert named == set(words.THEMES)


def test_the_two_kinds_are_kept_apart(client: Client) -> None:
    place = scenes.regency()
    signed_in(client, place)
    wish(place), wish(place), lamp(place, "Kp. Lio"), lamp(place, "Kp. Tugu")
    refresh_suggestions()
    like, same = client.get(LIST), client.get(LIST, {"jenis": "sama"})
    assert [row.title for row in like.context["rows"]] == [
        "Lampu jalan – Kec. Ciawi",
        "Jalan rusak – Kec. Ciawi",
    ]
    assert [row.title for row in same.context["rows"]] == ["Jalan rusak – Kp. Tugu RT 01/02, Desa Sukamaju"]
    assert client.get(LIST, {"jenis": "?"}).context["is_same"] is False
    assert "2 orang di baliknya" in text(like)


def test_list_tells_size_people_places_and_words(client: Client) -> None:
    place = scenes.regency()
    signed_in(client, place)
    author = people.citizen()
    one, _two = wish(place, author=author), wish(place, author=author)
    programs.support(one, people.citizen())
    refresh_suggestions()
    (row,) = client.get(LIST).context["rows"]
    assert (row.proposals, row.people, row.places, "jalan" in row.words) == (2, 2, "Desa Sukamaju", True)


def test_empty_list_says_when_groups_appear(client: Client) -> None:
    place = scenes.regency()
    signed_in(client, place)
    assert "Belum ada" in text(client.get(LIST)) or "Tidak ada" in text(client.get(LIST))


def test_list_goes_on_by_keyset(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    place = scenes.regency()
    signed_in(client, place)
    wish(place), wish(place), lamp(place, "Kp. Lio"), lamp(place, "Kp. Tugu"), lamp(place, "Kp. Tugu")
    refresh_suggestions()
    monkeypatch.setattr(desk, "PAGE", 1)
    first = client.get(LIST)
    second = client.get(first.context["next_url"])
    assert [row.proposals for page in (first, second) for row in page.context["rows"]] == [3, 2]
    assert second.context["next_url"] == ""


def test_detail_shows_only_what_lies_with_her_units(client: Client) -> None:
    place = scenes.regency()
    signed_in(client, place)
    own = [wish(place) for _ in range(2)]
    other = wish(place, category=place.other_category)
    refresh_suggestions()
    shown = text(client.get(page_of(group("like"))))
    assert all(str(row.code) in shown for row in own)
    assert str(other.code) not in shown


def test_ticked_proposals_go_on_to_a_new_programme_or_to_one_that_is_there(client: Client) -> None:
    place = scenes.regency()
    signed_in(client, place)
    one, two = wish(place), wish(place)
    refresh_suggestions()
    url = page_of(group("like"))
    made = client.post(url, {"usulan": [one.code, two.code], "step": "program"})
    assert (made.status_code, made["Location"]) == (
        303,
        f"/kelola/program/baru/?usulan={one.code}&usulan={two.code}",
    )
    shown = text(client.get(made["Location"]))
    assert str(one.code) in shown
    assert str(two.code) in shown
    added = client.post(url, {"usulan": [two.code], "step": "tambah"})
    assert added["Location"] == f"/kelola/program/tambah-usulan/?usulan={two.code}"
    every = client.post(url, {"step": "program-semua"})
    assert every["Location"] == f"/kelola/program/baru/?usulan={two.code}&usulan={one.code}"


@pytest.mark.parametrize(
    "data", [{"step": "program"}, {"step": "?", "usulan": "x"}, {"keluarkan": "USL-2020-000001"}]
)
def test_nothing_chosen_shows_the_page_again(client: Client, data: dict[str, str]) -> None:
    place = scenes.regency()
    signed_in(client, place)
    wish(place), wish(place)
    refresh_suggestions()
    answer = client.post(page_of(group("like")), data)
    assert (answer.status_code, "Pilih paling sedikit satu usulan." in text(answer)) == (422, True)


def test_dropping_stays_on_the_page_until_one_is_left(client: Client) -> None:
    place = scenes.regency()
    signed_in(client, place)
    one, two, _three = wish(place), wish(place), wish(place)
    refresh_suggestions()
    url = page_of(group("same"))
    assert client.post(url, {"keluarkan": one.code})["Location"] == url
    assert str(one.code) not in [row.proposal.code for row in client.get(url).context["members"]]
    assert client.post(url, {"keluarkan": two.code})["Location"] == f"{LIST}?jenis=sama"
    assert client.get(url).status_code == 404


def test_dismissing_asks_for_a_reason_and_keeps_what_was_typed(client: Client) -> None:
    place = scenes.regency()
    signed_in(client, place)
    wish(place), wish(place)
    refresh_suggestions()
    found = group("like")
    url = reverse("desk_programs:dismiss_suggestion", args=[found.public_id])
    assert client.get(url).status_code == 200
    refused = client.post(url, {"reason": "bukan ini"})
    assert (refused.status_code, "bukan ini" in text(refused)) == (422, True)
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": REASON})["Location"] == f"{LIST}?jenis=sejenis"
    for address in (url, page_of(found)):
        assert "sudah dibubarkan" in text(client.get(address))


def test_a_group_that_was_closed_by_somebody_else_meanwhile_is_a_conflict(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = scenes.regency()
    signed_in(client, place)
    one, _two = wish(place), wish(place)
    refresh_suggestions()
    found = group("like")
    monkeypatch.setattr(desk.doors, "suggestion_for_desk", lambda *_: found)
    Suggestion.objects.filter(pk=found.pk).update(state="dismissed")
    assert client.post(page_of(found), {"keluarkan": one.code}).status_code == 409
    url = reverse("desk_programs:dismiss_suggestion", args=[found.public_id])
    assert client.post(url, {"reason": REASON}).status_code == 409


def test_a_used_group_leads_to_its_programme(client: Client) -> None:
    place = scenes.regency()
    person = signed_in(client, place)
    one, two = wish(place), wish(place)
    refresh_suggestions()
    program = programs.draft(place, one, two, by=person)
    refresh_suggestions()
    assert reverse("desk_programs:detail", args=[program.code]) in text(client.get(page_of(group("like"))))


def test_moderators_are_led_to_marking_a_duplicate_of_the_oldest(client: Client) -> None:
    place = scenes.regency()
    person = signed_in(client, place)
    one, two = wish(place), wish(place)
    refresh_suggestions()
    shown = client.get(page_of(group("same")))
    assert [(row.is_kept, row.duplicate_url) for row in shown.context["members"]] == [(False, ""), (True, "")]
    people.grant(person, "moderator", place.works)
    act = f"{reverse('desk_proposals:duplicate', args=[two.code])}?of={one.code}"
    shown = client.get(page_of(group("same")))
    assert shown.context["members"][0].duplicate_url == act
    assert f'value="{one.code}"' in text(client.get(act))
    assert [row.duplicate_url for row in client.get(page_of(group("like"))).context["members"]] == ["", ""]


def test_places_of_a_wide_group_are_named_in_short() -> None:
    from rembuk.web.programs.suggestions.rows import _places

    assert _places(["b", "a"]) == "a, b"
    assert _places(list("edcba")) == "a, b, c dan 2 tempat lain"


def test_others_get_no_group(client: Client) -> None:
    place = scenes.regency()
    wish(place), wish(place)
    refresh_suggestions()
    url = page_of(group("like"))
    assert client.get(url).status_code == 302
    client.force_login(people.staff("program-manager", place.health))
    assert client.get(url).status_code == 404
    assert client.get(page_of(Suggestion(public_id=uuid.uuid4()))).status_code == 404
    client.force_login(people.staff("moderator", place.works))
    assert client.get(url).status_code == client.get(LIST).status_code == 403
    client.force_login(people.citizen())
    assert client.get(LIST).status_code in {403, 404}


def test_a_page_never_waits_for_the_job_and_asks_a_fixed_number_of_questions(
    client: Client, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    place = scenes.regency()
    signed_in(client, place)
    for number in range(6):
        wish(place, f"Kp. Tugu RT {number // 2}/01")
    refresh_suggestions()
    Proposal.objects.all()
    with django_assert_num_queries(8):  # type: ignore[operator]
        assert len(client.get(LIST, {"jenis": "sama"}).context["rows"]) == 3
    with django_assert_num_queries(13):  # type: ignore[operator]
        client.get(page_of(group("like")))
