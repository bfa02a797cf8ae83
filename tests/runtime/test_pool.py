"""A process has a connection for each of its threads, and more for what it does besides."""

import os
import subprocess
import sys

import pytest

_ASK = (
    "from rembuk.config import settings; print(settings.DATABASES['default']['OPTIONS']['pool']['max_size'])"
)


@pytest.mark.parametrize("threads", [1, 8, 40])
def test_pool_is_larger_than_the_threads_of_the_process(threads: int) -> None:
    given = {"REMBUK_ENV": "demo", "REMBUK_WEB_THREADS": str(threads), "REMBUK_PROCESS": "web"}
    asked = subprocess.run(
        [sys.executable, "-c", _ASK], env={**os.environ, **given}, capture_output=True, text=True, check=True
    )
    assert int(asked.stdout) > threads
