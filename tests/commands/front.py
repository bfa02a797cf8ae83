"""The nginx that ships (deploy/nginx/rembuk.conf) on ports and paths of a test, before a site that runs."""

import http.client
import os
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rembuk.ops.launch.serving import Address
from rembuk.runtime import env

_PATH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/local/sbin", "/usr/sbin"))
NGINX = shutil.which("nginx", path=_PATH)
SHIPPED = env.ROOT / "deploy/nginx/rembuk.conf"
HOST = "partisipasi.example.go.id"

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


def rendered(*, plain: int, port: int, behind: int, folder: Path, static: Path) -> str:
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
        "root /var/lib/rembuk;": f"root {static};",
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
def nginx(folder: Path, behind: int, static: Path) -> Iterator[Front]:
    """The shipped nginx before the port ``behind``, as long as the block lasts."""
    assert NGINX is not None
    plain, port = (Address("127.0.0.1", 0).resolved().port for _ in range(2))
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}",
         "-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")],
        check=True, capture_output=True,
    )  # fmt: skip
    site = rendered(plain=plain, port=port, behind=behind, folder=folder, static=static)
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
