"""Checks: to whom each is put, what is told of its subject, what came back as far as the reader may know it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from licensing.models import Application, Asking, Change, Check, CheckQuerySet, Reply
from licensing.queries.cases import form_of, scheme_of
from licensing.queries.holding import altering
from licensing.rules import cases as rules
from licensing.rules import clocks, handling
from licensing.rules.handling import Reader, Secret, Shown
from licensing.states import OwnCheck
from registry import schemes
from registry.accounts.models import User
from registry.agencies.models import Agency, Remit
from registry.documents.models import Document
from registry.errors import Reason
from registry.identifiers import new_reference
from registry.organisations.models import Organisation, Person
from registry.schemes import Scheme, said
from registry.trail.queries.history import Row

OURSELVES = _("This service")


# --- putting them ---


def opened(
    case: Application | Change,
    asked: Iterable[tuple[schemes.Check, str, Person | None]],
    *,
    scheme: Scheme,
    at: datetime,
) -> Iterator[Check]:
    """The checks of a case as they are to be opened, each put to the one authority that answers it, if there is one."""
    today, agencies = timezone.localdate(at), _agencies(scheme.name)
    for check, subject, person in asked:
        yield Check(
            reference=new_reference("K"),
            application=case if isinstance(case, Application) else None,
            change=case if isinstance(case, Change) else None,
            code=check.code,
            subject=subject,
            person=person,
            agency=agencies.get(check.code),
            sent_on=today,
            due_on=clocks.CHECK_REPLY.after(today, check.days_due),
            chase_on=clocks.CHECK_REMINDER.after(today, check.chaser_days),
            handling={
                "may_be_shown_to_subject": check.handling.may_be_shown_to_subject,
                "may_be_passed_on": check.handling.may_be_passed_on,
                "note": said(check.handling.note, "en"),
            },
        )


def _agencies(scheme: str) -> dict[str, Agency]:
    """By code of a check, the authority that answers it, where only one does: of several, an officer chooses."""
    found: dict[str, list[Agency]] = {}
    for remit in Remit.objects.filter(scheme=scheme, agency__closed_at=None).select_related("agency"):
        found.setdefault(remit.code, []).append(remit.agency)
    return {code: agencies[0] for code, agencies in found.items() if len(agencies) == 1}


def agencies_for(check: Check) -> QuerySet[Agency]:
    """To whom this check can be put."""
    return Agency.objects.answering(check.case.scheme, check.code)


# --- what is told ---


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a check is about, and no more than its authority needs: what it is not told is not here."""

    kind: str
    name: str
    address: str
    former_names: tuple[str, ...] = ()
    date_of_birth: date | None = None
    company_number: str = ""
    utr: str = ""
    vat: str = ""
    paye: tuple[str, ...] = ()

    @property
    def rows(self) -> list[Row]:
        """In words, for a page or a letter."""
        told: dict[str, Any] = {
            gettext("Name"): self.name,
            gettext("Former names"): "\n".join(self.former_names),
            gettext("Date of birth"): date_format(self.date_of_birth, "j F Y") if self.date_of_birth else "",
            gettext("Company number"): self.company_number,
            gettext("Unique Taxpayer Reference"): self.utr,
            gettext("VAT number"): self.vat,
            gettext("PAYE references"): "\n".join(self.paye),
            gettext("Address"): self.address,
        }
        return [Row(key, value) for key, value in told.items() if value]


ADDRESS = ("line_1", "line_2", "town", "county", "postcode")


def subject_of(check: Check) -> Subject:
    """What the authority is told of whom the check is about, by the pack that the case is judged by."""
    scheme = scheme_of(check.case)
    about = scheme.check(check.code)
    known = _of_person(check) if about.subject == "person" else _of_organisation(check.organisation)
    tells = scheme.told_of(about)
    return Subject(
        kind=about.subject,
        name=check.subject,
        address=", ".join(filter(None, (known["address"].get(line, "") for line in ADDRESS))),
        **{fact: known[fact] for fact in tells if known.get(fact)},
    )


def _of_organisation(organisation: Organisation) -> dict[str, Any]:
    return {
        "address": organisation.address,
        "former_names": tuple(organisation.former_names),
        "company_number": organisation.company_number,
        "utr": organisation.utr,
        "vat": organisation.vat_number,
        "paye": tuple(organisation.paye_references),
    }


def _of_person(check: Check) -> dict[str, Any]:
    """By the file; of a newcomer, who is in no file yet, by what was answered about them."""
    if check.person:
        former = (check.person.former_name,) if check.person.former_name else ()
        return {"address": check.person.address, "former_names": former, "date_of_birth": check.person.date_of_birth}
    said_of_them = _newcomer(check)
    born = str(said_of_them.get("date_of_birth") or "")
    called = said_of_them.get("former_name") or said_of_them.get("previous_name")
    return {
        "address": said_of_them.get("address") or said_of_them.get("home_address") or {},
        "former_names": (called,) if isinstance(called, str) and called else (),
        "date_of_birth": date.fromisoformat(born) if born else None,
    }


def _newcomer(check: Check) -> dict[str, Any]:
    """The answers about somebody who is to come: of a change, or of an application that alters a licence."""
    if check.change:
        return dict(check.change.data)
    assert check.application
    kind = altering(check.application, scheme_of(check.application))
    if kind is None or not kind.role:
        return {}
    return dict(form_of(check.application, today=check.sent_on).person(kind.role))


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that an authority is asked."""

    code: str
    text: str


def words_of(check: Check, language: str | None) -> str:
    """How the check is put, where the pack has words for it."""
    asked = scheme_of(check.case).request(check.code)
    return said(asked.words, language) if asked else ""


def questions_of(check: Check, language: str | None) -> list[Question]:
    asked = scheme_of(check.case).request(check.code)
    return [Question(one.code, said(one.text, language)) for one in asked.asks] if asked else []


# --- what came back ---


@dataclass(frozen=True, slots=True)
class Held:
    """A reply as far as its reader may know it, with the documents that came with it."""

    shown: Shown
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check with its standing reply as far as this reader may know it, and when it was asked."""

    check: Check
    title: str
    authority: str
    is_overdue: bool
    reply: Held | None
    askings: tuple[Asking, ...]

    @property
    def is_for_officer(self) -> bool:
        """Whether there is something to write down: what the registry found in order by itself needs nobody."""
        return not (self.check.is_own and self.check.result and self.reply and not self.reply.shown.recorded_by)

    @property
    def chased(self) -> tuple[Asking, ...]:
        return tuple(one for one in self.askings if one.kind == "chaser")


@dataclass(frozen=True, slots=True)
class CheckFile:
    """All that the page of one check shows to this reader."""

    row: CheckRow
    rows: tuple[Row, ...]
    words: str
    questions: tuple[Question, ...]
    former: tuple[Held, ...]
    handling: dict[str, Any]
    blockers: tuple[Reason, ...]
    agencies: tuple[Agency, ...]


def all_checks() -> CheckQuerySet:
    """Checks with all that a row of them shows."""
    return Check.objects.select_related(
        "application__organisation", "change__licence__organisation", "agency", "person"
    ).prefetch_related(
        Prefetch("askings", Asking.objects.select_related("agency", "letter", "by").order_by("at", "pk")),
        Prefetch("replies", Reply.objects.select_related("recorded_by").prefetch_related("releases__recorded_by")),
    )


def checks_of(case: Application | Change, *, by: User, on: date) -> tuple[CheckRow, ...]:
    """The checks of a case: what waits for a reply first, then the registry's own, each in the order in which they were opened."""
    # By the case itself: with eight tables beside it, PostgreSQL would read them all before it came to a list of keys.
    of_case = {"application": case} if isinstance(case, Application) else {"change": case}
    checks = list(all_checks().filter(**of_case).order_by("pk"))
    return rows_of(sorted(checks, key=lambda check: (bool(check.result), not check.is_own)), by=by, on=on)


def rows_of(checks: Iterable[Check], *, by: User, on: date) -> tuple[CheckRow, ...]:
    """With one look at the documents for all of them."""
    checks = list(checks)
    standing = {check.pk: reply for check in checks for reply in check.replies.all() if reply.replaced_at is None}
    documents = _documents(standing.values())
    return tuple(_row(check, standing.get(check.pk), documents, by=by, on=on) for check in checks)


def check_row(check: Check, *, by: User, on: date) -> CheckRow:
    (row,) = rows_of([check], by=by, on=on)
    return row


def check_file(check: Check, *, by: User, on: date) -> CheckFile:
    language = get_language()
    former = [reply for reply in check.replies.all() if reply.replaced_at is not None]
    documents, reader = _documents(former), handling.reader(by, check)
    return CheckFile(
        row=check_row(check, by=by, on=on),
        rows=() if check.is_own else tuple(subject_of(check).rows),
        words="" if check.is_own else words_of(check, language),
        questions=() if check.is_own else tuple(questions_of(check, language)),
        former=tuple(
            _held(reply, documents, reader)
            for reply in sorted(former, key=lambda reply: (reply.recorded_at, reply.pk), reverse=True)
        ),
        handling=check.handling,
        blockers=tuple(rules.reply_blockers(check)),
        agencies=() if check.is_own else tuple(agencies_for(check)),
    )


def title_of(check: Check) -> str:
    if check.is_own:
        return str(OwnCheck(check.code).label)
    return said(scheme_of(check.case).check(check.code).title, get_language())


def authority_of(check: Check) -> str:
    """Whom the check is put to; where nobody is chosen yet, as the pack calls it."""
    if check.is_own:
        return str(OURSELVES)
    return str(check.agency or said(scheme_of(check.case).check(check.code).authority, get_language()))


def documents_of_check(check: Check, *, by: User) -> QuerySet[Document]:
    """The files that came with replies to a check, as far as this person may read the replies."""
    reader = handling.reader(by, check)
    readable = [reply.reference for reply in check.replies.all() if handling.may_read(reply, reader)]
    return Document.objects.about(*readable).served()


def _row(check: Check, reply: Reply | None, documents: dict[str, list[Document]], *, by: User, on: date) -> CheckRow:
    reader = handling.reader(by, check)
    return CheckRow(
        check=check,
        title=title_of(check),
        authority=authority_of(check),
        is_overdue=check.is_overdue(on),
        reply=_held(reply, documents, reader) if reply else None,
        askings=tuple(check.askings.all()),
    )


def _held(reply: Reply, documents: dict[str, list[Document]], reader: Reader) -> Held:
    shown = handling.shown(reply, reader)
    return Held(shown, () if shown.is_withheld else tuple(documents.get(reply.reference, ())))


def _documents(replies: Iterable[Reply]) -> dict[str, list[Document]]:
    found: dict[str, list[Document]] = {}
    for document in Document.objects.about(*(reply.reference for reply in replies)).there():
        found.setdefault(document.about, []).append(document)
    return found


# --- what may not be said ---


def kept_back(organisation: Organisation, reader: Reader) -> list[Secret]:
    """The words of every reply about an organisation and its people, wherever it was asked, that this reader may not read."""
    checks: set[int] = set()
    for of in (
        Q(application__organisation=organisation),
        Q(change__licence__organisation=organisation),
        Q(person__in=Person.objects.filter(roles__organisation=organisation)),
    ):
        checks |= set(Check.objects.filter(of, replies__isnull=False).values_list("pk", flat=True))
    if not checks:
        return []
    replies = (
        Reply.objects.filter(asked__in=checks)
        .select_related("asked__application", "asked__change__licence")
        .prefetch_related("releases")
    )
    withheld = [reply for reply in replies.order_by("pk") if not handling.may_read(reply, reader)]
    known = _known(organisation) if withheld else ""
    return [Secret(title_of(reply.asked), handling.words_of(reply), known) for reply in withheld]


def _known(organisation: Organisation) -> str:
    """The subject's own numbers: a text that names them gives nothing away."""
    return " ".join(
        [
            organisation.company_number,
            organisation.utr,
            organisation.vat_number,
            organisation.telephone,
            *organisation.paye_references,
            *organisation.licences.values_list("number", flat=True),
            *organisation.applications.values_list("reference", flat=True),
        ]
    )


def repeats(
    organisation: Organisation, texts: Mapping[str, str], *, reader: Reader = Reader.SUBJECT
) -> Iterator[Reason]:
    """Why what somebody has written, by field, may not go to this reader: it repeats what may not."""
    written = {where: text for where, text in texts.items() if text.strip()}
    if written:
        yield from handling.restricted_blockers(written, kept_back(organisation, reader), reader)
