"""Reading and writing comments by pages."""

import uuid

import pytest

from rembuk.engagement.actions.comments import delete_comment
from rembuk.engagement.actions.subjects import show_subject
from rembuk.engagement.models import Comment, Subject
from tests import people, scenes
from tests.engagement import talks
from tests.web.engagement.pages import HTMX, act, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> scenes.Regency:
    return scenes.regency()


@pytest.fixture
def subject(place: scenes.Regency) -> Subject:
    return talks.subject(place.works, people.citizen("Pengusul"))


def _form(**fields: str) -> dict[str, str]:
    return {"body": "Jalan ini memang rusak.", "kiriman": str(uuid.uuid4()), **fields}


def test_comment_without_script_leads_to_it_on_the_page(subject: Subject) -> None:
    answer = client_of(people.citizen()).post(act(subject, "tulis"), _form())
    made = Comment.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"{subject.path}#{made.anchor}")


def test_comment_with_script_answers_with_the_comments(subject: Subject) -> None:
    answer = client_of(people.citizen()).post(act(subject, "tulis"), _form(), headers=HTMX)
    assert (answer.status_code, answer.templates[0].name) == (200, "engagement/comments.html")
    assert "Jalan ini memang rusak." in answer.content.decode()


@pytest.mark.parametrize(
    ("headers", "template"), [({}, "engagement/write.html"), (HTMX, "engagement/comments.html")]
)
def test_comment_too_long_comes_back_as_typed(
    subject: Subject, headers: dict[str, str], template: str
) -> None:
    words = "panjang " * 130
    answer = client_of(people.citizen()).post(act(subject, "tulis"), _form(body=words), headers=headers)
    assert (answer.status_code, answer.templates[0].name, Comment.objects.count()) == (422, template, 0)
    html = answer.content.decode()
    assert ('href="#tulis-body"' in html, words.strip() in html) == (True, True)


def test_comment_length_counts_line_ends_once(subject: Subject) -> None:
    body = "\r\n".join(["a" * 9] * 100)
    assert client_of(people.citizen()).post(act(subject, "tulis"), _form(body=body)).status_code == 303


def test_comment_form_sent_twice_leaves_one(subject: Subject) -> None:
    client, form = client_of(people.citizen()), _form()
    places = {client.post(act(subject, "tulis"), form)["Location"] for _ in range(2)}
    assert (len(places), Comment.objects.count()) == (1, 1)


def test_comment_of_a_page_without_keys_is_taken(subject: Subject) -> None:
    assert client_of(people.citizen()).post(act(subject, "tulis"), {"body": "Baik."}).status_code == 303


def test_comment_ignores_fields_that_are_not_the_writers_to_set(
    place: scenes.Regency, subject: Subject
) -> None:
    form = _form(state="hidden", author="1", depth="3", office=place.works.code, html="<b>x</b>")
    client_of(people.citizen()).post(act(subject, "tulis"), form)
    made = Comment.objects.get()
    assert (made.state, made.depth, made.office, made.html) == (
        "visible",
        1,
        None,
        "<p>Jalan ini memang rusak.</p>",
    )


def test_comment_where_they_are_closed_is_a_conflict(subject: Subject) -> None:
    show_subject(subject, visible=True, comments_open=False)
    client = client_of(people.citizen())
    assert [
        client.get(act(subject, "tulis")).status_code,
        client.post(act(subject, "tulis"), _form()).status_code,
    ] == [409, 409]


def test_comment_too_often_is_slowed_down(subject: Subject) -> None:
    client = client_of(people.citizen())
    answers = [client.post(act(subject, "tulis"), _form()).status_code for _ in range(6)]
    assert answers in ([303] * 5 + [429], [303] * 6)  # six when the minute turned in between
    assert Comment.objects.count() == answers.count(303)


def test_comment_by_a_visitor_leads_over_sign_in_to_the_form(subject: Subject) -> None:
    answer = client_of().get(act(subject, "tulis"))
    assert (answer.status_code, answer["Location"]) == (302, f"/akun/masuk/?next={act(subject, 'tulis')}")


def test_comment_held_is_told_and_shown_to_its_author_only(subject: Subject) -> None:
    talks.setting("comment_moderation", "before")
    author = client_of(people.citizen())
    told = author.post(act(subject, "tulis"), _form(), follow=False)
    pages = {name: c.get(f"/diskusi/usulan/{subject.code}/").content.decode() for name, c in
             {"author": author, "visitor": client_of(), "other": client_of(people.citizen())}.items()}  # fmt: skip
    assert told.status_code == 303
    assert {name: "Jalan ini memang rusak." in html for name, html in pages.items()} == {
        "author": True,
        "visitor": False,
        "other": False,
    }
    assert "Menunggu pemeriksaan. Hanya Anda yang melihatnya." in pages["author"]


def test_comment_as_an_office_by_its_staff(place: scenes.Regency, subject: Subject) -> None:
    staff = client_of(people.staff("assessor", place.works))
    assert "Dinas Pekerjaan Umum" in staff.get(act(subject, "tulis")).content.decode()
    staff.post(act(subject, "tulis"), _form(office=place.works.code))
    assert Comment.objects.get().office == place.works
    assert staff.post(act(subject, "tulis"), _form(office=place.health.code)).status_code == 422


def test_reply_quotes_what_it_answers_and_leads_to_the_thread(subject: Subject) -> None:
    root = talks.comment(subject, people.citizen(), "Kapan dikerjakan?")
    client = client_of(people.citizen())
    assert "Kapan dikerjakan?" in client.get(f"/komentar/{root.public_id}/balas/").content.decode()
    answer = client.post(f"/komentar/{root.public_id}/balas/", _form())
    made = Comment.objects.get(depth=2)
    assert (answer["Location"], made.parent) == (f"/komentar/{made.public_id}/#{made.anchor}", root)


@pytest.mark.parametrize("name", ["", "balas/", "hapus/", "laporkan/"])
def test_comment_pages_of_what_is_not_there_are_not_found(subject: Subject, name: str) -> None:
    held = talks.comment(subject, people.citizen())
    Comment.objects.update(state="held")
    client = client_of(people.citizen())
    addresses = (f"/komentar/{held.public_id}/{name}", f"/komentar/{uuid.uuid4()}/{name}")
    assert [client.get(address).status_code for address in addresses] == [404, 404]


def test_comment_of_a_hidden_subject_is_not_found(subject: Subject) -> None:
    root = talks.comment(subject, people.citizen())
    show_subject(subject, visible=False)
    client = client_of(root.author)
    assert {
        client.get(f"/komentar/{root.public_id}/{name}").status_code for name in ("", "balas/", "hapus/")
    } == {404}


def test_deletion_asks_first_and_leaves_a_note(subject: Subject) -> None:
    root = talks.comment(subject, people.citizen(), "Nomor saya 0812")
    talks.comment(subject, people.citizen(), "Balasan", parent=root)
    client = client_of(root.author)
    assert client.get(f"/komentar/{root.public_id}/hapus/").status_code == 200
    assert client.post(f"/komentar/{root.public_id}/hapus/")["Location"] == f"{subject.path}#komentar"
    html = client_of().get(f"/diskusi/usulan/{subject.code}/").content.decode()
    assert ("0812" in html, "Balasan" in html, "Penulisnya menghapus komentar ini." in html) == (
        False,
        True,
        True,
    )


def test_deletion_of_somebody_elses_comment_is_denied(subject: Subject) -> None:
    root = talks.comment(subject, people.citizen())
    client = client_of(people.citizen())
    address = f"/komentar/{root.public_id}/hapus/"
    assert [client.get(address).status_code, client.post(address).status_code] == [403, 403]
    assert Comment.objects.get().state == "visible"


def test_script_in_a_comment_is_text(subject: Subject) -> None:
    talks.comment(
        subject, people.citizen("<img src=x onerror=alert(1)>"), "<script>alert(1)</script><b>x</b>"
    )
    html = client_of().get(f"/diskusi/usulan/{subject.code}/").content.decode()
    assert ("<script>alert" in html, "<img src=x" in html, "&lt;script&gt;alert(1)" in html) == (
        False,
        False,
        True,
    )


def test_discussion_is_the_same_for_every_visitor_and_never_for_a_person(subject: Subject) -> None:
    talks.comment(subject, people.citizen())
    address = f"/diskusi/usulan/{subject.code}/"
    first, second = client_of().get(address), client_of().get(address)
    member = client_of(people.citizen("Ibu Wati")).get(address)
    assert (first.content == second.content, first.cookies, "csrf" in first.content.decode()) == (
        True,
        {},
        False,
    )
    assert first["Cache-Control"].startswith("public")
    assert (member["Cache-Control"], "Ibu Wati" in member.content.decode()) == ("private, no-store", True)


def test_discussion_walks_all_pages_in_both_orders(subject: Subject) -> None:
    person = people.citizen()
    numbers = [f"Nomor {number:02d}." for number in range(45)]
    for body in numbers:
        talks.comment(subject, person, body)
    for order, expected in (("", numbers[::-1]), ("?urut=terlama", numbers)):
        seen, address = [], f"/diskusi/usulan/{subject.code}/{order}"
        while address:
            page = client_of().get(address)
            seen += [
                str(row["html"]).removeprefix("<p>").removesuffix("</p>") for row in page.context["items"]
            ]
            address = page.context["next_url"]
        assert seen == expected


@pytest.mark.parametrize("query", ["?after=x", "?urut=aneh", "?after=~~&urut=terlama"])
def test_discussion_with_a_strange_query_is_the_first_page(subject: Subject, query: str) -> None:
    assert client_of().get(f"/diskusi/usulan/{subject.code}/{query}").status_code == 200


def test_discussion_caps_replies_and_leads_to_the_thread(subject: Subject) -> None:
    person = people.citizen()
    root = talks.comment(subject, person)
    for number in range(5):
        talks.comment(subject, person, f"Balasan {number}", parent=root)
    html = client_of().get(f"/diskusi/usulan/{subject.code}/").content.decode()
    assert ("Balasan 2" in html, "Balasan 3" in html, "Tampilkan 2 balasan lagi" in html) == (
        True,
        False,
        True,
    )
    whole = client_of().get(f"/komentar/{root.public_id}/").content.decode()
    assert "Balasan 4" in whole


def test_thread_of_a_reply_is_its_whole_thread_in_reading_order(subject: Subject) -> None:
    person = people.citizen()
    root = talks.comment(subject, person, "akar")
    first = talks.comment(subject, person, "satu", parent=root)
    talks.comment(subject, person, "dua", parent=root)
    deep = talks.comment(subject, person, "satu-satu", parent=first)
    page = client_of().get(f"/komentar/{deep.public_id}/")
    assert [str(row["html"]) for row in page.context["items"]] == [
        "<p>akar</p>", "<p>satu</p>", "<p>satu-satu</p>", "<p>dua</p>",
    ]  # fmt: skip


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("who", "queries"), [("visitor", 3), ("member", 6)])
def test_discussion_takes_the_same_queries_however_many(
    subject: Subject, number: int, who: str, queries: int, django_assert_num_queries
) -> None:
    for _ in range(number):
        root = talks.comment(subject, people.citizen())
        for _ in range(number):
            talks.comment(subject, people.citizen(), parent=root)
    client = client_of(people.citizen() if who == "member" else None)
    with django_assert_num_queries(queries):
        client.get(f"/diskusi/usulan/{subject.code}/")


def test_hidden_comment_shows_its_reason_and_not_its_text(subject: Subject) -> None:
    root = talks.comment(subject, people.citizen(), "Kata kasar")
    reason = talks.reason("hide")
    Comment.objects.update(state="hidden", decided_reason=reason, decided_note="Melanggar pedoman.")
    html = client_of().get(f"/komentar/{root.public_id}/").content.decode()
    assert ("Kata kasar" in html, reason.label in html, "Melanggar pedoman." in html) == (False, True, True)


def test_proposer_who_hides_her_name_is_not_named_in_the_talk(place: scenes.Regency) -> None:
    hidden = talks.subject(place.works, people.citizen("Nama Rahasia"), hides_author=True)
    root = talks.comment(hidden, hidden.author)
    talks.comment(hidden, people.citizen(), parent=root)
    html = client_of().get(f"/diskusi/usulan/{hidden.code}/").content.decode()
    assert ("Nama Rahasia" in html, "Pengusul (nama disamarkan)" in html) == (False, True)


def test_author_who_left_is_not_named(subject: Subject) -> None:
    talks.comment(subject, people.citizen("Pergi Sudah"))
    Comment.objects.update(author=None)
    html = client_of().get(f"/diskusi/usulan/{subject.code}/").content.decode()
    assert ("Pergi Sudah" in html, "Akun dihapus" in html) == (False, True)


def test_deleted_leaf_is_gone_from_the_page(subject: Subject) -> None:
    root = talks.comment(subject, people.citizen(), "Salah tulis")
    delete_comment(root, by=root.author)
    assert client_of().get(f"/komentar/{root.public_id}/").status_code == 404
