"""Kategori: filters, dragging, merging after a look, several at once, old addresses, and two who edit at once."""

import pytest
from django.test import Client

from rembuk.management.actions.categories.merge import merge_category
from rembuk.taxonomy import tree
from rembuk.taxonomy.models import Category
from tests import consultation_scenes as consultations
from tests import people, scenes
from tests.web.management.pages import K, refused, signed_in
from tests.web.management.test_categories import LIST, SENT

pytestmark = pytest.mark.django_db
WHY = "Dua kategori ini sama isinya"


def labels(client: Client, query: str) -> list[str]:
    return [row["label"] for row in client.get(f"{LIST}?{query}").context["rows"]]


def sent_of(client: Client, path: str) -> dict[str, str]:
    """The form as the page fills it, with its hidden mark."""
    context = client.get(path).context
    values = {field.html_name: field.value() for field in context["form"]}
    given = {name: value for name, value in values.items() if value not in (None, False)}
    return {
        **{name: "on" if value is True else str(value) for name, value in given.items()},
        "seen": context["sight"].mark,
    }


def test_search_and_filters_find_rows_with_the_way_down_to_them() -> None:
    place = scenes.regency()
    tree.plant(slug="trotoar", name="Trotoar", name_en="Pavements", parent=place.category)
    tree.plant(slug="usang", name="Usang", name_en="Stale", is_active=False)
    scenes.published(place)
    client = signed_in("administrator", place)
    found = {
        query: labels(client, query)
        for query in (
            "q=pavem",
            "keadaan=nonaktif",
            "satuan=tanpa",
            "satuan=ada",
            "isi=ada",
            "isi=kosong",
            "q=tidakada",
        )
    }
    assert found == {
        "q=pavem": ["Trotoar"],
        "keadaan=nonaktif": ["Usang"],
        "satuan=tanpa": ["Trotoar", "Usang"],
        "satuan=ada": ["Jalan", "Kesehatan"],
        "isi=ada": ["Jalan"],
        "isi=kosong": ["Trotoar", "Kesehatan", "Usang"],
        "q=tidakada": [],
    }
    page = client.get(f"{LIST}?q=pavem").content.decode()
    assert "Jalan" in page
    assert "data-reorder" not in page
    assert client.get(f"{LIST}?keadaan=lain").status_code == 200


def test_counts_take_in_what_stands_below_and_lead_to_the_lists() -> None:
    place = scenes.regency()
    child = tree.plant(slug="trotoar", name="Trotoar", name_en="Pavements", parent=place.category)
    scenes.published(place, category=child)
    scenes.draft(place)
    consultations.opened(place)
    rows = signed_in("administrator", place).get(LIST).context["rows"]
    counts = {row["label"]: [part["text"] for part in row["counts"]] for row in rows}
    assert counts == {
        "Jalan": ["1 usulan", "1 draf", "1 uji publik"],
        "Trotoar": ["1 usulan"],
        "Kesehatan": [],
    }
    urls = [part["url"] for part in rows[0]["counts"]]
    slug = place.category.slug
    assert urls == [f"/kelola/usulan/?kategori={slug}", "", f"/uji-publik/?kategori={slug}"]


def test_dragging_sends_parent_sibling_and_the_stamp_of_what_was_seen() -> None:
    place = scenes.regency()
    client = signed_in("administrator", place)
    here, seen = f"{LIST}{place.category.slug}/geser/", client.get(LIST).context["stamp"]
    sent = {"di": place.other_category.slug, "setelah": "", "dilihat": seen}
    answer = client.post(here, sent)
    assert (answer.status_code, answer["Location"]) == (303, f"{LIST}#k-{place.category.slug}")
    assert Category.objects.get(pk=place.category.pk).parent == place.other_category
    late = client.post(here, {"di": "", "setelah": "", "dilihat": seen})
    assert late.status_code == 409
    assert Category.objects.get(pk=place.category.pk).parent == place.other_category
    now = client.get(LIST).context["stamp"]
    below_itself = {"di": place.category.slug, "setelah": "", "dilihat": now}
    assert client.post(f"{LIST}{place.other_category.slug}/geser/", below_itself).status_code == 422
    assert client.post(here, {"di": "tidak-ada", "dilihat": now}).status_code == 404


def test_merge_shows_what_moves_before_it_is_done_and_then_leads_on() -> None:
    place = scenes.regency()
    scenes.published(place)
    scenes.draft(place)
    tree.plant(slug="trotoar", name="Trotoar", name_en="Pavements", parent=place.category)
    client, here = signed_in("administrator", place), f"{LIST}{place.category.slug}/gabung/"
    assert refused(client.post(here, {"into": "", "reason": "", "preview": "1"})) == (422, True)
    sent = {"into": place.other_category.slug, "reason": WHY}
    look = client.post(here, {**sent, "preview": "1"})
    rows = [[str(row[0]), *row[1:]] for row in look.context["preview"]["rows"]]
    assert rows == [["Usulan", 1, 0, 1], ["Draf warga", 1, 0, 1], ["Kategori di bawahnya", 1, 0, 1]]
    assert Category.objects.get(pk=place.category.pk).is_active
    done = client.post(here, {**sent, "confirm": "1"})
    assert (done.status_code, done["Location"]) == (303, f"{LIST}{place.other_category.slug}/")
    assert client.get(here).status_code == 409
    for path in (
        f"/kategori/{place.category.slug}/",
        f"/en/kategori/{place.category.slug}/",
        f"{LIST}{place.category.slug}/",
    ):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (
            301,
            path.replace(place.category.slug, place.other_category.slug),
        )
    assert client.post(f"{LIST}{place.category.slug}/", SENT).status_code == 409
    page = client.get(f"{LIST}?keadaan=nonaktif")
    assert page.context["rows"][0]["into"]["label"] == "Kesehatan"


def test_merge_into_itself_is_not_offered_and_not_taken() -> None:
    place = scenes.regency()
    client, here = signed_in("administrator", place), f"{LIST}{place.category.slug}/gabung/"
    answer = client.post(here, {"into": place.category.slug, "reason": WHY, "confirm": "1"})
    assert (refused(answer), list(answer.context["form"].errors)) == ((422, True), ["into"])


def test_old_short_names_lead_on_at_the_desk_and_in_public() -> None:
    place = scenes.regency()
    client = signed_in("administrator", place)
    client.post(f"{LIST}{place.category.slug}/", {**SENT, "slug": "jalan-raya"})
    for path in (f"/kategori/{place.category.slug}/", f"{LIST}{place.category.slug}/"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (
            301,
            path.replace(place.category.slug, "jalan-raya"),
        )
    taken = client.post(f"{LIST}baru/", {**SENT, "slug": place.category.slug})
    assert (refused(taken), list(taken.context["form"].errors)) == ((422, True), ["slug"])


@pytest.mark.parametrize(
    ("act", "more", "field", "value"),
    [
        ("nonaktif", {}, "is_active", False),
        ("tenggat", {"answer_days": "30"}, "answer_days", 30),
        ("satuan", {"default_unit": ""}, "default_unit_id", None),
    ],
)
def test_several_are_changed_after_a_question_that_names_the_count(
    act: str, more: dict[str, str], field: str, value: object
) -> None:
    place = scenes.regency()
    client, here = signed_in("administrator", place), f"{LIST}massal/"
    sent = {"act": act, "selected": [place.category.slug, place.other_category.slug, "tidak-ada"]}
    question = client.post(here, sent)
    assert (question.status_code, "2 baris dipilih" in question.content.decode()) == (200, True)
    assert getattr(Category.objects.get(pk=place.category.pk), field) != value
    answer = client.post(here, {**sent, **more, "confirm": "1"})
    assert (answer.status_code, answer["Location"]) == (303, LIST)
    assert {getattr(row, field) for row in Category.objects.all()} == {value}


def test_several_with_refusals_bad_input_or_nothing_selected() -> None:
    place = scenes.regency()
    tree.plant(slug="trotoar", name="Trotoar", name_en="Pavements", parent=place.category)
    client, here = signed_in("administrator", place), f"{LIST}massal/"
    both = [place.category.slug, place.other_category.slug]
    done = client.post(here, {"act": "nonaktif", "selected": both, "confirm": "1"})
    assert (done.status_code, [name for name, _why in done.context["refused"]]) == (200, ["Jalan"])
    back = client.post(here, {"act": "aktif", "selected": both[1:], "confirm": "1"})
    assert back.status_code == 303
    bad = client.post(here, {"act": "tenggat", "selected": both, "answer_days": "1", "confirm": "1"})
    assert refused(bad) == (422, True)
    assert client.post(here, {"act": "nonaktif", "confirm": "1"})["Location"] == LIST
    assert client.post(here, {"act": "lain", "selected": both, "confirm": "1"}).status_code == 200
    assert Category.objects.filter(is_active=False).count() == 0


@pytest.mark.parametrize(
    ("role", "unit"), [("administrator", "works"), ("moderator", "root"), ("auditor", "root")]
)
def test_merging_moving_and_many_are_denied_to_others(role: str, unit: str) -> None:
    place = scenes.regency()
    client, slug = signed_in(role, place, unit), place.category.slug
    sent = {
        "act": "nonaktif",
        "selected": slug,
        "confirm": "1",
        "into": place.other_category.slug,
        "reason": WHY,
    }
    for path in ("massal/", f"{slug}/gabung/", f"{slug}/geser/", f"{slug}/hapus/"):
        assert client.post(f"{LIST}{path}", sent).status_code == 403
    assert client.get(f"{LIST}{slug}/gabung/").status_code == 403
    assert Category.objects.get(slug=slug).is_active


def test_who_edits_after_a_colleague_sees_the_difference_and_saves_over_it_knowingly() -> None:
    place = scenes.regency()
    client, here = signed_in("administrator", place), f"{LIST}{place.category.slug}/"
    sent = sent_of(client, here)
    signed_in("administrator", place).post(here, {**sent_of(client, here), "name": "Jalan raya"})
    late = client.post(here, {**sent, "name": "Jalan desa"})
    assert late.status_code == 409
    (row,) = late.context["sight"].clash.rows
    assert (row.before, row.now, row.mine) == ("Jalan", "Jalan raya", "Jalan desa")
    assert Category.objects.get(pk=place.category.pk).name == "Jalan raya"
    again = {**sent, "name": "Jalan desa", "seen": late.context["sight"].mark}
    assert client.post(here, again).status_code == 303
    assert Category.objects.get(pk=place.category.pk).name == "Jalan desa"


def test_what_a_colleague_saves_in_the_last_moment_is_seen_under_the_lock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from rembuk.web.management.lists import sight

    place = scenes.regency()
    client, here = signed_in("administrator", place), f"{LIST}{place.category.slug}/"
    sent = sent_of(client, here)
    held = sight.held

    def late(row: Category, check: object) -> object:
        Category.objects.filter(pk=row.pk).update(name="Jalan raya")
        return held(row, check)  # type: ignore[arg-type]

    monkeypatch.setattr(sight, "held", late)
    assert client.post(here, {**sent, "name": "Jalan desa"}).status_code == 409
    assert Category.objects.get(pk=place.category.pk).name == "Jalan raya"


def test_a_public_proposal_in_a_retired_category_can_still_be_edited() -> None:
    place, author = scenes.regency(), people.citizen()
    proposal = scenes.published(place, author)
    signed_in("administrator", place).post(f"{LIST}{place.category.slug}/nonaktif/")
    client = Client()
    client.force_login(author)
    here = f"/usulan/{proposal.code}/ubah/"
    assert f'value="{place.category.slug}" selected' in client.get(here).content.decode()
    sent = {
        "title": "Perbaikan saluran air di Dusun Krajan",
        "body": scenes.BODY,
        "category": place.category.slug,
        "region_q": "",
        "place": "Dusun Krajan",
        "reason": "Tempatnya ditulis lebih tepat.",
    }
    assert client.post(here, sent).status_code == 303
    proposal.refresh_from_db()
    assert (proposal.category, proposal.place) == (place.category, "Dusun Krajan")
    assert f'value="{place.category.slug}"' not in client.get("/usulan/baru/", follow=True).content.decode()


def test_the_menu_of_an_administrator_leads_here() -> None:
    place = scenes.regency()
    merge_category(
        place.category, place.other_category, reason=WHY, by=people.staff("administrator", place.root)
    )
    assert LIST in signed_in("administrator", place).get(K).content.decode()
