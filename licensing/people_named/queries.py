"""One person's own part: found by its link, and what its page shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from licensing.application_form.rules.facts import Progress
from licensing.application_form.rules.filled import ApplicationForm
from licensing.application_form.rules.people import SAME
from licensing.application_form.rules.steps import FormStep, waiting_of
from licensing.applications.models import Application
from licensing.applications.queries.applications import form_of
from licensing.people_named import rules
from licensing.people_named.models import Part
from registry import signing
from registry.codes import characters_of_code
from registry.schemes import FormPage


@dataclass(frozen=True, slots=True)
class PartPages:
    """One part with the pages that it asks, and with nothing else of the application."""

    part: Part
    filled: ApplicationForm
    pages: tuple[FormPage, ...]

    def progress(self, page: FormPage) -> Progress:
        return rules.progress(self.part, self.filled, page.slug)


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person that the application asks about, named once; `part` when they answer for themselves.

    `roles` are the pages that name them: their own, and the lists on which they were chosen. `waiting` is what the applicant
    has still to answer about them, in the order of the form.
    """

    page: FormPage
    item: str
    name: str
    part: Part | None
    must_sign: bool
    roles: tuple[FormPage, ...] = ()
    waiting: tuple[FormStep, ...] = ()


def digest_of_code(code: str) -> str:
    """What is kept of the code of a link, however it was typed."""
    return signing.digest(characters_of_code(code))


def part_of_code(code: str, *, at: datetime) -> Part | None:
    """The part that this link leads to; none when it is wrong, has expired or was withdrawn: nobody learns which."""
    found = Part.objects.filter(code_digest=digest_of_code(code)).select_related("application__organisation").first()
    return found if found and found.is_open(at) else None


def own_part(part: Part, *, today: date) -> PartPages:
    filled = form_of(part.application, today=today)
    return PartPages(part, filled, filled.about_same_person(part.page))


def named_people(application: Application, filled: ApplicationForm) -> list[NamedPerson]:
    """Everyone whom the application asks about, in the order of the form, with the part of whoever has one."""
    parts = list(application.parts.standing().order_by("pk"))
    must = {(page, item) for page, item, _name in rules.must_sign(filled)}
    return [_named(filled, page, item, name, parts, must) for page, item, name in _people(filled)]


def _people(filled: ApplicationForm) -> Iterator[tuple[FormPage, str, str]]:
    for page in filled.pages():
        if page.person and filled.about_same_person(page.slug)[0] == page:
            yield page, "", filled.person(page.person).get("full_name", "")
        elif page.list_of and page.list_of.of == "person":
            own = (item for item in filled.on(page) if SAME not in item.kept)
            yield from ((page, item.name, filled.title_of(page, item)) for item in own)


def _named(
    filled: ApplicationForm, page: FormPage, item: str, name: str, parts: list[Part], must: set[tuple[str, str]]
) -> NamedPerson:
    place = f"{page.slug}/{item}" if item else page.slug
    chosen = [(one, thing.name) for one, thing in filled.listed("person") if thing.kept.get(SAME) == place]
    asked = [(one, item) for one in filled.about_same_person(page.slug)] + chosen
    part = rules.part_of(filled, parts, page=page.slug, item=item)
    waiting = (step for one, thing in asked for step in waiting_of(filled, one, thing))
    return NamedPerson(
        page,
        item,
        name,
        part,
        (page.slug, item) in must,
        (page, *(one for one, _item in chosen)),
        () if part else tuple(waiting),
    )
