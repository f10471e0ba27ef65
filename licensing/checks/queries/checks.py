"""Checks: to whom each is put, what is told of its subject, what came back as far as the reader may know it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import get_language

from licensing.applications.models import Application
from licensing.applications.queries.applications import scheme_of
from licensing.checks.models import Asking, Check, CheckQuerySet, Reply
from licensing.checks.queries.subjects import OURSELVES, CheckQuestion, questions_of, subject_of, words_of
from licensing.checks.rules import handling
from licensing.checks.rules import replies as rules
from licensing.checks.rules.handling import Reader, Secret, VisibleReply
from licensing.checks.states import OwnCheck
from licensing.holding.models import Change
from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.documents.models import Document
from registry.errors import Reason
from registry.organisations.models import Organisation, Person
from registry.schemes import said
from registry.trail.queries.summaries import SummaryRow

# --- what came back ---


@dataclass(frozen=True, slots=True)
class ReadableReply:
    """A reply as far as its reader may know it, with the documents that came with it."""

    shown: VisibleReply
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class CheckWithReply:
    """One check with its standing reply as far as this reader may know it, and when it was asked."""

    check: Check
    title: str
    authority: str
    is_overdue: bool
    reply: ReadableReply | None
    askings: tuple[Asking, ...]

    @property
    def is_for_officer(self) -> bool:
        """Whether there is something to write down: what the registry found in order needs no one, and an authority's own reply stays."""
        if self.check.reply_of_agency is not None:
            return False
        return not (self.check.is_own and self.check.result and self.reply and not self.reply.shown.recorded_by)

    @property
    def chased(self) -> tuple[Asking, ...]:
        return tuple(one for one in self.askings if one.kind == "chaser")


@dataclass(frozen=True, slots=True)
class CheckFile:
    """All that the page of one check shows to this reader."""

    row: CheckWithReply
    rows: tuple[SummaryRow, ...]
    words: str
    questions: tuple[CheckQuestion, ...]
    former: tuple[ReadableReply, ...]
    handling: dict[str, Any]
    blockers: tuple[Reason, ...]


def all_checks() -> CheckQuerySet:
    """Checks with all that a row of them shows."""
    return Check.objects.select_related(
        "application__organisation", "change__licence__organisation", "agency", "person"
    ).prefetch_related(
        Prefetch("askings", Asking.objects.select_related("agency", "letter", "by").order_by("at", "pk")),
        Prefetch("replies", Reply.objects.select_related("recorded_by").prefetch_related("releases__recorded_by")),
    )


def checks_with_overrides() -> CheckQuerySet:
    """The same, with what two officers decided otherwise."""
    return all_checks().prefetch_related(*OVERRIDES)


#: What a page shows of the overrides of a check.
OVERRIDES = ("overrides__reply", "overrides__proposed_by", "overrides__ended_by", "overrides__read_by")


def checks_of(case: Application | Change, *, by: User, on: date) -> tuple[CheckWithReply, ...]:
    """The checks of a case: what waits for a reply first, then the registry's own, each in the order in which they were opened."""
    # By the case itself: with eight tables beside it, PostgreSQL would read them all before it came to a list of keys.
    of_case = {"application": case} if isinstance(case, Application) else {"change": case}
    checks = list(checks_with_overrides().filter(**of_case).order_by("pk"))
    return rows_of(sorted(checks, key=lambda check: (bool(check.result), not check.is_own)), by=by, on=on)


def open_checks_of(application: Application, *also: str, on: date) -> tuple[CheckWithReply, ...]:
    """The checks of others that no one has answered, and those with these references, in the order in which they were opened."""
    of_others = all_checks().filter(application=application).of_others()
    checks = of_others.filter(Q(result="") | Q(reference__in=also)).order_by("pk")
    return tuple(_row(check, None, {}, reader=Reader.OTHERS, on=on) for check in checks)


def rows_of(checks: Iterable[Check], *, by: User, on: date) -> tuple[CheckWithReply, ...]:
    """With one look at the documents for all of them."""
    checks = list(checks)
    standing = {check.pk: reply for check in checks for reply in check.replies.all() if reply.replaced_at is None}
    documents = _documents(standing.values())
    return tuple(
        _row(check, standing.get(check.pk), documents, reader=handling.reader(by, check), on=on) for check in checks
    )


def check_row(check: Check, *, by: User, on: date) -> CheckWithReply:
    (row,) = rows_of([check], by=by, on=on)
    return row


def own_reply_of(check: Check, *, by: User) -> ReadableReply | None:
    """What the authority said itself last, where two officers decided otherwise."""
    reply = check.reply_of_agency if check.is_overridden else None
    return _held(reply, _documents([reply]), handling.reader(by, check)) if reply else None


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


def _row(
    check: Check, reply: Reply | None, documents: dict[str, list[Document]], *, reader: Reader, on: date
) -> CheckWithReply:
    return CheckWithReply(
        check=check,
        title=title_of(check),
        authority=authority_of(check),
        is_overdue=check.is_overdue(on),
        reply=_held(reply, documents, reader) if reply else None,
        askings=tuple(check.askings.all()),
    )


def _held(reply: Reply, documents: dict[str, list[Document]], reader: Reader) -> ReadableReply:
    shown = handling.shown(reply, reader)
    return ReadableReply(shown, () if shown.is_withheld else tuple(documents.get(reply.reference, ())))


def _documents(replies: Iterable[Reply]) -> dict[str, list[Document]]:
    found: dict[str, list[Document]] = {}
    for document in Document.objects.about(*(reply.reference for reply in replies)).there():
        found.setdefault(document.about, []).append(document)
    return found


# --- what may not be said ---


def kept_back(organisation: Organisation, reader: Reader, *, but: Agency | None = None) -> list[Secret]:
    """The words of every reply about an organisation and its people, wherever it was asked, that this reader may not read.

    Not those of the authority `but`, which reads its own.
    """
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
    if but is not None:
        replies = replies.exclude(asked__agency=but)
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
    organisation: Organisation,
    texts: Mapping[str, str],
    *,
    reader: Reader = Reader.SUBJECT,
    but: Agency | None = None,
) -> Iterator[Reason]:
    """Why what somebody has written, by field, may not go to this reader, or to the authority `but`: it repeats what may not."""
    written = {where: text for where, text in texts.items() if text.strip()}
    if written:
        yield from handling.restricted_blockers(written, kept_back(organisation, reader, but=but), reader)
