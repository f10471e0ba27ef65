"""The telephone number of the authority: the one source of it for every page, letter, poster and error page."""

from datetime import date

from django.conf import settings

from registry import schemes


def telephone(on: date) -> str:
    """Where the authority answers on this day: `CONTACT_TELEPHONE` where an operator sets it, else the number in the pack.

    Empty where there is neither, and where the packs cannot be read: an error page asks this too.
    """
    if settings.CONTACT_TELEPHONE:
        return str(settings.CONTACT_TELEPHONE)
    try:
        found = [schemes.in_force(name, on) for name in schemes.names() if schemes.versions(name)[0] <= on]
    except schemes.BrokenPack:
        return ""
    return next((scheme.authority.telephone for scheme in found if scheme.authority.telephone), "")
