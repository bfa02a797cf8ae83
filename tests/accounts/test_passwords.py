"""Few passwords are hashed at a time, so that a storm of sign-ins leaves room for readers."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client

from rembuk.accounts.passwords import hasher, hashing
from rembuk.common.errors import Busy
from rembuk.runtime.spare import Spares
from tests import people

WORDS = "kata-sandi-yang-panjang"


@pytest.fixture(autouse=True)
def _wait_as_in_life(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "WAIT_SECONDS", 0.16)


def _taken() -> list[hashing.Line]:
    """All places, as while others hash."""
    for _ in range(hashing.SLOTS):
        assert hashing._slots.acquire(timeout=1)
    return [hashing._slots] * hashing.SLOTS


@pytest.mark.parametrize(
    ("cores", "processes", "each"),
    [(1, 1, 1), (2, 1, 1), (2, 2, 1), (4, 1, 2), (8, 2, 2), (8, 8, 1), (16, 1, 8)],
)
def test_hashes_take_half_of_the_cores_at_most(cores: int, processes: int, each: int) -> None:
    assert hashing.places(cores, processes) == each


def test_hash_is_argon2id_of_owasp_and_fits_its_password_only() -> None:
    mine = hashing.Argon2()
    kept = mine.encode(WORDS, mine.salt())
    assert kept.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert mine.verify(WORDS, kept)
    assert not mine.verify("lain", kept)


def test_one_more_than_there_are_places_is_told_to_come_back_at_once() -> None:
    taken, began = _taken(), time.monotonic()
    try:
        with pytest.raises(Busy) as refused:
            hashing.Argon2().encode(WORDS, "garamgaramgaram1")
    finally:
        for slot in taken:
            slot.release()
    assert time.monotonic() - began < 5  # it waited, and not for a place that never comes
    assert refused.value.retry_after == hashing.RETRY_SECONDS
    assert hashing.Argon2().encode(WORDS, "garamgaramgaram1")


def test_place_goes_to_whoever_waits_and_not_to_the_one_who_comes_again() -> None:
    line, order = hashing.Line(1), []

    def several(name: str) -> None:
        for _ in range(3):
            assert line.acquire(timeout=5)
            time.sleep(0.02)
            order.append(name)
            line.release()

    crowd = [threading.Thread(target=several, args=(name,)) for name in "ab"]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join(10)
    assert order in (list("ababab"), list("bababa"))


def test_place_that_nobody_gave_back_in_time_is_not_lost_afterwards() -> None:
    line = hashing.Line(1)
    assert line.acquire(timeout=0)
    assert not line.acquire(timeout=0.01)
    line.release()
    assert line.acquire(timeout=0)
    assert not line.acquire(timeout=0.01)


def test_place_that_rests_is_there_later_and_for_whoever_waits_for_it_too() -> None:
    line = hashing.Line(1)
    assert line.acquire(timeout=0)
    line.release(rest=0.2)
    began = time.monotonic()
    assert line.acquire(timeout=0)
    assert time.monotonic() - began >= 0.19
    waited = list[float]()

    def wait() -> None:
        assert line.acquire(timeout=5)
        waited.append(time.monotonic())

    one = threading.Thread(target=wait)
    one.start()
    while not line._waiting:
        time.sleep(0.001)
    given = time.monotonic()
    line.release(rest=0.2)
    one.join(10)
    assert waited[0] - given >= 0.19


def test_places_of_a_web_server_rest_after_a_hash_and_those_of_commands_do_not(
    spares: Spares, monkeypatch: pytest.MonkeyPatch
) -> None:
    rests = list[float]()
    line = SimpleNamespace(acquire=lambda timeout: True, release=lambda rest: rests.append(rest))
    monkeypatch.setattr(hashing, "_slots", line)
    hashing.Argon2().encode(WORDS, "garamgaramgaram1")
    monkeypatch.setattr(hashing, "_spares", None)
    hashing.Argon2().encode(WORDS, "garamgaramgaram1")
    assert 0 < rests[0] <= hashing.MOST_REST_SECONDS
    assert rests[1] == 0


@pytest.fixture
def spares(monkeypatch: pytest.MonkeyPatch) -> Iterator[Spares]:
    """Programs for spare time, as a web server has them; on a busy machine they may take long."""
    monkeypatch.setattr(hashing, "_spares", None)
    monkeypatch.setattr(hashing, "SPARE_SECONDS", 60.0)
    hashing.use_spare_time()
    found = hashing._spares
    assert found is not None
    yield found
    for one in found._all:
        one.end()


def _counted(where: str) -> float:
    return hashing.HASHES.labels(where)._value.get()


def test_web_server_hashes_in_spare_time_as_on_a_thread(spares: Spares) -> None:
    before = _counted("spare")
    kept = hashing.Argon2().encode(WORDS, "garamgaramgaram1")
    assert kept == Argon2PasswordHasher.encode(hashing.Argon2(), WORDS, "garamgaramgaram1")
    assert hashing.Argon2().verify(WORDS, kept)
    assert not hashing.Argon2().verify("lain", kept)
    assert _counted("spare") == before + 3
    assert len(spares.pids) == 1


def test_hash_is_worked_out_on_a_thread_while_no_core_is_free(spares: Spares) -> None:
    mine, before = hashing.Argon2(), _counted("thread")
    kept = mine.encode(WORDS, "garamgaramgaram1")
    for pid in spares.pids:
        os.kill(pid, signal.SIGSTOP)
    hashing.SPARE_SECONDS = 0.05
    assert mine.verify(WORDS, kept)
    assert not mine.verify("lain", kept)
    assert _counted("thread") == before + 2


def test_answer_that_came_too_late_is_not_taken_for_that_of_the_next(spares: Spares) -> None:
    mine = hashing.Argon2()
    kept = mine.encode(WORDS, "garamgaramgaram1")
    hashing.SPARE_SECONDS = 0.0
    assert mine.verify(WORDS, kept)
    hashing.SPARE_SECONDS = 60.0
    assert not mine.verify("lain", kept)
    time.sleep(0.5)
    assert not mine.verify("lain", kept)
    assert mine.verify(WORDS, kept)


def test_password_too_long_for_a_pipe_is_worked_out_on_a_thread(spares: Spares) -> None:
    mine, long = hashing.Argon2(), "kata " * 2000
    kept = mine.encode(long, "garamgaramgaram1")
    assert mine.verify(long, kept)
    assert not mine.verify(long[:-1], kept)
    assert spares.pids == []


@pytest.mark.parametrize("kept", ["argon2$", "argon2$argon2id$v=19$m=19456,t=2,p=1$a$b", "argon2$bukan"])
def test_hash_that_is_none_fits_no_password(spares: Spares, kept: str) -> None:
    assert not hashing.Argon2().verify(WORDS, kept)
    assert hashing.Argon2().verify(WORDS, hashing.Argon2().encode(WORDS, "garamgaramgaram1"))


@pytest.mark.skipif(sys.platform != "linux", reason="a priority is that of the whole process")
def test_passwords_are_hashed_behind_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def watched(_question: bytes) -> bytes:
        seen.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))
        return b'"kept"'

    monkeypatch.setattr(hasher, "answer", watched)
    mine = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    assert hashing.Argon2().encode(WORDS, "garam") == "argon2kept"
    assert seen == [hashing.NICE]
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == mine < hashing.NICE


@pytest.mark.django_db
def test_storm_of_sign_ins_gets_503_with_retry_after_and_readers_their_page(settings: object) -> None:
    settings.PASSWORD_HASHERS = ["rembuk.accounts.passwords.hashing.Argon2"]  # type: ignore[attr-defined]
    person = people.citizen("Budi Santoso")
    person.set_password(WORDS)
    person.save()
    taken = _taken()
    try:
        answer = Client().post("/akun/masuk/", {"email": person.email, "password": WORDS})
        page = Client().get("/")
    finally:
        for slot in taken:
            slot.release()
    assert (answer.status_code, answer["Retry-After"]) == (503, str(hashing.RETRY_SECONDS))
    assert "kata sandi" not in answer.content.decode().lower()
    assert page.status_code == 200
    assert Client().post("/akun/masuk/", {"email": person.email, "password": WORDS}).status_code == 303
