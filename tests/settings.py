"""Settings of the tests: a folder of their own, quick passwords, files as they lie."""

import os
import tempfile

os.environ["BELISHA_DATA"] = tempfile.mkdtemp(prefix="belisha-tests-")
os.environ.pop("BELISHA_ADDRESS", None)
os.environ.pop("BELISHA_MAIL", None)

from config.settings import *  # noqa: F403 - the folder must be named before they are read

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir()  # noqa: F405
