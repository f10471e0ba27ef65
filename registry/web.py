"""What all signed-in pages share: the typed request, showing reasons, lists by page, shared form fields."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from registry.errors import Refused
from registry.models import User


View = Callable[..., HttpResponse]


class SignedIn(HttpRequest):
    """A request behind the sign-in: `LoginRequiredMiddleware` has let it through, so there is a user."""

    user: User


def needs(*codenames: str) -> Callable[[View], View]:
    """Only for those who hold one of these permissions: others get Django's 403 page. The action asks again."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not any(request.user.has_perm(codename) for codename in codenames):
                raise PermissionDenied(codenames[0])
            return view(request, *args, **kwargs)

        return guarded

    return wrap


@contextmanager
def reasons_on(form: forms.Form) -> Iterator[None]:
    """Show every reason of a refusal on the form, beside its field where it has one; everything typed is kept."""
    try:
        yield
    except Refused as refused:
        for reason in refused.reasons:
            form.add_error(reason.where if reason.where in form.fields else None, str(reason.text))


def page(request: HttpRequest, rows: QuerySet, *, size: int = 25) -> Page:  # type: ignore[type-arg]
    """The page of rows that the address asks for; a number out of range gives the nearest page that exists."""
    return cast(Page, Paginator(rows, size).get_page(request.GET.get("page")))  # type: ignore[type-arg]
