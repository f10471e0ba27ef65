"""Which registers were taken over, and whether what came out is what went in."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear

from registry.accounts.models import User
from registry.documents.models import Document
from registry.integrity.covering import in_chunks
from registry.licences import rules as licence_rules
from registry.licences.models import Condition, Licence
from registry.organisations.models import Organisation, Role
from registry.register.models import Entry
from registry.take_overs import rules
from registry.take_overs.filters import TakeOverQuestionFilter
from registry.take_overs.models import TakenOverHolder, TakeOver, TakeOverQuestion
from registry.take_overs.rules.holders import HolderRecord
from registry.take_overs.rules.tables import RowFault, TableRow
from registry.take_overs.states import QuestionStatus
from registry.trail.models.events import Event

LICENCES, CONDITIONS, YEARS, HOLDERS = "licences", "conditions", "licences granted in", "holders"
AT_ONCE, MOST_SHOWN = 500, 100
PEOPLE, STANDINGS, DOCUMENTS = "people", "standings", "documents"


@dataclass(frozen=True, slots=True)
class CountComparison:
    """How many of something the files hold, how many were refused with their holders, and how many the registry holds."""

    what: str
    given: int
    held: int

    @property
    def difference(self) -> int:
        return self.held - self.given


def newest() -> QuerySet[TakeOver]:
    return TakeOver.objects.select_related("under", "run_by").order_by("-under__started_at", "-pk")


def unfinished(digest: str) -> TakeOver | None:
    """The taking over of these files that was cut off."""
    started = TakeOver.objects.filter(under__digest=digest, under__finished_at=None, under__given_up_at=None)
    return started.select_related("under").first()


def finished(digest: str) -> TakeOver | None:
    """The taking over of these very files, if it has come to its end."""
    done = TakeOver.objects.filter(under__digest=digest).exclude(under__finished_at=None)
    return done.select_related("under").order_by("-pk").first()


def summary(take_over: TakeOver, *, by: User) -> dict[str, Any]:
    """What the page of a take-over shows."""
    return {
        "take_over": take_over,
        "under": take_over.under,
        "comparisons": comparisons(take_over),
        "refused": [RowFault(*fault) for fault in take_over.refused[:MOST_SHOWN]],
        "questions": take_over.questions.visible_to(by).exclude(status=QuestionStatus.SETTLED).count(),
    }


def questions(params: Mapping[str, Any], *, by: User) -> TakeOverQuestionFilter:
    rows = TakeOverQuestion.objects.visible_to(by).select_related("organisation", "other")
    return TakeOverQuestionFilter(params, queryset=rows)


def lacking_too(question: TakeOverQuestion, *, by: User) -> QuerySet[TakeOverQuestion]:
    """The other open questions of its take-over where the business lacks the same."""
    same = question.take_over.questions.visible_to(by).filter(status=QuestionStatus.OPEN, kind=question.kind)
    return same.none() if question.is_of_its_own else same.exclude(pk=question.pk)


def foreseen(records: Sequence[HolderRecord], authority: str, *, correct: bool) -> Counter[str]:
    """What taking these over would do, by holder. What is refused says so in the rows."""
    counts: Counter[str] = Counter()
    for some in in_chunks(records, AT_ONCE):
        holders = TakenOverHolder.objects.filter(authority=authority, key__in=[one.key for one in some])
        before = {one.key: one.digests for one in holders}
        new = [one for one in some if one.key not in before]
        numbers = {number for record in new for one in record.licences if (number := one.number)}
        given = set(Licence.objects.filter(number__in=numbers).values_list("number", flat=True))
        for record in some:
            _judge(record, before.get(record.key), given, correct=correct)
            counts[_what(record, before.get(record.key))] += 1
    return counts


def _judge(record: HolderRecord, before: Mapping[str, str] | None, given: Set[str], *, correct: bool) -> None:
    if before is not None:
        for reason in rules.correct_blockers(before, record.digests(), correct=correct):
            record.row.fault(reason.where, reason.text)
        return
    for one in filter(attrgetter("number"), record.licences):
        for reason in licence_rules.take_over_blockers(one.number, is_given=one.number in given):
            one.row.fault(reason.where, reason.text)


def _what(record: HolderRecord, before: Mapping[str, str] | None) -> str:
    if record.faults:
        return "refused"
    if before is None:
        return "added"
    return "unchanged" if before == record.digests() else "changed"


def has_ended(organisation: Organisation, row: TableRow) -> bool:
    """Whether a role that the files say has ended is on our files so already."""
    return row["until"] is not None and _roles_of(organisation, row).filter(until=row["until"]).exists()


def roles_not_among(people: Sequence[TableRow], organisation: Organisation, *, named_by: User) -> list[Role]:
    """The roles of an organisation that this user has named from files, and that the files do not name any more. Those that
    were named here, by the holder or an officer, are none of them.
    """
    among = [pk for row in people for pk in _roles_of(organisation, row).values_list("pk", flat=True)]
    named = Event.objects.filter(
        kind="organisation", reference=organisation.reference, verb="name", by=named_by.reference
    ).values_list("facts", flat=True)
    from_files = {(facts["person"], facts["role"], facts["title"]) for facts in named}
    roles = organisation.roles.filter(until=None).exclude(pk__in=among).select_related("person").order_by("pk")
    return [one for one in roles if (one.person and one.person.reference, one.kind, one.title) in from_files]


def _roles_of(organisation: Organisation, row: TableRow) -> QuerySet[Role]:
    """The roles of an organisation that a row of people.csv speaks of, whatever their days."""
    who = {"full_name": row["full_name"], "date_of_birth": row["date_of_birth"]}
    whose = {f"person__{name}": value for name, value in who.items()} if row["full_name"] else {"person": None}
    return organisation.roles.filter(kind=row["role"], title=row["title"], **whose)


def to_invite(take_over: TakeOver) -> QuerySet[TakenOverHolder]:
    """Holders who can be written to and were not asked yet."""
    holders = TakenOverHolder.objects.filter(authority=take_over.authority, organisation__licences__status="active")
    asked = holders.filter(organisation__memberships=None, organisation__invitations=None)
    return asked.exclude(organisation__email="").select_related("organisation").order_by("pk").distinct()


def given_by(records: Iterable[HolderRecord]) -> dict[str, int]:
    """What the files hold: of each kind of row, of licences by status and by year of grant."""
    counts: Counter[str] = Counter()
    for record in records:
        counts[HOLDERS] += 1
        counts[PEOPLE] += len(record.people)
        counts[DOCUMENTS] += len(record.documents)
        counts[STANDINGS] += len(record.periods)
        for one in (*record.licences, *record.licences_left_out):
            counts[f"{LICENCES}: {one.row['status']}"] += 1
            if granted := one.row["granted_on"]:
                counts[f"{YEARS} {granted.year}"] += 1
            counts.update(f"{CONDITIONS}: {row['status']}" for row in one.conditions)
    return dict(sorted(counts.items()))


def comparisons(take_over: TakeOver) -> list[CountComparison]:
    """Line by line, what the files hold and what the registry holds of this authority."""
    held = _held(take_over)
    names = sorted(take_over.given.keys() | held.keys())
    return [CountComparison(name, take_over.given.get(name, 0), held.get(name, 0)) for name in names]


def _held(take_over: TakeOver) -> dict[str, int]:
    of_us: dict[str, Any] = {"organisation__taken_over__authority": take_over.authority}
    licences, conditions = (
        Licence.objects.filter(**of_us),
        Condition.objects.filter(licence__organisation__taken_over__authority=take_over.authority),
    )
    held = {
        HOLDERS: TakenOverHolder.objects.filter(authority=take_over.authority).count(),
        PEOPLE: Role.objects.filter(**of_us).count(),
        DOCUMENTS: Document.objects.filter(**of_us).count(),
        STANDINGS: Entry.objects.filter(
            listing__organisation__taken_over__authority=take_over.authority, taken_over__past=True
        ).count(),
    }
    held |= {f"{LICENCES}: {status}": count for status, count in _by(licences, "status")}
    held |= {f"{CONDITIONS}: {status}": count for status, count in _by(conditions, "status")}
    years = licences.annotate(year=ExtractYear("granted_at"))
    return held | {f"{YEARS} {year}": count for year, count in _by(years, "year")}


def _by(rows: "QuerySet[Any]", field: str) -> Iterator[tuple[Any, int]]:
    return iter(rows.order_by().values_list(field).annotate(n=Count("pk")))


_VARIES = re.compile(r"“[^”]*”|\b[A-Z0-9/.-]*[0-9][A-Z0-9/.-]*\b")


def fault_kinds(faults: Iterable[RowFault]) -> list[tuple[str, int]]:
    """The same fault of the same column once, with how often it is there: the most frequent first."""
    return Counter(f"{one.file}, {one.field or 'row'}: {_VARIES.sub('…', one.text)}" for one in faults).most_common()


REPORT = ("section", "name", "in the files", "in the registry", "difference")


def report_rows(take_over: TakeOver, *, by: User | None = None) -> Iterator[Sequence[Any]]:
    """The reconciliation report as a table with the columns of `REPORT`; `by` sees no business of a conflict of interest."""
    for file in take_over.files:
        yield ("file", file["name"], file["rows"], file["encoding"], file["sha256"])
    for one in comparisons(take_over):
        yield ("count", one.what, one.given, one.held, one.difference)
    for name in ("read", "added", "changed", "unchanged", "refused"):
        yield ("holder", name, getattr(take_over.under, name), "", "")
    kinds = fault_kinds(RowFault(*fault) for fault in take_over.refused)
    yield from (("kind", kind, count, "", "") for kind, count in kinds)
    for file, row, name, text in take_over.refused:
        yield ("refused", f"{file} row {row}", name, text, "")
    seen = take_over.questions.visible_to(by) if by else take_over.questions.all()
    for question in seen.select_related("organisation", "other").order_by("pk"):
        other = question.other.reference if question.other else ""
        yield ("question", question.reference, question.kind, question.organisation.reference, other)


def report_text(take_over: TakeOver) -> str:
    """The same for people to read."""
    lines = [f"Taken over from {take_over.authority}: {take_over.reference}", ""]
    for section, name, *rest in report_rows(take_over):
        lines.append(f"{section:<9} {name}: {', '.join(str(cell) for cell in rest if cell != '')}")
    return "\n".join(lines) + "\n"
