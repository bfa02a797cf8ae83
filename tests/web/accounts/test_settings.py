"""Settings of the own account: what may be changed, by whom, and what is written down."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from rembuk.accounts.models import Consent, Person
from rembuk.accounts.selectors import open_sessions
from rembuk.audit.models import AuditEntry
from tests import people, scenes
from tests.accounts import post

pytestmark = pytest.mark.django_db


def signed_in(person: Person) -> Client:
    client = Client()
    client.post("/akun/masuk/", {"email": person.email, "password": people.PASSWORD})
    return client


def test_profile_changes_name_and_language_and_the_trail_keeps_no_name() -> None:
    person = people.citizen("Sari")
    answer = signed_in(person).post("/akun/pengaturan/", {"name": "Sari Dewi", "language": "en"})
    person.refresh_from_db()
    entry = AuditEntry.objects.get(verb="person.profile_changed")
    assert (answer.status_code, person.name, person.language) == (303, "Sari Dewi", "en")
    assert entry.after == {"language": "en", "changed": ["name", "language"]}
    assert "Sari" not in str(entry.before)


def test_profile_takes_no_other_field() -> None:
    person = people.citizen()
    sent = {
        "name": "Sari",
        "language": "id",
        "is_active": "",
        "email": "x@contoh.id",
        "joined_at": "2020-01-01",
    }
    signed_in(person).post("/akun/pengaturan/", sent)
    email = person.email
    person.refresh_from_db()
    assert (person.is_active, person.email) == (True, email)


def test_profile_with_errors_is_shown_again_with_a_summary() -> None:
    answer = signed_in(people.citizen()).post("/akun/pengaturan/", {"name": "", "language": "xx"})
    assert answer.status_code == 422
    assert 'class="errors-top"' in answer.content.decode()


def test_consents_given_and_taken_back_keep_both_times() -> None:
    person = people.citizen()
    client = signed_in(person)
    client.post("/akun/persetujuan/", {"consents": ["news", "research"]})
    client.post("/akun/persetujuan/", {"consents": ["research"]})
    rows = {row.purpose: row.withdrawn_at is None for row in Consent.objects.filter(person=person)}
    assert rows == {"news": False, "research": True}
    assert AuditEntry.objects.filter(verb="person.consents_changed").count() == 2


def test_address_holds_once_it_is_confirmed_and_the_old_one_is_told() -> None:
    person = people.citizen(email="lama@contoh.id")
    client = signed_in(person)
    client.post("/akun/surel/", {"email": "Baru@contoh.id", "present": people.PASSWORD})
    person.refresh_from_db()
    before = person.email
    link = post.link_in(post.letters()[-1])
    client.post(link)
    person.refresh_from_db()
    assert (before, person.email) == ("lama@contoh.id", "baru@contoh.id")
    assert post.waiting() == [("address_changed", "lama@contoh.id")]
    assert list(EmailAddress.objects.filter(user=person).values_list("email", "verified")) == [
        ("baru@contoh.id", True)
    ]
    assert client.get(link).status_code == 404


def test_address_of_somebody_else_gets_the_same_answer() -> None:
    people.citizen(email="ada@contoh.id")
    person = people.citizen()
    client = signed_in(person)
    free = client.post("/akun/surel/", {"email": "bebas@contoh.id", "present": people.PASSWORD})
    taken = client.post("/akun/surel/", {"email": "ada@contoh.id", "present": people.PASSWORD})
    assert (
        (free.status_code, free["Location"])
        == (taken.status_code, taken["Location"])
        == (303, "/akun/pengaturan/")
    )
    assert post.waiting() == [("new_address", "bebas@contoh.id"), ("known", "ada@contoh.id")]


def test_address_taken_in_the_meantime_is_refused() -> None:
    person = people.citizen()
    client = signed_in(person)
    client.post("/akun/surel/", {"email": "bebas@contoh.id", "present": people.PASSWORD})
    link = post.link_in(post.letters()[-1])
    people.citizen(email="bebas@contoh.id")
    assert client.post(link).status_code == 422


def test_sessions_lists_own_devices_only_and_ends_one() -> None:
    person = people.citizen()
    here, there = signed_in(person), signed_in(person)
    signed_in(people.citizen())
    handles = {session.key: session.handle for session in open_sessions(person)}
    answer = here.post("/akun/sesi/", {"session": handles[there.session.session_key or ""]})
    assert answer.status_code == 303
    assert len(handles) == 2
    assert there.get("/akun/").status_code == 302
    assert here.get("/akun/").status_code == 200
    assert AuditEntry.objects.get(verb="person.sessions_ended").after == {"ended": 1}


def test_sessions_of_somebody_else_cannot_be_ended() -> None:
    victim = people.citizen()
    theirs = signed_in(victim)
    (session,) = open_sessions(victim)
    signed_in(people.citizen()).post("/akun/sesi/", {"session": session.handle})
    assert theirs.get("/akun/").status_code == 200


def test_sessions_end_everywhere_else() -> None:
    person = people.citizen()
    here, *others = (signed_in(person) for _ in range(3))
    here.post("/akun/sesi/")
    assert [client.get("/akun/").status_code for client in (here, *others)] == [200, 302, 302]


def test_sessions_page_shows_no_session_key() -> None:
    client = signed_in(people.citizen())
    page = client.get("/akun/sesi/").content.decode()
    assert (client.session.session_key or "") not in page


def test_own_data_is_a_file_and_leaves_an_entry() -> None:
    place = scenes.regency()
    person = people.citizen("Made Wirawan")
    proposal = scenes.published(place, person)
    answer = signed_in(person).post("/akun/data/")
    copy = answer.json()
    assert answer["Content-Disposition"] == 'attachment; filename="data-saya.json"'
    assert copy["account"]["name"] == "Made Wirawan"
    assert [row["code"] for row in copy["proposals"]] == [proposal.code]
    assert AuditEntry.objects.filter(verb="person.data_exported", actor_person_id=person.pk).exists()


def test_delete_needs_password_and_certainty() -> None:
    person = people.citizen()
    client = signed_in(person)
    wrong = client.post("/akun/hapus/", {"sure": "on", "present": "salah-sekali-2026"})
    unsure = client.post("/akun/hapus/", {"present": people.PASSWORD})
    person.refresh_from_db()
    assert (wrong.status_code, unsure.status_code, person.deleted_at) == (422, 422, None)


def test_delete_signs_out_and_says_goodbye() -> None:
    person = people.citizen()
    client = signed_in(person)
    answer = client.post("/akun/hapus/", {"sure": "on", "present": people.PASSWORD}, follow=True)
    person.refresh_from_db()
    assert answer.redirect_chain == [("/akun/dihapus/", 303)]
    assert person.deleted_at is not None
    assert client.get("/akun/").status_code == 302
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
            "Chrome di Android",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/120 Safari/537.36 Edg/120",
            "Edge di Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile Safari/604.1",
            "Safari di iPhone",
        ),
        ("curl/8.5", "Peramban tidak dikenal"),
    ],
)
def test_sessions_name_devices_in_known_words(agent: str, words: str) -> None:
    client = Client(headers={"user-agent": agent})
    person = people.citizen()
    client.post("/akun/masuk/", {"email": person.email, "password": people.PASSWORD})
    assert [row["device"] for row in client.get("/akun/sesi/").context["sessions"]] == [words]
