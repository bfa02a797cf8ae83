"""A request of the web server as WSGI describes it (PEP 3333)."""

import sys
from functools import lru_cache
from typing import IO, Any
from urllib.parse import unquote_to_bytes

type Scope = Any
type Environ = dict[str, Any]

LOCAL = "127.0.0.1"
_COOKIE = "HTTP_COOKIE"


def environ_of(scope: Scope, body: IO[bytes], size: int) -> Environ:
    """The environment of one request with its whole body of ``size`` bytes."""
    host, port = scope["server"] or (LOCAL, 80)
    # Behind a Unix socket whoever asks is on this machine.
    client = (scope["client"] or (LOCAL, 0))[0]
    environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 0),
        "REMOTE_ADDR": client,
        "CONTENT_LENGTH": str(size),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw, value in scope["headers"]:
        if (name := _name(raw)) is None:
            continue
        text = value.decode("latin-1")
        if name in environ:
            text = f"{environ[name]}{'; ' if name == _COOKIE else ','}{text}"
        environ[name] = text
    return environ


@lru_cache(maxsize=512)
def _name(raw: bytes) -> str | None:
    """The name of a header in the environment; ``None`` for one that could pass for another or is not to be passed on.

    With an underscore it could pass for one that only the proxy in front may set; ``Proxy`` would become HTTP_PROXY.
    """
    if b"_" in raw or raw in (b"content-length", b"transfer-encoding", b"proxy"):
        return None
    name = raw.decode("latin-1").upper().replace("-", "_")
    return name if name == "CONTENT_TYPE" else f"HTTP_{name}"
