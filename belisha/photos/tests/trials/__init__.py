"""Programs that tests run in processes of their own (see apart.py)."""

import django

django.setup()
