"""The demo as a process: it serves, stops, survives every kind of end, and says why when it cannot start."""

import fcntl
import os
import re
import socket
import subprocess
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from rembuk.ops.bench.processes import tree
from rembuk.runtime.places import describe
from rembuk.runtime.processes import command_line, is_running, processes_in
from tests import demo_site
from tests.commands.support import Running, clone_to, eventually, rembuk, status

pytestmark = pytest.mark.commands


def port_of(url: str) -> int:
    return int(url.rpartition(":")[2])


def is_held(port: int) -> bool:
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return attempt.connect_ex(("127.0.0.1", port)) == 0


def fails_to_sign_in(url: str) -> None:
    """As a browser does, by a wrong password."""
    browser = build_opener(HTTPCookieProcessor())
    with browser.open(f"{url}/akun/masuk/") as form:
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form.read().decode())
    assert found is not None
    words = {"csrfmiddlewaretoken": found[1], "email": "siapa@contoh.example", "password": "bukan-sandinya"}
    with pytest.raises(HTTPError) as refused:
        browser.open(f"{url}/akun/masuk/", urlencode(words).encode())
    with refused.value as answer:
        assert answer.code == 422


def test_demo_serves_pages_and_a_worker_names_the_accounts_and_leaves_nothing_running(var):
    demo = Running(var, "--port", "0")
    url = demo.url()
    assert status(f"{url}/") == 200
    assert eventually(lambda: status(f"{url}/readyz") == 200, 20)
    assert len(set(re.findall(r"\S+@\S+", demo.output))) >= 8
    assert re.search(r"(?i)kata sandi|password", demo.output)
    assert demo.interrupt() == 0
    assert not is_held(port_of(url))
    assert processes_in(describe(var).data_dir) == set()


def test_demo_killed_hard_leaves_nothing_running_and_starts_again_on_the_same_port(var):
    demo = Running(var, "--port", "0")
    fails_to_sign_in(url := demo.url())
    programs = [pid for pid in tree(demo.process.pid) if "hasher.py" in command_line(pid)]
    assert len(programs) == 1
    demo.kill()
    assert eventually(lambda: not is_running(programs[0]) and not is_held(port_of(url)), 5)
    with Running(var, "--port", str(port_of(url))) as again:
        assert status(f"{again.url()}/") == 200


def test_demo_killed_hard_stops_the_database_too(var):
    demo = Running(var, "--port", "0")
    demo.url()
    demo.kill()
    assert eventually(lambda: processes_in(describe(var).data_dir) == set(), 30)


def test_demo_twice_on_one_var_names_the_address_that_serves(var):
    with Running(var, "--port", "0") as first:
        url = first.url()
        second = rembuk("demo", "--port", "0", var=var)
        assert status(f"{url}/healthz") == 200
    assert second.returncode == 1
    assert f"already served at {url}" in second.stderr


def test_demo_on_two_vars_serves_both(var, place):
    other = place / "other"
    subprocess.run(["cp", "-a", str(var), str(other)], check=True)
    with Running(var, "--port", "0") as first, Running(other, "--port", "0") as second:
        assert status(f"{first.url()}/healthz") == status(f"{second.url()}/healthz") == 200
        assert first.url() != second.url()


def test_demo_on_a_busy_port_says_so(var):
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        refused = rembuk("demo", "--port", str(port), var=var)
    assert refused.returncode == 1
    assert f"port {port} on 127.0.0.1 is in use" in refused.stderr


def test_demo_web_process_that_dies_is_started_again(var):
    with Running(var, "--port", "0") as demo:
        url = demo.url()
        children = subprocess.run(
            ["pgrep", "-P", str(demo.process.pid), "-f", "rembuk.ops serve"],
            capture_output=True,
            text=True,
            check=True,
        )
        os.kill(int(children.stdout.split()[0]), 9)
        assert eventually(lambda: status(f"{url}/healthz") == 200, 30)


def test_demo_whose_database_dies_says_503_and_recovers_by_itself(var):
    with Running(var, "--port", "0") as demo:
        url = demo.url()
        with (var / "postgres.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # so long nobody can start it again
            os.kill(int((describe(var).data_dir / "postmaster.pid").read_text().split()[0]), 9)
            assert eventually(lambda: status(f"{url}/usulan/") == 503, 30)
        assert eventually(lambda: status(f"{url}/usulan/") == 200, 40)
        assert eventually(lambda: status(f"{url}/readyz") == 200, 60)


def test_demo_with_foreign_variables_of_python_still_starts(var):
    answer = rembuk(
        "demo", "--help", var=var, PYTHONHOME="/nowhere", PYTHONPATH="/nowhere", VIRTUAL_ENV="/nowhere"
    )
    assert (answer.returncode, answer.stderr) == (0, "")


def test_demo_refuses_fresh_on_a_database_that_is_not_its_own(var):
    refused = rembuk(
        "demo", "--fresh", "--port", "0", var=var, DATABASE_URL="postgresql://nobody@/none?host=/tmp"
    )
    assert refused.returncode == 1
    assert "DATABASE_URL names another" in refused.stderr


def _plain_user() -> str | None:
    """A user without rights where the suite runs as root; where it does not, it is one itself."""
    return "nobody" if os.geteuid() == 0 else None


@pytest.fixture
def clone(place):
    """A folder with a path that is too long for a socket."""
    made = place / ("long" * 30)
    made.mkdir()
    assert len(str(made)) > 107
    return made


def test_private_clone_with_a_long_path_is_set_up_from_nothing(clone):
    clone_to(clone, owner=None)
    clone.chmod(0o700)
    answer = rembuk("migrate", var=clone / "var", root=clone)
    assert answer.returncode == 0, answer.stderr
    state = describe(clone / "var").state_dir
    if clone not in state.parents:  # as root: PostgreSQL's user cannot pass
        assert f"the database is kept in {state}" in answer.stdout + answer.stderr


def test_demo_of_a_plain_user_from_a_private_clone_with_a_long_path(clone):
    user = _plain_user()
    demo_site.copy_to(clone / "var")
    clone_to(clone, owner=user)
    clone.chmod(0o700)
    with Running(clone / "var", "--port", "0", root=clone, user=user) as demo:
        assert status(f"{demo.url()}/") == 200
        assert (clone / "var" / "postgres" / "data").owner() == (user or clone.owner())
