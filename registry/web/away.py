"""While the database, the storage of documents, the mail server or the directory does not answer: a page in words that keeps what was typed."""

import errno
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import get_language, gettext

from registry.errors import MailAway, NotWritable, TooManyAtOnce
from registry.schemes import contact as authority_contact
from registry.uploads import StorageAway
from registry.web.assets import style_sheet

#: Of a disk that takes nothing more.
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})
PAGES = {MailAway: "mail/away.html", TooManyAtOnce: "checking/away.html"}
#: Hidden in forms by us, and typed by no one.
OF_EACH_FORM = frozenset({"csrfmiddlewaretoken", "seal"})


def page_while_away(request: HttpRequest, fault: BaseException | None) -> HttpResponse | None:
    """The page for a fault of what we rest on; None for any other."""
    page = _page_for(fault)
    return unavailable(request, page=page) if page else None


def is_away(fault: BaseException) -> bool:
    """Whether the fault is of what we rest on, so that the same may succeed in a minute."""
    return bool(_page_for(fault))


def _page_for(fault: BaseException | None) -> str:
    if isinstance(fault, StorageAway) or getattr(fault, "errno", None) in FULL:
        return "storage/away.html"
    for kind, page in PAGES.items():
        if isinstance(fault, kind):
            return page
    return "503.html" if isinstance(fault, OperationalError | InterfaceError | NotWritable) else ""


def unavailable(request: HttpRequest, *, page: str = "503.html") -> HttpResponse:
    """Nothing is saved, and what was typed is on the page, to be sent once more."""
    facts = {**without_the_site(), **what_was_sent(request)}
    return HttpResponse(
        render_to_string(page, facts), status=503, headers={"Retry-After": "60", "Cache-Control": "no-store"}
    )


def what_was_sent(request: HttpRequest) -> dict[str, Any]:
    """What such a page keeps of the form. Words that open an account or a mailbox are never written into a page."""
    typed = [(name, value) for name, values in request.POST.lists() for value in values]
    secret = any(word in name for name, _value in typed for word in ("password", "passphrase"))
    # A file is not kept: a form that has nothing else is not offered again without it.
    only_files = request.FILES and not {name for name, _value in typed} - OF_EACH_FORM
    return {
        "is_sent": request.method == "POST",
        "typed": [] if secret or only_files else typed,
        "has_files": bool(request.FILES),
        "address": request.get_full_path(),
    }


def without_the_site() -> dict[str, str]:
    """What a page says that asks nothing of the database, the session or a context processor."""
    try:
        stylesheets = {"stylesheet": style_sheet("public"), "brand": static("brand/brand.css")}
    except ValueError:  # the static files were never collected: the words matter more
        stylesheets = {}
    return {
        **stylesheets,
        "language": get_language() or settings.LANGUAGE_CODE,
        "service": gettext(settings.SERVICE_NAME),
        "organisation": gettext(settings.ORGANISATION_NAME),
        "email": authority_contact.email(timezone.localdate()),
        "telephone": authority_contact.telephone(timezone.localdate()),
    }
