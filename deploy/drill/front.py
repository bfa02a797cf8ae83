"""nginx's configuration in the drill: the site's own, with a port instead of TLS and the machines of the drill behind it."""

from pathlib import Path

from deploy.drill.layout import LOCAL
from deploy.render import TEMPLATES, Cluster, Incomplete, files_of

_MAIN = """
daemon off;
worker_processes 1;
pid {home}/nginx.pid;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    include /etc/nginx/mime.types;
    client_body_temp_path {home}/temp;
    proxy_temp_path {home}/temp;
    fastcgi_temp_path {home}/temp;
    uwsgi_temp_path {home}/temp;
    scgi_temp_path {home}/temp;
{upstream}
{site}
}}
"""
_TLS = ("listen [::]:443 ", "http2 ", "ssl_", "listen [::]:80")


def configuration(cluster: Cluster, home: Path) -> str:
    """The whole configuration for the machine in front."""
    front = cluster.of("front")[0]
    upstream = files_of(cluster, front.name)["etc/nginx/conf.d/rembuk-hosts.conf"][0]
    site = (TEMPLATES / "nginx/rembuk.conf").read_text(encoding="utf-8")
    own = adapted(site, f"{LOCAL}:{front.value('FRONT_PORT')}")
    # All voters of the drill come from one address.
    own = own.replace("/var/cache/rembuk-nginx", f"{home}/cache").replace("rate=20r/s", "rate=100000r/s")
    return _MAIN.format(home=home, upstream=upstream, site=own)


def adapted(site: str, listen: str) -> str:
    """The site's configuration without TLS, listening at ``listen``, with the machines of rembuk-hosts.conf behind it.

    Raises Incomplete when a line that has to be changed is no longer there.
    """
    without_redirect = _without_block(site, "listen 80;")
    lines = [line for line in without_redirect.splitlines() if not line.strip().startswith(_TLS)]
    text = "\n".join(lines)
    for found, instead in (
        ("listen 443 ssl;", f"listen {listen};"),
        ("http://127.0.0.1:8000", "http://rembuk"),
        ("partisipasi.example.go.id", "_"),
    ):
        if found not in text:
            raise Incomplete(f"deploy/nginx/rembuk.conf has no «{found}» any more.")
        text = text.replace(found, instead)
    return text


def _without_block(text: str, holding: str) -> str:
    """The text without the server block in which a line stands."""
    at = text.find(holding)
    if at < 0:
        raise Incomplete(f"deploy/nginx/rembuk.conf has no «{holding}» any more.")
    begin = text.rindex("server {", 0, at)
    depth, place = 0, begin
    while True:
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        place += 1
        if depth == 0 and text[place - 1] == "}":
            return text[:begin] + text[place:]
