"""A middleware for tests: a form may be handed in on every page, and the world stays as it was."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

# A request that carries this is not taken back: the first half of what has two.
KEEP = "X-Keep"


class Undone:
    """Lets the page answer, then takes back what it wrote. What the session keeps is written further out, and stays."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if KEEP in request.headers:
            return self.get_response(request)
        with transaction.atomic():
            response = self.get_response(request)
            transaction.set_rollback(True)
        return response
