"""Pages that begin something new: one form and what it does. Nothing is there yet, so nothing can have changed meanwhile."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import KW_ONLY, dataclass
from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from registry import web
from registry.accounts.models import User
from registry.steps.step import Paragraphs, Text
from registry.steps.steps import asked_for


@dataclass(frozen=True, slots=True)
class Start:
    """One page at `url`, under this name.

    `form` is a form, or a function of what was typed, the person and the moment that gives one. `action` is called with what was
    typed, `by` and `at`. `back` names the address of the page before it, and `back_text` is its title; `then` gives the address to go to, of the result, if not
    that one. `is_held`: what was typed waits in the session while its writer signs in again.
    The other fields are those of a `Step`.
    """

    name: str
    title: Text
    _: KW_ONLY
    url: str
    permission: str
    action: Callable[..., Any]
    back: str
    back_text: Text
    form: type[Form] | Callable[[Any, User, datetime], Form]
    press: Text
    about: Paragraphs = ""
    typed: Callable[[Any], Mapping[str, Any]] | None = None
    then: Callable[[Any], str] | None = None
    is_held: bool = True

    def pattern(self) -> URLPattern:
        @web.page_with_form(self.permission)
        def view(request: web.SignedIn) -> HttpResponse:
            return self._page(request)

        return path(self.url, view, name=self.name)

    def _form(self, typed: Any, by: User, at: datetime) -> Form:
        return self.form(typed) if isinstance(self.form, type) else self.form(typed, by, at)

    def _page(self, request: web.SignedIn) -> HttpResponse:
        typed, back = web.typed(request) if self.is_held else web.posted(request), reverse(self.back)
        form = self._form(typed, request.user, timezone.now())
        form.initial = {**form.initial, **asked_for(form, request.GET)}
        given = self.typed
        tried = web.attempt(request, form, self.action, typed=(lambda: given(form)) if given else None)
        if tried.is_done:
            return redirect(self.then(tried.result) if self.then else back)
        return web.show_form(
            request,
            form,
            title=self.title,
            press=self.press,
            back=back,
            back_text=self.back_text,
            about=self.about,
            is_held=self.is_held,
        )


def starts_urls(starts: Iterable[Start]) -> list[URLPattern]:
    return [start.pattern() for start in starts]
