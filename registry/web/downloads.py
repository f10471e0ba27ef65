"""Answers that are not ordinary pages: documents, answers that no browser keeps, and the page when nothing works."""

import logging
from traceback import format_tb
from typing import Any, TypeVar

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone

from registry import uploads as files
from registry.documents.models import Document
from registry.schemes import contact
from registry.uploads import StorageArea
from registry.web.assets import style_sheet

logger = logging.getLogger("registry.web")

Response = TypeVar("Response", bound=HttpResponseBase)


def note(fault: Exception, *, what: str) -> None:
    """Where it happened, for those who mend it; never the message, which may hold what was asked (docs/rules.md G15)."""
    logger.error("%s: %s\n%s", what, type(fault).__name__, "".join(format_tb(fault.__traceback__)))


def out_of_order(template: str, **facts: Any) -> HttpResponse:
    """A page that asks neither the database nor the base page: either may be what has failed."""
    try:
        stylesheet = style_sheet("public")
    except ValueError:  # the static files were never collected: the words matter more
        stylesheet = ""
    page = render_to_string(
        template, {"telephone": contact.telephone(timezone.localdate()), "stylesheet": stylesheet, **facts}
    )
    return HttpResponse(page, status=503, headers={"Retry-After": "60", "Cache-Control": "no-store"})


def serve(document: Document) -> FileResponse:
    """A document that was handed in, to be saved: a browser neither shows it within a page nor runs anything in it.

    Whose it is has been asked: whoever calls this has found it among what this person may read.
    """
    return _opened(document, is_saved=True, policy="default-src 'none'; frame-ancestors 'none'; sandbox")


def show(document: Document) -> FileResponse:
    """The same document within a page of ours. It was made again without what acts, and may load nothing and run nothing.

    Browsers show no PDF in a sandbox, so there is none: nothing but the picture and its own style is let in.
    """
    policy = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'; form-action 'none'"
    response = _opened(document, is_saved=False, policy=policy)
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def framing_own_files(view: Any) -> Any:
    """The view of a page that shows files of ours within it (`show`): its policy lets them in."""
    return csp_update({"frame-src": [SELF]})(view)


def _opened(document: Document, *, is_saved: bool, policy: str) -> FileResponse:
    response = FileResponse(
        files.opened(StorageArea.KEPT, document.stored_as),
        as_attachment=is_saved,
        filename=document.name,
        content_type=document.media_type,
    )
    response.headers["Content-Security-Policy"] = policy
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def not_kept(response: Response) -> Response:
    """Kept by no browser and found by no search engine (docs/rules.md T28)."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
