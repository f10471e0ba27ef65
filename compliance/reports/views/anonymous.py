"""What the pages of reporting share: no cookie, no session and no trace."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from compliance.reports.queries.help_lines import EMERGENCY
from compliance.reports.rules.reports import PHOTOS_AT_ONCE
from registry.uploads import PHOTO_BYTES, InMemory
from registry.web import for_workers, is_away, not_kept, note, out_of_order, page_for_fault, what_was_sent

CANNOT_TAKE = "cannot take a report"

View = Callable[..., HttpResponse]


class Photos(InMemory):
    """Photographs as they come say where they were taken: their names are not even kept in memory."""

    most_files = PHOTOS_AT_ONCE + 1  # and a recording
    most_bytes = PHOTO_BYTES

    def new_file(self, *args: Any, **options: Any) -> None:
        super().new_file(*args, **options)
        self.file_name = "photo"


def anonymous(view: View) -> Callable[..., HttpResponseBase]:
    """For everyone, leaving no trace: without session or cookie, in every language of workers (docs/rules.md T28).

    Any fault says so and names the numbers to ring. What was written stays out of the log.
    """

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.upload_handlers = [Photos(request)]
        try:
            response = view(request, *args, **kwargs)
        except Exception as fault:
            response = page_for_fault(request, fault) or _cannot_take(request, fault)
        return not_kept(response)

    # Nothing here rests on a cookie, so there is nothing that a forged form could borrow.
    return for_workers(csrf_exempt(login_not_required(require_http_methods(["GET", "HEAD", "POST"])(shown))))


def _cannot_take(request: HttpRequest, fault: Exception) -> HttpResponse:
    """While the database is away, with what was typed, to be sent once more; a page that fails for itself would fail again."""
    note(fault, what=CANNOT_TAKE)
    sent = what_was_sent(request) if is_away(fault) else {}
    return out_of_order("compliance/reports/reporter_cannot_take.html", emergency=EMERGENCY, **sent)
