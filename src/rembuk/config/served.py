"""What `./rembuk serve` gives to uvicorn: the WSGI application in threads, kept pages at hand (web/serving)."""

from django.conf import settings

from rembuk.accounts.passwords import hashing
from rembuk.config.wsgi import application as wsgi
from rembuk.runtime import env
from rembuk.web.serving.threads import InThreads

MOST_BYTES = 64_000_000
"""Five attachments of 10 MB and the text, with some room; nginx in front refuses earlier (deploy/nginx)."""

hashing.use_spare_time()
application = InThreads(
    wsgi, threads=env.load().web_threads, most_bytes=MOST_BYTES, cookie=settings.SESSION_COOKIE_NAME
)
