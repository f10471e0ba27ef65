"""Our own static files: their bytes, for addresses that must answer with one of them, and the sheets that a page links."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils import translation


def asset(name: str) -> bytes:
    """The bytes of one of our static files. Raises `FileNotFoundError`."""
    path = finders.find(name)
    if not isinstance(path, str):
        raise FileNotFoundError(name)
    return Path(path).read_bytes()


def style_sheet(name: str) -> str:
    """The address of a sheet of the theme, mirrored where the language of the page is written from right to left.

    Raises `ValueError` where the static files were never collected.
    """
    return static(f"vendor/{name}{'.rtl' if translation.get_language_bidi() else ''}.css")
