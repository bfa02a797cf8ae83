"""The WSGI entry for granian or gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from rembuk.runtime.processes import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rembuk.config.settings")

end_with_parent()
application = get_wsgi_application()
