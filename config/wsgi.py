"""What the server loads. With BELISHA_WORKER=inside it does the background work too."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

if os.environ.get("BELISHA_WORKER") == "inside":
    from belisha.desk.worker import work_in_background

    work_in_background()
