"""The site served on this machine, its worker, and an nginx beside it; all end with the measurement, by their ids."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from rembuk.ops.bench import processes, tools
from rembuk.ops.bench.sites import Site, command
from rembuk.ops.launch.serving import Address
from rembuk.runtime.processes import Children

LOCAL = "127.0.0.1"
"""What asks here may name the address of somebody it asks for."""


@dataclass(frozen=True, slots=True)
class Served:
    """A program that answers at ``url``; the worker answers nothing."""

    name: str
    url: str
    children: Children

    @property
    def pids(self) -> set[int]:
        """Its processes."""
        return processes.tree(self.children.pid(self.name))

    def used(self) -> float:
        """CPU seconds so far."""
        return processes.cpu_seconds(self.pids)


@contextmanager
def site_and_worker(site: Site, log: Path) -> Iterator[tuple[Served, Served]]:
    """The web server (as an operator starts it) and the worker; ``log`` takes what they print: each failed sign-in, for one."""
    address = Address(LOCAL, 0).resolved()
    variables = {**site.variables, "REMBUK_BASE_URL": address.url, "REMBUK_TRUSTED_PROXIES": LOCAL}
    children = Children(variables, log)
    try:
        serve = command("serve", "--host", address.host, "--port", str(address.port))
        children.start("web", list(serve))
        children.start("worker", list(command("worker")))
        address.wait_until_answering(children.check)
        web = Served("web", address.url, children)
        yield web, replace(web, name="worker", url="")
    finally:
        children.stop()


@contextmanager
def nginx(folder: Path, body: bytes) -> Iterator[Served]:
    """An nginx that sends the same bytes from a file, as its documentation configures static files."""
    address = Address(LOCAL, 0).resolved()
    (folder / "page").write_bytes(body)
    configuration = folder / "nginx.conf"
    # As root its workers would be another user, who may not pass the folder.
    user = "user root;" if os.geteuid() == 0 else ""
    configuration.write_text(_NGINX.format(user=user, folder=folder, port=address.port))
    children = Children(os.environ)
    try:
        program = tools.find("nginx") or "nginx"
        children.start("nginx", [program, "-p", str(folder), "-c", str(configuration), "-e", "stderr"])
        address.wait_until_answering(children.check)
        yield Served("nginx", f"{address.url}/page", children)
    finally:
        children.stop()


_NGINX = """
{user}
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000;
    open_file_cache max=100;
    default_type text/html;
    client_body_temp_path {folder}/temp;
    proxy_temp_path {folder}/temp;
    fastcgi_temp_path {folder}/temp;
    uwsgi_temp_path {folder}/temp;
    scgi_temp_path {folder}/temp;
    server {{
        listen 127.0.0.1:{port};
        root {folder};
    }}
}}
"""
