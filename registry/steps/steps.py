"""The steps of one kind of subject: their pages, addresses and buttons."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, field, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import models, transaction
from django.forms import Form, MultiValueField
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import Promise

from registry import reading, web
from registry.accounts.models import User
from registry.errors import Reason, Refused
from registry.steps.step import Step
from registry.trail.actions import events as trail
from registry.trail.models.events import Event
from registry.trail.queries import history as happened
from registry.trail.queries.history import in_words
from registry.trail.queries.versions import CHANGED, Subject, since, subject_of, version_in, version_of


@dataclass(frozen=True, slots=True)
class Button:
    """Something that this person may do with a subject, on which page, and why not now."""

    name: str
    title: str | Promise
    href: str
    style: str
    blockers: tuple[Reason, ...]

    @property
    def why(self) -> tuple[Reason, ...]:
        """The reasons that help: that it does not fit the state of the thing is said only where nothing else is."""
        return tuple(reason for reason in self.blockers if reason.code != "wrong_state") or self.blockers


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of one kind of subject, each a row of the table.

    `permission` is that of each step which says none of its own. `address_of` gives the address of the subject where that is no page by its reference. `keys` are what is in the brackets of
    `url`, if not the reference, and `lookups` says which field of the subject each of them is, where the name differs.
    The page of a step is called `<step>_<name>`, at `<url>/<step>/`; that of the subject `page`, or `name` if left out.
    `rows` are those that this person may see, if not `visible_to` them, or `rows_on` a day; `related` is read with the subject. It is found by what
    is in the brackets of the address. What the query of the address says of a field is in it when the page opens.
    `locks_first` are rows that the actions lock before the subject, so that all locks are taken in one order.
    `unchanged_by` are more verbs of the trail (besides `web.LOOKS`) that change nothing a person decides on: they make no page old.
    `also_made_of` names other things, each by kind and reference, that the page shows: what is done to them makes it old too.
    `is_held`: what was typed waits in the session while its writer signs in again; not where it may be about a victim.
    `heading` is a template above the title; `facts` are for it.
    """

    model: type[models.Model]
    name: str
    _: KW_ONLY
    url: str
    steps: tuple[Step, ...]
    permission: str | tuple[str, ...] = ""
    page: str = ""
    address_of: Callable[[Any], str] | None = None
    keys: Callable[[Any], tuple[Any, ...]] = lambda subject: (subject.reference,)
    lookups: Mapping[str, str] = field(default_factory=dict)
    related: tuple[str, ...] = ()
    rows: Callable[[User], "models.QuerySet[Any]"] | None = None
    rows_on: Callable[[User, date], "models.QuerySet[Any]"] | None = None
    locks_first: Callable[[Any], Iterable[models.Model]] = lambda subject: ()
    unchanged_by: frozenset[str] = frozenset()
    also_made_of: Callable[[Any], Iterable[Subject]] | None = None
    is_held: bool = True
    heading: str = ""
    facts: Callable[[Any], Mapping[str, Any]] = lambda subject: {}

    def __post_init__(self) -> None:
        steps = tuple(replace(step, permission=step.permission or self.permission) for step in self.steps)
        if not all(step.permission for step in steps):
            raise ValueError(f"a step of {self.name} lacks a permission")
        object.__setattr__(self, "steps", steps)

    @property
    def kind(self) -> str:
        return str(self.model._meta.model_name)

    def __getitem__(self, name: str) -> Step:
        return next(step for step in self.steps if step.name == name)

    def subject(self, by: User, *, step: Step | None = None, **keys: Any) -> Any:
        """The subject of this address, if this person may see it, and take this step with it; raises Http404."""
        named = {self.lookups.get(name, name): key for name, key in keys.items()}
        return get_object_or_404(self._seen(by, step).select_related(*self.related), **named)

    def _seen(self, by: User, step: Step | None) -> "models.QuerySet[Any]":
        everything: Any = self.model._default_manager
        seen = (step.rows if step else None) or self.rows or everything.visible_to
        return self.rows_on(by, timezone.localdate()) if self.rows_on else seen(by)

    def buttons(self, subject: Any, *, by: User, on: date) -> list[Button]:
        """The steps that this person may take now, or could take if nothing spoke against it."""
        return [
            Button(
                step.name,
                step.on_button(subject),
                self.href(step, subject),
                step.style,
                tuple(step.against(subject, by, on)),
            )
            for step in self.steps
            if step.is_button and step.is_offered(subject, by=by, on=on)
        ]

    def address(self, subject: Any) -> str:
        return (
            self.address_of(subject) if self.address_of else reverse(self.page or self.name, args=[subject.reference])
        )

    def href(self, step: Step, subject: Any) -> str:
        return reverse(self._url_name(step), args=self.keys(subject))

    def _url_name(self, step: Step) -> str:
        return step.url_name or f"{step.name}_{self.name}"

    def urls(self) -> list[URLPattern]:
        return [
            path(f"{self.url}/{step.path}/", self._view(step), name=self._url_name(step))
            for step in self.steps
            if not step.by_hand
        ]

    def words(self) -> happened.Words:
        """What the history says of each step that was done."""
        said: dict[str, dict[str, str | Promise]] = {}
        for step in self.steps:
            if step.done:
                said.setdefault(step.kind or self.kind, {})[step.event] = step.done
        return said

    def _view(self, step: Step) -> web.View:
        @web.page_with_form(*step.permissions)  # first: who may not do it learns nothing of the subject
        def view(request: web.SignedIn, **keys: Any) -> HttpResponse:
            return self._page(request, step, **keys)

        answer: web.View = view
        return answer

    def _page(self, request: web.SignedIn, step: Step, **keys: Any) -> HttpResponse:
        """One form and what it does; its letters first, if that is asked for; all that was typed stays until it is done."""
        newest, subject = self._read(request.user, step, keys)
        if address := step.first(subject, request.user, timezone.now()):
            web.hold(request)
            return redirect(address)
        if step.asks_factor and request.method == "POST" and not web.is_stepped_up(request):
            return web.to_step_up(request)
        typed = web.typed(request) if self.is_held else web.posted(request)
        form, turn = step.form_of(typed, subject, timezone.localdate()), Turn(self, step, newest, version_in(typed))
        form.files = request.FILES
        form.initial = {**form.initial, **asked_for(form, request.GET)}
        given = partial(step.typed, form) if step.typed else None
        previews, said = step.previews, self._said(step, subject)
        tried = web.attempt(request, form, turn.take, subject, typed=given, previews=previews, made_of=(), said=said)
        if tried.is_done:
            return redirect(self._after(step, subject, tried.result, by=request.user))
        changes = in_words(turn.events, about=trail.reference_of(subject))
        if reading.subject_of(self.kind) is not None:
            web.shows(request, subject, way="page")
        vars(form)["page_version"] = turn.version
        page = {"letters": tried.letters, "step_changes": changes, **self._facts(request, step, subject)}
        response = web.show_form(request, form, **page)
        if turn.events:
            response.status_code = 409
        return response

    def _said(self, step: Step, subject: Any) -> str:
        """What is said on the page after the step: that it was done, and with what. Who has read something sees that they have."""
        return "" if step.event in web.LOOKS or not step.done else f"{step.done}: {trail.reference_of(subject)}"

    def _after(self, step: Step, subject: Any, result: Any, *, by: User) -> str:
        """The address to go on to: of the subject, unless it was seen only for the task that has ended with the step."""
        if step.then:
            return step.then(subject, result)
        return self.address(subject) if self._seen(by, step).filter(pk=subject.pk).exists() else reverse("home")

    def _facts(self, request: web.SignedIn, step: Step, subject: Any) -> dict[str, Any]:
        on = timezone.localdate()
        return {
            "subject": subject,
            "heading": self.heading,
            "template": step.template or web.FORM_PAGE,
            "is_held": self.is_held,
            "title": step.title_of(subject),
            "about": step.about_of(subject),
            "press": step.press or step.on_button(subject),
            "previews": step.previews,
            "blockers": step.against(subject, request.user, on),
            "back": self.address(subject),
            **self.facts(subject),
            **step.facts(subject, request.user, on),
        }

    def _read(self, by: User, step: Step, keys: Mapping[str, Any]) -> tuple[int, Any]:
        """The version, and then the subject: what is shown may be newer than the version says, and is never older."""
        is_alone = not self.lookups and self.also_made_of is None and step.adds_to is None
        reference = keys.get("reference") if is_alone else None
        made_of = (
            ((self.kind, str(reference)),) if reference else self.made_of(self.subject(by, step=step, **keys), step)
        )
        newest = version_of(*made_of)
        return newest, self.subject(by, step=step, **keys)

    def made_of(self, subject: Any, step: Step) -> tuple[Subject, ...]:
        """What the page of a step shows, each by kind and reference."""
        also = self.also_made_of(subject) if self.also_made_of else ()
        there = step.adds_to(subject) if step.adds_to else ()
        return ((self.kind, trail.reference_of(subject)), *also, *map(subject_of, there))


@dataclass(slots=True)
class Turn:
    """One time that a page is sent: what it was made of, and what has happened since."""

    table: Steps
    step: Step
    newest: int
    sent: int | None
    events: tuple[Event, ...] = ()

    @property
    def version(self) -> int:
        """What the page carries now. Only who has read what changed gets the new version: an error alone makes no page new."""
        if self.events:
            return self.events[0].number
        return self.newest if self.sent is None else self.sent

    @transaction.atomic
    def take(self, subject: Any, *, by: User, at: datetime, **given: Any) -> Any:
        """Do the step with the subject, locked. Raises `Refused` (changed_meanwhile) if it has changed since the page was made.

        Of two people who send at the same moment the second waits here, and is refused.
        """
        for row in self.table.locks_first(subject):
            trail.locked(row)
        trail.locked(subject)
        self.events = self._since(subject)
        if self.events:
            raise Refused([Reason("changed_meanwhile", CHANGED)])
        return self.step.action(subject, by=by, at=at, **given)

    def _since(self, subject: Any) -> tuple[Event, ...]:
        if self.sent is None:
            return ()
        return tuple(since(self.sent, *self.table.made_of(subject, self.step), but=web.LOOKS | self.table.unchanged_by))


def asked_for(form: Form, query: QueryDict) -> dict[str, str]:
    """What a link says of the fields of a form that hold one text: a date has three."""
    fields = {name for name, field in form.fields.items() if not isinstance(field, MultiValueField)}
    return {name: str(query[name])[:200] for name in fields if name in query}


_declared: dict[str, Steps] = {}


def declare(tables: Iterable[Steps]) -> None:
    """Called by each app when it is ready, with its tables: the history knows their words, and tests find them."""
    for table in tables:
        _declared[table.name] = table
        happened.add(table.words())
        if table.address_of is None and not table.lookups:
            happened.add_pages({table.kind: table.page or table.name})


def declared() -> tuple[Steps, ...]:
    return tuple(_declared.values())


def urls(tables: Iterable[Steps]) -> list[URLPattern]:
    return [pattern for table in tables for pattern in table.urls()]
