"""The languages of the service by their names."""

from django.conf import settings
from django.utils.translation import get_language_info


def own_name(code: str) -> str:
    """What its speakers call the language."""
    return str(get_language_info(code.split("-")[0])["name_local"])


def direction(code: str) -> str:
    """Which way the language is written, as the attribute `dir` says it."""
    return "rtl" if code.split("-")[0] in settings.LANGUAGES_BIDI else "ltr"


def own_names() -> list[tuple[str, str]]:
    """The code of every language, each with what its speakers call it."""
    return [(code, own_name(code)) for code, _name in settings.LANGUAGES]
