"""Programs that tests run in processes of their own, with a school in a folder of their own."""

import django

django.setup()
