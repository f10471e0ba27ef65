"""How far a case has come, what is known of it, what a score proposes.

What the CSV of each work list says: the columns of the page, and the few that a page has no room for.

What has happened to a draft while somebody had a page of it open.

What is known of a holder by now, which changes it may tell, and what officers see of what was told."""

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.db.models import QuerySet

from licensing.application_form.rules.facts import PARTICULARS, PageAnswers
from licensing.application_form.rules.filled import ApplicationForm
from licensing.applications.models import Answer, Application
from licensing.applications.rules import applications as rules
from licensing.applications.states import ApplicationStatus
from registry import names, schemes
from registry import search as index
from registry.accounts.models import User
from registry.holidays import queries as registry_queries
from registry.holidays.models import Calendar
from registry.licences.models import Licence
from registry.licences.states import LicenceStatus
from registry.organisations.models import Organisation, Person, Role
from registry.schemes import ChangeKind, FormPage, Scheme
from registry.schemes.answers import is_answered
from registry.trail.models.events import Event


class PinnedSubject(Protocol):
    """What is judged by one version of a scheme."""

    @property
    def scheme(self) -> str: ...

    @property
    def version(self) -> date | None: ...


def scheme_of(subject: PinnedSubject) -> schemes.Scheme:
    """The version of the scheme that the subject is judged by: pinned when handed in or told, or when granted."""
    assert subject.version is not None
    return schemes.get(subject.scheme, subject.version)


def filled(application: Application, scheme: schemes.Scheme) -> ApplicationForm:
    """The scheme's form with what this application has answered."""
    answers = _items(application.answers.order_by("pk"))
    if application.alters is None:
        return ApplicationForm.of(scheme, answers, on_paper=application.is_on_paper)
    if kind := reported(application, scheme):
        every = dict.fromkeys((page.slug for page in scheme.form.pages), False)
        return ApplicationForm.of(scheme, answers, asked=(kind.page,), settled=every)
    granted = _items(last_answers(application.alters, until=application.started_at))
    return ApplicationForm.of(
        scheme,
        answers,
        asked=scheme.change_kind(application.altering).pages,
        settled=ApplicationForm.of(scheme, granted).done(),
        on_paper=application.is_on_paper,
    )


def _items(answers: Iterable[Answer]) -> Iterator[PageAnswers]:
    for one in answers:
        yield PageAnswers(
            one.page, one.item, one.data, one.is_complete, one.saved_at, one.version, one.part_id is not None
        )


def last_answers(licence: Licence, *, until: datetime | None = None) -> QuerySet[Answer]:
    """The answers of the application by which the licence was last granted or renewed, until then if that is given."""
    granting = licence.applications.filter(closed_at__lte=until) if until else licence.applications.all()
    granted = granting.order_by("-closed_at", "-pk").first()
    return Answer.objects.filter(application=granted).order_by("pk") if granted else Answer.objects.none()


def form_of(application: Application, *, today: date) -> ApplicationForm:
    """The form as answered: of a draft in the version in force today, of what was handed in in the version it was pinned to."""
    if application.version is not None:
        return filled(application, schemes.get(application.scheme, application.version))
    return filled(application, schemes.in_force(application.scheme, today))


def suggested(organisation: Organisation, page: FormPage) -> dict[str, Any]:
    """What the organisation's file knows already of what a page asks about it: nothing is asked twice."""
    if page.scope:
        return {}
    known = {q.key: getattr(organisation, PARTICULARS[q.key]) for q in page.questions if q.key in PARTICULARS}
    return {key: value for key, value in known.items() if is_answered(value)}


def is_begun(application: Application) -> bool:
    """Whether it began with what was known of the business, so that something was complete before anyone typed."""
    return application.answers.filter(saved_at=application.started_at, is_complete=True).exists()


def schemes_offered(today: date) -> dict[str, schemes.Scheme]:
    """The schemes under which somebody can apply today, by name; first that which is longest in force."""
    since = {name: min(schemes.versions(name)) for name in schemes.names()}
    begun = sorted((first, name) for name, first in since.items() if first <= today)
    return {name: schemes.in_force(name, today) for _first, name in begun}


def paper_drafts() -> QuerySet[Application]:
    """What came on paper and has not been handed in yet, longest here first."""
    drafts = Application.objects.filter(status=ApplicationStatus.DRAFT, paper__isnull=False)
    return drafts.select_related("organisation", "paper__entered_by").order_by("paper__received_on", "pk")


def held_under(organisation: Organisation | None, scheme: str, *, today: date) -> Licence | None:
    """The licence under the scheme that the organisation holds today, suspended or not; one that is revoked is going."""
    if organisation is None:
        return None
    held = organisation.licences.filter(scheme=scheme, status=LicenceStatus.ACTIVE, valid_until__gte=today)
    return held.order_by("-valid_until").first()


def licensed_namesake(legal_name: str, *, today: date) -> Licence | None:
    """A licence that the register shows for a business of this name, with or without its legal form."""
    hits = index.equal_to([legal_name], index.PUBLIC).get(legal_name, [])
    listings = {hit.subject for hit in hits if hit.how != index.SearchMatch.NUMBER}
    held = Licence.objects.filter(listing__in=listings, status=LicenceStatus.ACTIVE, valid_until__gte=today)
    return held.select_related("organisation").order_by("pk").first() if listings else None


def licensed_with_number(number: str, *, but: Organisation, today: date) -> Licence | None:
    """The licence of another organisation that has this company number."""
    others = Licence.objects.filter(organisation__company_number=number).exclude(organisation=but)
    held = others.filter(status=LicenceStatus.ACTIVE, valid_until__gte=today)
    return held.select_related("organisation").order_by("pk").first()


def holidays_of(organisation: Organisation) -> frozenset[date]:
    """The bank holidays of the nation where the organisation is."""
    return registry_queries.holidays(Calendar.of(organisation.address))


def connected_to(organisation: Organisation) -> set[int]:
    """The organisation, and those in which somebody with a role in it has or had one."""
    return {organisation.pk} | connections_of(organisation).keys()


def connections_of(organisation: Organisation) -> dict[int, tuple[str, ...]]:
    """The other organisations in which somebody with a role in it has or had one, and who: same name, same date of birth."""
    own = Person.objects.filter(roles__organisation=organisation).exclude(date_of_birth=None)
    wanted = {(person.date_of_birth, names.person_key(person.full_name)) for person in own}
    alike = Role.objects.filter(person__date_of_birth__in={born for born, _key in wanted}).values_list(
        "organisation", "person__date_of_birth", "person__full_name"
    )
    # Many may share a day, and some of those a name: each name is folded once.
    key_of = functools.cache(names.person_key)
    found: dict[int, list[str]] = {}
    for where, born, name in alike:
        if where != organisation.pk and (born, key_of(name)) in wanted:
            found.setdefault(where, []).append(name)
    return {where: tuple(sorted(set(called))) for where, called in found.items()}


@dataclass(frozen=True, slots=True)
class OtherEdit:
    """Who saved or removed an answer, and when; what it is now, and None when it was removed."""

    who: str
    at: datetime
    answer: Answer | None

    @property
    def version(self) -> int:
        return self.answer.version if self.answer else 0


def meanwhile(
    application: Application,
    *,
    page: str,
    item: str,
    opened: int,
    typed: Mapping[str, Any],
    was: Mapping[str, str],
    by: User,
) -> OtherEdit | None:
    """What somebody else, or this user in another window, has done to an answer since it was opened; None when nobody has."""
    found = application.answers.select_related("saved_by").filter(page=page, item=item).first()
    if found is not None:
        is_news = found.is_news_to(by, opened=opened) or rules.changed_twice(found, typed, was=was, by=by)
        return OtherEdit(found.saver, found.saved_at, found) if is_news else None
    event = _removal(application, page=page, item=item) if opened else None
    return OtherEdit(event.by_name, event.at, None) if event else None


def _removal(application: Application, *, page: str, item: str) -> Event | None:
    done = Event.objects.of([("application", application.reference)])
    return done.filter(verb="remove_item", facts__page=page, facts__item=item).first()


def reported(application: Application, scheme: Scheme) -> ChangeKind | None:
    """The kind of change that this draft prepares: a person answers for themselves by a link, and the holder then reports it."""
    kind = altering(application, scheme)
    return kind if kind and kind.sets_off != "application" else None


def is_reported(application: Application, *, today: date) -> bool:
    return reported(application, schemes.in_force(application.scheme, today)) is not None


def altering(application: Application, scheme: Scheme) -> ChangeKind | None:
    """Which kind of change the application asks for; none for a new licence or a renewal."""
    return scheme.change_kind(application.altering) if application.alters_id else None
