"""What is known of a holder by now, which changes it may tell, and what officers see of what was told."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from licensing.application_form.rules.facts import PARTICULARS, SIGNATURE, PageAnswers
from licensing.application_form.rules.filled import ApplicationForm
from licensing.applications.models import Answer, Application
from licensing.applications.queries.applications import holidays_of
from licensing.applications.states import NOT_OVER
from licensing.holding.models import Change, StartOfSupply
from licensing.holding.rules import holding as rules
from licensing.holding.states import ChangeStatus
from registry import schemes
from registry.licences.models import Licence
from registry.organisations.models import Role
from registry.schemes import ChangeKind, FormPage, FormQuestion, Scheme, holds, said
from registry.schemes.answers import is_answered

# The key beside the answers of a change that says by which part the person answered for themselves.
BY_LINK = "part"


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody or something on a list that may leave it: `name` is what a form says, `called` what people read."""

    name: str
    called: str
    role: Role | None = None


def filled_now(licence: Licence, scheme: Scheme) -> ApplicationForm:
    """The form as the holder's answers stand by now: those by which the licence was granted, with what was accepted since."""
    return ApplicationForm.of(scheme, answers_now(licence, scheme))


def facts_now(licence: Licence, filled: ApplicationForm) -> dict[str, Any]:
    """What conditions of kinds of changes are asked about: the answers, and for what is in the file, the file."""
    own = {key: getattr(licence.organisation, field) for key, field in PARTICULARS.items()}
    return {**filled.facts, **{key: value for key, value in own.items() if is_answered(value)}}


def answers_now(licence: Licence, scheme: Scheme) -> list[PageAnswers]:
    """The answers of the last grant, changed as the accepted changes say, in the order in which these were told."""
    granted = licence.applications.order_by("-closed_at", "-pk").first()
    if granted is None:
        return []
    items = answers_of(granted, scheme)
    kinds = {kind.code: kind for kind in scheme.holding.change_kinds}
    told = licence.changes.exclude(status=ChangeStatus.REFUSED).exclude(closed_at__lt=granted.started_at)
    for change in told.select_related("role__person").order_by("told_at", "pk"):
        kind = kinds.get(change.kind)
        if kind and kind.page and (kind.at_once or change.status == ChangeStatus.ACCEPTED):
            items = list(_changed(items, change, kind, _shown(scheme)))
    return items


def answers_of(application: Application, scheme: Scheme) -> list[PageAnswers]:
    """What was answered in an application, as far as the applicant may read it."""
    return [_readable(one, scheme) for one in Answer.objects.filter(application=application).order_by("pk")]


def _shown(scheme: Scheme) -> tuple[str, ...]:
    """What the holder may read of what a person answered for themselves."""
    return tuple(scheme.parts.shown) if scheme.parts else ()


def _readable(answer: Answer, scheme: Scheme) -> PageAnswers:
    """An answer as the holder may read it: what a person answered for themselves they answer again, or let someone answer."""
    if answer.part_id is None:
        return PageAnswers(answer.page, answer.item, answer.data, answer.is_complete, answer.saved_at)
    data = {key: value for key, value in answer.data.items() if key in _shown(scheme)}
    return PageAnswers(answer.page, answer.item, data, False, answer.saved_at)


def _changed(
    items: list[PageAnswers], change: Change, kind: ChangeKind, shown: Collection[str]
) -> Iterator[PageAnswers]:
    """The answers after this change."""
    stays = [item for item in items if not _gives_way(item, change, kind)]
    yield from stays
    if kind.act != "remove":
        before = [item for item in items if kind.only and _gives_way(item, change, kind)]
        left = {key: value for item in before for key, value in item.data.items() if not kind.asks(key)}
        data = {**left, **answered_of(change, kind)}
        if BY_LINK in change.data:  # as after an application: they answer again, or let someone answer
            data = {key: value for key, value in data.items() if key in shown}
        yield PageAnswers(kind.page, change.item, data, BY_LINK not in change.data, change.told_at)


def _gives_way(item: PageAnswers, change: Change, kind: ChangeKind) -> bool:
    if item.page != kind.page or kind.act == "add":
        return False
    if kind.act == "tell" or change.role is None:
        return item.name == change.item
    return change.called in (item.data.get("full_name"), item.data.get("job_title"))


def answered_of(change: Change, kind: ChangeKind) -> dict[str, Any]:
    """The answers to the form's own page, without what the kind of change asks besides."""
    besides = {BY_LINK, *(question.key for question in kind.questions)}
    return {key: value for key, value in change.data.items() if key not in besides}


def page_of(kind: ChangeKind, scheme: Scheme) -> FormPage:
    """What is asked of whoever tells it: a page of the form, the kind's own questions, or both."""
    if not kind.page:
        slug = kind.code.replace("_", "-")
        return FormPage(slug=slug, title=kind.title, why=kind.about, questions=kind.questions)
    page = scheme.form.page(kind.page)
    own = (question for question in page.questions if kind.asks(question.key))
    return page.model_copy(update={"questions": (*own, *kind.questions)})


def ending_questions(kind: ChangeKind, scheme: Scheme) -> list[FormQuestion]:
    """Those that a kind of change asks, of which another answer ends the licence; the others on its page do not."""
    if kind.sets_off != "end":
        return []
    return [one for one in page_of(kind, scheme).questions if PARTICULARS.get(one.key) in scheme.changes.ends_licence]


def begun_with(licence: Licence, scheme: Scheme, kind: ChangeKind) -> Iterator[PageAnswers]:
    """The answers that an alteration begins with: all that is known. The pages that it is about wait to be answered or confirmed.

    Whoever takes somebody's place, what the pack wants answered anew and the signature begin empty.
    """
    pages = {page.slug: page for page in scheme.form.pages}
    for item in answers_now(licence, scheme):
        page = pages.get(item.page)
        if page is None or _begins_empty(page, scheme, kind):
            continue
        yield replace(item, is_complete=item.is_complete and item.page not in kind.pages)


def _begins_empty(page: FormPage, scheme: Scheme, kind: ChangeKind) -> bool:
    if kind.role is not None and page.person == kind.role:
        return True
    signs = any(question.key == SIGNATURE for question in page.questions)
    return page.slug in kind.pages and (signs or page.slug in scheme.renewals.anew)


def kinds_for(licence: Licence, scheme: Scheme) -> list[ChangeKind]:
    """The kinds of change that this holder can tell of or apply for: a sole trader has no director."""
    facts = facts_now(licence, filled_now(licence, scheme))
    return [kind for kind in scheme.holding.change_kinds if holds(kind.show_when, facts)]


def leavers(licence: Licence, kind: ChangeKind, filled: ApplicationForm, *, today: date) -> list[Leaver]:
    """Who or what may leave the list that this kind of change is about. Persons and positions are those of the file."""
    page = filled.scheme.form.page(kind.page)
    if page.list_of is None:
        return []
    if page.list_of.role is None:
        return [Leaver(item.name, filled.title_of(page, item)[:200]) for item in filled.on(page)]
    held = licence.organisation.roles.held_on(today).filter(kind=page.list_of.role, until=None)
    return [
        Leaver(role.person.reference if role.person else role.title, _called(role), role)
        for role in held.select_related("person").order_by("pk")
    ]


def leaves_too_few(kind: ChangeKind, filled: ApplicationForm, left: Sequence[Leaver]) -> bool:
    """Whether fewer remain than the licence needs once one of these leaves: someone must say who follows."""
    return kind.act == "remove" and len(left) <= filled.needed(filled.scheme.form.page(kind.page))


def _called(role: Role) -> str:
    return role.person.full_name if role.person else role.title


def kept_for(licence: Licence, kind: ChangeKind, filled: ApplicationForm) -> Mapping[str, Any]:
    """What is known already of what the page asks: what the file says goes before what was answered."""
    if kind.act != "tell" or not kind.page:
        return {}
    page = filled.scheme.form.page(kind.page)
    own = {q.key: getattr(licence.organisation, PARTICULARS[q.key]) for q in page.questions if q.key in PARTICULARS}
    known = {**filled.data(page), **{key: value for key, value in own.items() if is_answered(value)}}
    return {key: value for key, value in known.items() if kind.asks(key)}


def told_on(licence: Licence, *, until: datetime) -> list[date]:
    """The days on which this holder had told of changes by then."""
    of_holder = Change.objects.filter(licence__organisation=licence.organisation_id, told_at__lte=until)
    return [timezone.localdate(at) for at in of_holder.values_list("told_at", flat=True)]


def kind_of(change: Change) -> ChangeKind:
    return schemes.get(change.scheme, change.version).change_kind(change.kind)


# --- what pages show ---


@dataclass(frozen=True, slots=True)
class ToldRow:
    """One change that was told, in words: what was answered, and what was known before."""

    change: Change
    title: str
    at_once: bool
    rows: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Supply:
    """Whether supply has begun, and until when that is to be told: within so many working days, or by a day that is to come."""

    told: StartOfSupply | None
    days: int
    due_on: date | None
    has_begun: bool  # the licence: before its first day nobody supplies


def told(licence: Licence) -> QuerySet[Change]:
    """What was told about the licence, newest first."""
    return licence.changes.select_related("licence", "told_by", "closed_by").order_by("-told_at", "-pk")


def told_row(change: Change, *, language: str, whole: bool = False, for_holder: bool = False) -> ToldRow:
    """A change with its title; `whole` with every answer that the reader may read, for a page of its own."""
    kind = kind_of(change)
    answers = tuple(_said(change, kind, language, for_holder=for_holder)) if whole else ()
    return ToldRow(change, said(kind.title, language), kind.at_once, answers)


def _said(change: Change, kind: ChangeKind, language: str, *, for_holder: bool) -> Iterator[tuple[str, str, str]]:
    """Each question with its answer; of a change that is still open, what is known now beside it."""
    scheme = schemes.get(change.scheme, change.version)
    if kind.act == "remove":
        if change.data.get("follows"):
            yield gettext("Who follows?"), change.data["follows"], ""
        return
    now = filled_now(change.licence, scheme)
    page = page_of(kind, scheme)
    known = kept_for(change.licence, kind, now) if change.status == ChangeStatus.TOLD else {}
    hidden = for_holder and BY_LINK in change.data
    for question in now.questions(page, change.data):
        if hidden and question.key not in _shown(scheme):
            continue
        after = now.in_words(question, change.data.get(question.key))
        before = now.in_words(question, known.get(question.key))
        if after or before:
            yield said(question.label, language), after, before if before != after else ""


def list_of_newcomer(scheme: Scheme, kind: str) -> FormPage | None:
    """The list that a person joins by this kind of change, if they may answer for themselves by a link."""
    about = scheme.change_kind(kind)
    page = scheme.form.page(about.page) if about.act == "add" and about.page else None
    return page if page and page.list_of and page.list_of.of == "person" and scheme.parts else None


def under_way(licence: Licence, kind: str) -> Application | None:
    """The open application for an alteration of this kind."""
    return licence.alterations.filter(altering=kind, status__in=NOT_OVER).first()


def supply_of(licence: Licence, *, today: date) -> Supply:
    told_of = StartOfSupply.objects.filter(licence=licence).select_related("told_by").first()
    due_on = supply_due_on(licence, today)
    days = schemes.in_force(licence.scheme, today).changes.start_of_supply_working_days
    return Supply(told_of, days, due_on if due_on >= today else None, licence.valid_from <= today)


def supply_due_on(licence: Licence, on: date) -> date:
    """The last day to tell us, for a holder who began on the first day of the licence: a holder who has not begun is not late."""
    scheme = schemes.in_force(licence.scheme, on)
    return rules.start_due_on(licence, scheme, holidays=holidays_of(licence.organisation))
