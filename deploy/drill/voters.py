"""Many voters at once over HTTP, each with session and token; what each was told is appended to a log."""

import http.client
import itertools
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from deploy.drill.clients import Clients
from deploy.drill.compare import WITHDRAWN, Attempt

SUPPORT = 1
ANSWER_SECONDS = 30
PAUSE_AFTER_REFUSAL = 0.5
SIGN_IN = "/akun/"


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who votes: session keys by number of the person; the names of both cookies; the token in cookie and form."""

    sessions: dict[int, str]
    codes: list[str]
    cookies: tuple[str, str]
    token: str


class Voters(Clients):
    """Each client has people of its own, whose votes it sends one after the other until they count."""

    def __init__(self, address: str, crowd: Crowd, folder: Path, *, clients: int, pause: float) -> None:
        super().__init__("voter", clients)
        self._address, self._crowd, self._folder, self._pause = address, crowd, folder, pause

    def logs(self) -> list[Path]:
        """The logs, one for each client."""
        return sorted(self._folder.glob("votes-*.log"))

    def _go_on(self, number: int) -> None:
        people = list(self._crowd.sessions)[number :: self._count]
        client = _Client(self._address, self._crowd)
        log = os.open(self._folder / f"votes-{number:02}.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            for voter, code in pairs(people, self._crowd.codes):
                if not self._until_it_counts(client, log, voter, code):
                    return
        finally:
            os.close(log)

    def _until_it_counts(self, client: "_Client", log: int, voter: int, code: str) -> bool:
        """Send a vote until it counts; every third person takes it back. ``False`` when the drill ends."""
        is_clear = True
        for value in (SUPPORT, WITHDRAWN) if voter % 3 == 0 else (SUPPORT,):
            while True:
                if self._stopping.is_set():
                    return False
                attempt = client.send(voter, code, value)
                os.write(log, attempt.line().encode())
                if attempt.is_acknowledged:
                    self._stopping.wait(self._pause)
                    break
                # What nobody answered may still arrive; another value on top of it could be overtaken.
                is_clear = is_clear and attempt.answer in ("429", "503")
                self._stopping.wait(PAUSE_AFTER_REFUSAL)
            if not is_clear:
                break
        return True


def pairs(people: list[int], codes: list[str]) -> Iterator[tuple[int, str]]:
    """Every person with every code once: half of the people vote on the same at the same time, half on different ones."""
    for turn in range(len(codes)):
        for place, person in enumerate(people):
            yield person, codes[(turn + (place % 2) * place) % len(codes)]


class _Client:
    """One browser window after the other on one connection."""

    def __init__(self, address: str, crowd: Crowd) -> None:
        parts = urlsplit(address)
        self._host, self._port, self._crowd = parts.hostname or "", parts.port, crowd
        self._connection: http.client.HTTPConnection | None = None

    def send(self, voter: int, code: str, value: int) -> Attempt:
        """Send one vote."""
        sent = time.monotonic()
        answer = self._post(voter, f"/diskusi/usulan/{code}/suara/", value)
        return Attempt(sent, time.monotonic(), voter, code, value, answer)

    def _post(self, voter: int, path: str, value: int) -> str:
        session, csrf = self._crowd.cookies
        token = self._crowd.token
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{session}={self._crowd.sessions[voter]}; {csrf}={token}",
        }
        try:
            if self._connection is None:
                self._connection = http.client.HTTPConnection(self._host, self._port, timeout=ANSWER_SECONDS)
            self._connection.request("POST", path, f"csrfmiddlewaretoken={token}&value={value}", headers)
            answer = self._connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            if self._connection is not None:
                self._connection.close()
            self._connection = None
            return type(error).__name__
        location = answer.headers.get("Location", "")
        is_told = answer.status == 303 and not location.startswith(SIGN_IN)
        return "ok" if is_told else str(answer.status)


def count_answers(attempts: list[Attempt]) -> dict[str, int]:
    """How often each answer came."""
    ordered = sorted(attempts, key=lambda each: each.answer)
    return {
        answer: len(list(those)) for answer, those in itertools.groupby(ordered, key=lambda each: each.answer)
    }
