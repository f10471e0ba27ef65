"""One page for each step, by a table: its words, who may, its form, what keeps it from being done, and what does it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise

from registry import web
from registry.accounts.models import User
from registry.errors import Reason

SEES = ("compliance.view_enforcement", "compliance.work_enforcement")
WORKS, APPROVES = "compliance.work_enforcement", "compliance.approve_enforcement"
METHODS = ["GET", "HEAD", "POST"]

Shape = Callable[[Any, Any], Form]
Act = Callable[..., object]


@dataclass(frozen=True, slots=True)
class Step:
    """What is done on one page: its words, who may, its form, what keeps it from being done, and what does it.

    The button says the title again, or what is in `press` where the title tells of somebody else.
    An action named like a move of the thing's lifecycle is offered where the lifecycle allows it; any other in
    `in_statuses`, or always.
    """

    title: str | Promise
    permission: str
    shape: Shape
    blockers: Callable[[Any, User], Iterable[Reason]]
    act: Act
    in_statuses: tuple[str, ...] = ()
    letters: bool = False
    fits: Callable[[Any], bool] = lambda thing: True
    typed: Callable[[Any], dict[str, Any]] = lambda form: form.cleaned_data
    press: str | Promise = ""

    def is_offered(self, thing: Any, by: User) -> bool:
        return by.has_perm(self.permission) and self._is_its_time(thing) and self.fits(thing)

    def _is_its_time(self, thing: Any) -> bool:
        move = self.act.__name__
        if move in thing.lifecycle.names:
            return bool(thing.lifecycle.allows(thing.status, move))
        return not self.in_statuses or thing.status in self.in_statuses


@dataclass(frozen=True, slots=True)
class Button:
    title: str | Promise
    act: str
    blockers: list[Reason]


def buttons_of(table: dict[str, Step], thing: Any, by: User) -> list[Button]:
    return [
        Button(step.title, name, list(step.blockers(thing, by)))
        for name, step in table.items()
        if step.is_offered(thing, by)
    ]


def plain(shape: type[Form]) -> Shape:
    return lambda data, thing: shape(data)


def chosen(table: dict[str, Step], act: str, by: User) -> Step:
    if act not in table:
        raise Http404
    if not by.has_perm(table[act].permission):
        raise PermissionDenied(table[act].permission)
    return table[act]


def step_page(request: web.SignedIn, thing: Any, step: Step, back: str) -> HttpResponse:
    """One form, and what it brings; letters are read first if that is asked for."""
    form = step.shape(web.typed(request), thing)
    page: dict[str, Any] = {"thing": thing, "form": form, "title": step.title, "back": back}
    page |= {"press": step.press or step.title, "letters": step.letters}
    tried = web.attempt(request, form, step.act, thing, typed=lambda: step.typed(form), previews=True)
    if tried.is_done:
        return redirect(back, thing.reference)
    page["foreseen"] = tried.letters
    page["blockers"] = list(step.blockers(thing, request.user))
    return web.form_page(request, "compliance/enforcement/form.html", page)
