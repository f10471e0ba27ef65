"""What the pages of reporting share: no cookie, no session and no trace."""

from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from compliance.queries.help import EMERGENCY
from compliance.rules.reports import PHOTOS_AT_ONCE
from registry.files import PHOTO_BYTES
from registry.web import for_workers, not_kept, note, out_of_order

CANNOT_TAKE = "cannot take a report"

View = Callable[..., HttpResponse]


class InMemory(FileUploadHandler):
    """Photographs as they come say where they were taken, so they are never written to a disk; what is too much is let go."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.files = 0

    def new_file(self, *args: Any, **options: Any) -> None:
        super().new_file(*args, **options)
        self.files += 1
        self.kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.files <= PHOTOS_AT_ONCE and start + len(raw_data) <= PHOTO_BYTES:
            self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.kept.seek(0)
        return InMemoryUploadedFile(self.kept, self.field_name, "photo", None, file_size, None)


def anonymous(view: View) -> View:
    """For everyone, leaving no trace: without session or cookie, in every language of workers (trust.md T28).

    Any fault says so and names the numbers to ring. What was written stays out of the log.
    """

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.upload_handlers = [InMemory(request)]
        try:
            response = view(request, *args, **kwargs)
        except Exception as fault:
            note(fault, what=CANNOT_TAKE)
            response = out_of_order("compliance/intake/cannot_take.html", emergency=EMERGENCY)
        return not_kept(response)

    # Nothing here rests on a cookie, so there is nothing that a forged form could borrow.
    return for_workers(csrf_exempt(login_not_required(require_http_methods(["GET", "HEAD", "POST"])(shown))))
