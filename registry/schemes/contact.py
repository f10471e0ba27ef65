"""How to reach the authority: the one source of it for every page, letter, poster and error page."""

from datetime import date

from django.conf import settings

from registry import schemes


def telephone(on: date) -> str:
    """Where the authority answers on this day: `CONTACT_TELEPHONE` where an operator sets it, else the number in the pack.

    Empty where there is neither, and where the packs cannot be read: an error page asks this too.
    """
    return str(settings.CONTACT_TELEPHONE) or _in_force(on, "telephone")


def email(on: date) -> str:
    """The email address of the authority on this day: `CONTACT_EMAIL`, else the one in the pack."""
    return str(settings.CONTACT_EMAIL) or _in_force(on, "email")


def _in_force(on: date, name: str) -> str:
    try:
        found = [schemes.in_force(scheme, on) for scheme in schemes.names() if schemes.versions(scheme)[0] <= on]
    except schemes.BrokenPack:
        return ""
    return next((said for scheme in found if (said := str(getattr(scheme.authority, name)))), "")
