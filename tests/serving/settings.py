"""The product's own settings; but static files are not collected, as nobody looks at the pages."""

from config.settings import *

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "documents": STORAGES["documents"],
}
