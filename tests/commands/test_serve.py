"""The web server by itself, its drop-in, and the start that production refuses."""

import socket
import subprocess
import sys

import pytest

from rembuk.runtime import env, localdb
from tests.commands.support import environment, eventually, rembuk, status

pytestmark = pytest.mark.commands


def free_port() -> int:
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        return int(attempt.getsockname()[1])


def served(command: list[str], var, port: int) -> bool:
    """Whether a server started by the command answers, and ends when it is told to."""
    variables = environment(
        var, PYTHONPATH=str(env.ROOT / "src"), DJANGO_SETTINGS_MODULE="rembuk.config.settings"
    )
    localdb.ensure_running(var)
    server = subprocess.Popen(command, env=variables, cwd=env.ROOT)
    try:
        return eventually(lambda: status(f"http://127.0.0.1:{port}/healthz") == 200, 30)
    finally:
        server.terminate()
        assert server.wait(30) in (0, -15)


def test_serve_answers_and_ends_when_told(var):
    port = free_port()
    assert served([str(env.ROOT / "rembuk"), "serve", "--port", str(port)], var, port)


def test_gunicorn_serves_the_same_application(var):
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-k", "gthread", "--threads", "4", "-b", f"127.0.0.1:{port}"]
    assert served([*command, "rembuk.config.wsgi:application"], var, port)


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_production_without_secret_is_not_started(var, command):
    refused = rembuk(command, var=var, REMBUK_ENV="production", REMBUK_HOSTS="contoh.go.id")
    assert refused.returncode == 1
    assert "REMBUK_SECRET_KEY is missing" in refused.stderr


def test_check_tells_a_demo_what_production_would_refuse(var):
    answer = rembuk("check", var=var)
    assert answer.returncode == 0
    assert "refused: REMBUK_HOSTS is missing" in answer.stdout


def test_check_of_a_fit_production_site_is_satisfied(var):
    secret = (var / "secret-key").read_text().strip()
    answer = rembuk(
        "check", var=var, REMBUK_ENV="production", REMBUK_HOSTS="contoh.go.id", REMBUK_SECRET_KEY=secret
    )
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.endswith("This site is fit for the public.\n")


def test_seed_regions_loads_every_province_once(var):
    first = rembuk("seed", "regions", var=var)
    again = rembuk("seed", "regions", var=var)
    assert first.stdout.startswith("regions=")
    assert int(first.stdout.split()[0].partition("=")[2]) > 83_000
    assert again.stdout.split()[1] == "written=0"


def test_busy_port_is_said_by_serve_too(var):
    with socket.create_server(("127.0.0.1", 0)) as busy:
        refused = rembuk("serve", "--port", str(busy.getsockname()[1]), var=var)
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert "is in use by another program" in refused.stderr
