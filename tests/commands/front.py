"""The nginx that ships (deploy/nginx/rembuk.conf) on ports and paths of a test, before a site that runs."""

import http.client
import os
import re
import shutil
import signal
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import pytest

from rembuk.ops.launch.serving import Address
from rembuk.runtime import env, localdb
from tests import demo_site
from tests.commands import support

_PATH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/local/sbin", "/usr/sbin"))
NGINX = shutil.which("nginx", path=_PATH)
SHIPPED = env.ROOT / "deploy/nginx/rembuk.conf"
HOST = "partisipasi.example.go.id"
MARKS = [
    pytest.mark.commands,
    pytest.mark.nightly,
    pytest.mark.xdist_group("nginx"),
    pytest.mark.skipif(
        NGINX is None and "CI" not in os.environ, reason="nginx is not installed (Debian: apt install nginx)"
    ),
]

_MAIN = """
{user}
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 512; }}
http {{
    include /etc/nginx/mime.types;
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/temp;
    uwsgi_temp_path {folder}/temp;
    scgi_temp_path {folder}/temp;
{site}
}}
"""


def rendered(*, plain: int, port: int, behind: int, folder: Path, var: Path) -> str:
    """The shipped text with the ports and paths of a test; raises LookupError where it no longer has one of them."""
    text = SHIPPED.read_text()
    for found, instead in {
        "    listen [::]:80;\n": "",
        "    listen [::]:443 ssl;\n": "",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
        f"/etc/letsencrypt/live/{HOST}/fullchain.pem": f"{folder}/certificate.pem",
        f"/etc/letsencrypt/live/{HOST}/privkey.pem": f"{folder}/key.pem",
        "/var/cache/rembuk-nginx": f"{folder}/cache",
        "root /var/lib/rembuk;": f"root {var};",
        "alias /var/lib/rembuk/uploads/;": f"alias {var}/uploads/;",
        "http://127.0.0.1:8000": f"http://127.0.0.1:{behind}",
    }.items():
        if found not in text:
            raise LookupError(f"{SHIPPED.name} has no «{found.strip()}» any more")
        text = text.replace(found, instead)
    return text


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; every header with all its values."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def all(self, name: str) -> list[str]:
        """The values of a header."""
        return [value for given, value in self.headers if given.lower() == name.lower()]

    def one(self, name: str) -> str:
        """The value of a header that stands once or not at all."""
        (value,) = self.all(name) or [""]
        return value


@dataclass(frozen=True, slots=True)
class Front:
    """The nginx that runs."""

    port: int
    plain: int

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Reply:
        """One request over TLS; ``accept_encoding="br"`` and the like are its headers."""
        trust = ssl._create_unverified_context()
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=60, context=trust)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body, {"Host": "127.0.0.1", **named})
            answer = connection.getresponse()
            return Reply(answer.status, answer.getheaders(), answer.read())
        finally:
            connection.close()


@contextmanager
def nginx(folder: Path, behind: int, var: Path) -> Iterator[Front]:
    """The shipped nginx before the port ``behind``, as long as the block lasts."""
    assert NGINX is not None
    plain, port = (Address("127.0.0.1", 0).resolved().port for _ in range(2))
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}",
         "-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")],
        check=True, capture_output=True,
    )  # fmt: skip
    site = rendered(plain=plain, port=port, behind=behind, folder=folder, var=var)
    user = "user root;" if os.geteuid() == 0 else ""
    configuration = folder / "nginx.conf"
    configuration.write_text(_MAIN.format(user=user, folder=folder, site=site))
    running = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(configuration), "-e", "stderr"])
    try:
        Address("127.0.0.1", port).wait_until_answering(lambda: _check(running))
        time.sleep(0.2)
        yield Front(port, plain)
    finally:
        running.terminate()
        running.wait(20)


def _check(running: subprocess.Popen[bytes]) -> None:
    assert running.poll() is None, "nginx refuses the configuration"


@dataclass(frozen=True, slots=True)
class Site:
    """The web server behind nginx."""

    var: Path
    port: int

    def start(self, **more: str) -> "subprocess.Popen[bytes]":
        """Start it and wait until it answers."""
        variables = support.environment(
            self.var,
            REMBUK_ENV="demo",
            REMBUK_TRUSTED_PROXIES="127.0.0.1",
            REMBUK_HOSTS="127.0.0.1",
            **more,
        )
        command = [str(env.ROOT / "rembuk"), "serve", "--port", str(self.port)]
        running = subprocess.Popen(command, env=variables, cwd="/", start_new_session=True)
        assert support.eventually(
            lambda: support.status(f"http://127.0.0.1:{self.port}/healthz") == 200, support.START_SECONDS
        )
        return running


@contextmanager
def served_copy() -> Iterator[Site]:
    """A site of its own with the content of the demo."""
    with support.folder() as place:
        demo_site.copy_to(place / "var")
        localdb.ensure_running(place / "var")
        yield Site(place / "var", Address("127.0.0.1", 0).resolved().port)
        localdb.leave(place / "var")


def end(server: "subprocess.Popen[bytes]") -> None:
    """End a web server and its processes."""
    if server.poll() is None:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(40)


def sign_in(front: Front, name: str) -> str:
    """The cookie of a signed-in account of the demo."""
    page = front.ask("/akun/masuk/")
    cookies = SimpleCookie(page.one("Set-Cookie"))
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page.body)
    assert token is not None
    form = {
        "csrfmiddlewaretoken": token[1].decode(),
        "email": f"{name}@lembayung.example",
        "password": "rembuk-demo-2026",
    }
    given = "; ".join(f"{key}={morsel.value}" for key, morsel in cookies.items())
    answer = front.ask(
        "/akun/masuk/", "POST", urlencode(form).encode(), cookie=given, referer="https://127.0.0.1/akun/masuk/",
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip
    assert answer.status in (302, 303), answer.body[:300]
    for line in answer.all("Set-Cookie"):
        cookies.load(line)
    return "; ".join(f"{key}={morsel.value}" for key, morsel in cookies.items())


def public_picture(front: Front) -> str:
    """The address of a picture of a published proposal of the demo."""
    listed = front.ask("/usulan/?urut=dukungan").body.decode()
    for path in dict.fromkeys(re.findall(r'href="(/usulan/[A-Z]+-\d+-\d+/)', listed)):
        found = re.search(rf"({path}lampiran/[0-9a-f-]+/)\?lebar=320", front.ask(path).body.decode())
        if found is not None:
            return found[1]
    raise LookupError("no proposal of the demo has a picture")
