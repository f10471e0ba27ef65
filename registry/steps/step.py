"""One step that a person takes with a subject, as the table of its steps says it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import KW_ONLY, dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.forms import Form
from django.utils.functional import Promise

from registry.accounts.models import User
from registry.errors import Reason
from registry.form_fields import Press

Text = str | Promise
#: One paragraph, or several.
Paragraphs = Text | tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a table of steps.

    It is offered in `in_statuses`; where none are named, where the lifecycle allows the move of the action's name, or always
    if there is no such move; and only where it `fits` the subject.
    `name` is that of the move where the lifecycle has one: then the step is offered where the lifecycle allows it. The
    `permission` is asked first, that of the table where it says none; where there are several, one of them is enough.
    `form` is a form, or a function of what was typed, the subject and today that gives one.
    `blockers` are the reasons against it now, of the subject, the person and today; where none are named, that the move is not possible.
    `action` is called with the subject and what was typed, `by` and `at`; `typed` takes what was typed from the form.
    `title` heads the page, and may be a function of the subject; `label` is on the button that leads there and on that which does it; `press` on the latter, where they differ.
    `rows`: those with which this person may take it, where they are fewer than those that they see.
    `is_button`: whether it is among the buttons of the subject; if not, the page links to it where it belongs.
    `first` gives the address where this person must do something else first, if they must; what was typed waits for them.
    `about` is said below the title: a paragraph, several, or a function of the subject that gives them.
    `previews`: it sends letters, which can be read first. `asks_factor`: only within ten minutes of a second factor.
    `adds_to` gives those that are there already, where it adds one more to the subject: what has been added since the page was
    opened is said first, as a page that is sent twice would add it twice.
    `done` says in the history that it was done; `verb` is its name on the trail, if not that of the action, and `kind` the
    kind of thing it is written about there, if not the subject.
    `template` extends `registry/form_page.html` where the page shows more than a form (block `lead`); `facts` are for it.
    `slug` is its part of the address, if not its name. `then` gives the address to go to, of the subject and the result.
    `url_name` is the name of its address, if not `<name>_<table>`.
    `by_hand`: its page is a view of the room, at the address of its name; the button and the words come from here.
    """

    name: str
    title: Text | Callable[[Any], Text]
    _: KW_ONLY
    action: Callable[..., Any]
    permission: str | tuple[str, ...] = ""
    form: type[Form] | Callable[[Any, Any, date], Form] = Press
    blockers: Callable[[Any, User, date], Iterable[Reason]] | None = None
    in_statuses: tuple[str, ...] = ()
    fits: Callable[[Any, date], bool] = lambda subject, on: True
    typed: Callable[[Any], Mapping[str, Any]] | None = None
    label: Text = ""
    press: Text = ""
    about: Paragraphs | Callable[[Any], Paragraphs] = ""
    style: str = "secondary"
    previews: bool = False
    asks_factor: bool = False
    adds_to: Callable[[Any], Iterable[Model]] | None = None
    done: Text = ""
    verb: str = ""
    kind: str = ""
    slug: str = ""
    url_name: str = ""
    is_button: bool = True
    rows: Callable[[User], "QuerySet[Any]"] | None = None
    first: Callable[[Any, User, datetime], str] = lambda subject, by, at: ""
    template: str = ""
    facts: Callable[[Any, User, date], Mapping[str, Any]] = lambda subject, by, on: {}
    then: Callable[[Any, Any], str] | None = None
    by_hand: bool = False

    @property
    def permissions(self) -> tuple[str, ...]:
        return (self.permission,) if isinstance(self.permission, str) else self.permission

    @property
    def path(self) -> str:
        return self.slug or self.name.replace("_", "-")

    @property
    def event(self) -> str:
        return self.verb or self.action.__name__

    def form_of(self, typed: Any, subject: Any, on: date) -> Form:
        return self.form(typed) if isinstance(self.form, type) else self.form(typed, subject, on)

    def title_of(self, subject: Any) -> Text:
        return self.title(subject) if callable(self.title) else self.title

    def on_button(self, subject: Any) -> Text:
        return self.label or self.title_of(subject)

    def about_of(self, subject: Any) -> Paragraphs:
        return self.about(subject) if callable(self.about) else self.about

    def is_offered(self, subject: Any, *, by: User, on: date) -> bool:
        may = any(map(by.has_perm, self.permissions))
        return may and self._is_its_time(subject) and self.fits(subject, on)

    def _is_its_time(self, subject: Any) -> bool:
        if self.in_statuses:
            return subject.status in self.in_statuses
        return not any(self._move_blockers(subject))

    def against(self, subject: Any, by: User, on: date) -> Iterable[Reason]:
        return self._move_blockers(subject) if self.blockers is None else self.blockers(subject, by, on)

    def _move_blockers(self, subject: Any) -> Iterable[Reason]:
        move, lifecycle = self.action.__name__, getattr(subject, "lifecycle", None)
        return lifecycle.blockers(subject.status, move) if lifecycle and move in lifecycle.names else ()
