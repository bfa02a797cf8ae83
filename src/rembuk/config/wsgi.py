"""The WSGI entry, of gunicorn and of the threads of `./rembuk serve`: Django, and before it the pages kept for visitors."""

import os
from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from rembuk.runtime.processes import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rembuk.config.settings")
os.environ.setdefault("REMBUK_PROCESS", "web")

end_with_parent()
application: Callable[..., Iterable[bytes]] = get_wsgi_application()
if settings.PAGE_CACHE_BYTES:
    from rembuk.web.pagecache.cache import PageCache  # its models need the apps, which are ready only now

    application = PageCache(
        application, limit=settings.PAGE_CACHE_BYTES, personal_cookies=(settings.SESSION_COOKIE_NAME,)
    )
