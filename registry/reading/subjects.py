"""What can be read, and at which addresses: declared once by each app, asked by all that writes down who read it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.urls import resolve
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
#: Who may ask who read an ordinary thing; of what is restricted only who reads the whole trail.
SEES_READERS = ("registry.see_readers",)
#: What comes before the name of a kind of thing in an address: of pages, and of both APIs.
_BEFORE = re.compile(r"^(?:(?P<api>api/staff/v1/|api/v1/staff/)|staff/|(?P<partner>partner/))")
#: The kind of a page that is about no single thing: what the independent reviewer opens is written down by its name.
PAGE = "page"
_KEY = re.compile(r"<(?:\w+:)?(\w+)>")
#: What the brackets after the first name, of whatever is read there.
_INSIDE = {"document": "document", "person": "person"}


@dataclass(frozen=True, slots=True)
class ReadSubject:
    """One kind of thing that is read.

    `model` is its label. `paths` are the beginnings of its addresses, after `staff/` and before the key in brackets, which is
    its `field`. `seen` is the method of its rows that
    leaves those that a person may see; where there is none `organisation` leads to that of which no conflict is declared. `within` are fields that lead to what is shown
    with it.
    `is_restricted`: each reading is written down, also where it is only named in a list; otherwise one in a
    quarter of an hour. `names_people`: its lists show people too. `readers_seen_by`: one of these permissions is enough to ask who read it.
    """

    model: str
    title: Text
    _: KW_ONLY
    paths: tuple[str, ...] = ()
    field: str = "reference"
    organisation: str = ""
    seen: str = "visible_to"
    within: tuple[str, ...] = ()
    is_restricted: bool = False
    names_people: bool = False
    readers_seen_by: tuple[str, ...] = SEES_READERS

    @property
    def is_in_lists(self) -> bool:
        return self.is_restricted or self.names_people

    @property
    def kind(self) -> str:
        return self.model.split(".")[1]

    @property
    def rows(self) -> type[models.Model]:
        return apps.get_model(self.model)


@dataclass(frozen=True, slots=True)
class Read:
    """What one address shows: which kind of thing, which one, and in the case of what."""

    kind: str
    reference: str
    within: str = ""


_subjects: dict[str, ReadSubject] = {}
_by_path: dict[str, ReadSubject] = {}
_acts: dict[str, dict[str, Text]] = {}


def declare(subjects: Iterable[ReadSubject], acts: Mapping[str, Mapping[str, Text]] = {}) -> None:
    """Called by each app when it is ready: its kinds of things, and the verbs by which one is shown to someone, by kind."""
    for subject in subjects:
        _subjects[subject.kind] = subject
        _by_path.update(dict.fromkeys(subject.paths, subject))
    for kind, said in acts.items():
        _acts.setdefault(kind, {}).update(said)


def subjects() -> tuple[ReadSubject, ...]:
    return tuple(_subjects.values())


def subject_of(kind: str) -> ReadSubject | None:
    return _subjects.get(kind)


def kind_called(reference: str) -> str:
    """The kind of the thing of this reference, among what is declared; "" if there is none."""
    for subject in subjects():
        if subject.rows._default_manager.filter(**{subject.field: reference}).exists():
            return subject.kind
    return ""


def readers_told_to(kind: str) -> tuple[str, ...]:
    """The permissions of which one is enough to be told who read a thing of this kind."""
    subject = _subjects.get(kind)
    return (*subject.readers_seen_by, "registry.read_trail") if subject else ()


def is_act(kind: str, verb: str) -> bool:
    """Whether an event of this verb shows a thing of this kind to who did it."""
    return verb in _acts.get(kind, ())


def act_in_words(kind: str, verb: str) -> Text:
    """What the act was: of a thing that was shown with another, the act of that one."""
    said = (_acts.get(kind, {}), *_acts.values())
    return next((words[verb] for words in said if verb in words), "")


def read_of(thing: Any) -> Read:
    """The thing as something that is read. Raises LookupError where its kind is not declared."""
    subject = subject_of(str(thing._meta.model_name))
    if subject is None:
        raise LookupError(f"{thing._meta.label} is not declared as something that is read (registry/reading)")
    return Read(subject.kind, str(getattr(thing, subject.field)), within(thing))


def reads_of_row(row: Any) -> Iterator[Read]:
    """What a list that shows the row shows of people, or of what is restricted. A row that is of
    no kind that is read says what it is about, or where it leads.
    """
    subject = _subjects.get(type(row).__name__.lower())
    if subject is not None and subject.is_in_lists:
        yield Read(subject.kind, str(getattr(row, subject.field)))
    elif isinstance(getattr(row, "read", None), Read):
        yield row.read
    elif subject is None and hasattr(row, "href") and row.href:
        found = resolve(row.href)
        yield from reads(found.route, found.kwargs)


def reads_of_rows(rows: "models.QuerySet[Any]") -> Iterator[Read]:
    """What the file of a whole list shows so."""
    subject = _subjects.get(str(rows.model._meta.model_name))
    if subject is not None and subject.is_in_lists:
        keys = rows.order_by().prefetch_related(None).values_list(subject.field, flat=True)
        yield from (Read(subject.kind, str(key)) for key in keys.iterator())
    elif hasattr(rows.model, "read"):  # each row speaks of a thing
        pairs = rows.order_by().prefetch_related(None).values_list("kind", "reference").distinct()
        yield from (Read(kind, reference) for kind, reference in pairs.iterator() if subject_of(kind))


def within(thing: Any) -> str:
    """The reference of what is shown with the thing: what was passed on or handed over; "" if there is none."""
    subject = subject_of(str(thing._meta.model_name))
    of = (getattr(thing, name) for name in (subject.within if subject else ()))
    return next((str(one.reference) for one in of if one is not None), "")


def reads(route: str, keys: Mapping[str, Any]) -> Iterator[Read]:
    """What the page or operation at this route shows with these keys in its brackets; nothing of what is no one's case."""
    subject, first = _at(route)
    if subject is None:
        return
    of = str(keys[first])
    inside = [
        Read(kind, str(keys[name]), within=of) for name, kind in _INSIDE.items() if name in keys and name != first
    ]
    yield from inside or [Read(subject.kind, of)]


def knows(route: str) -> bool:
    """Whether the kind of thing at this route is declared."""
    return _at(route)[0] is not None


def is_of_staff(route: str) -> bool:
    return _BEFORE.match(route) is not None


def is_of_api(route: str) -> bool:
    found = _BEFORE.match(route)
    return found is not None and bool(found["api"])


def _at(route: str) -> tuple[ReadSubject | None, str]:
    before, key = _BEFORE.match(route), _KEY.search(route)
    if before is None or key is None:
        return None, ""
    path = route[before.end() : key.start()].rstrip("/")
    return _by_path.get(f"partner/{path}" if before["partner"] else path), key[1]


DECLARED = (
    # What another authority reads before the public: each reading counts.
    ReadSubject(
        "registry.edition",
        _("Statistics release"),
        paths=("partner/statistics",),
        field="code",
        is_restricted=True,
    ),
    # What an independent reviewer reads counts, as does what is shared.
    ReadSubject("registry.yearlystatement", _("Yearly statement"), paths=("yearly-statements",), field="code"),
    ReadSubject("registry.partneragreement", _("Agreement on early statistics"), paths=("statistics-partners",)),
    ReadSubject("registry.campaign", _("Campaign"), paths=("campaigns",)),
    ReadSubject("registry.complaint", _("Complaint about our service"), paths=("complaints",)),
    ReadSubject("registry.materialorder", _("Order of posters and cards"), paths=("material-orders",)),
    ReadSubject(
        "registry.takeoverquestion",
        _("Question about a business that was taken over"),
        paths=("take-overs/questions",),
        organisation="organisation",
    ),
    ReadSubject("registry.organisation", _("Organisation"), paths=("organisations",)),
    ReadSubject(
        "registry.licence",
        _("Licence"),
        paths=("licences", "targeting/licences"),
        field="number",
        organisation="organisation",
    ),
    ReadSubject("registry.condition", _("Condition"), organisation="licence__organisation"),
    ReadSubject("registry.letter", _("Letter"), paths=("letters",), field="number", organisation="organisation"),
    ReadSubject("registry.premises", _("Premises"), paths=("premises",)),
    ReadSubject("registry.document", _("Document")),
    ReadSubject("registry.person", _("Person in the file of an organisation"), organisation="roles__organisation"),
)
