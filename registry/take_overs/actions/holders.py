"""Taking over holders, some at a time: each batch is one transaction, so that what was cut off goes on where it stopped."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from django.db import transaction
from django.utils import timezone

from registry import permissions, schemes
from registry import search as index
from registry.accounts.models import User
from registry.documents import actions as documents
from registry.errors import Refused, refuse_for
from registry.filtersets import midnight
from registry.imports import rules as import_rules
from registry.licences.actions import take_overs as licences
from registry.licences.models import Licence
from registry.organisations import actions as organisations
from registry.organisations.models import Organisation
from registry.register.actions import listings
from registry.register.actions import publishing as register
from registry.register.models import Listing
from registry.schemes.terms import Public
from registry.take_overs import rules
from registry.take_overs.actions.questions import ask_questions
from registry.take_overs.models import TakenOverHolder, TakeOver
from registry.take_overs.queries import take_overs as queries
from registry.take_overs.rules import past_days, standings
from registry.take_overs.rules.holders import HolderRecord
from registry.take_overs.rules.standings import LicenceHistory
from registry.take_overs.rules.tables import RowFault, TableRow
from registry.trail.actions import events as trail
from registry.uploads import Upload, titled

PARTICULARS = (
    "legal_name",
    "trading_names",
    "former_names",
    "legal_status",
    "company_number",
    "utr",
    "vat_number",
    "telephone",
    "email",
    "website",
)
OF_PERSON = ("full_name", "date_of_birth", "nino", "telephone", "email")

Opened = Callable[[str], Upload]


@transaction.atomic
def take_over_holders(
    take_over: TakeOver,
    *,
    after: int,
    records: Sequence[HolderRecord],
    scheme: str,
    opened: Opened,
    correct: bool,
    by: User,
    at: datetime,
) -> TakeOver:
    """Take over the next holders with all that the files say of them. `after` is how many were read before these.

    A holder with a fault is refused as a whole and keeps no other out; one that was taken over and says the same is left as it
    is. `opened` reads a document by its name. Raises `Refused` when the taking over is not where the caller believes it to be.
    """
    permissions.require(by, "registry.import_lists")
    under = trail.locked(take_over.under)
    refuse_for(import_rules.import_blockers(under, after=after))
    batch = _HolderBatch(take_over, scheme, opened, timezone.localdate(under.started_at), correct, by, at)
    known = TakenOverHolder.objects.filter(authority=take_over.authority, key__in=[one.key for one in records])
    before = {one.key: one for one in known.select_related("organisation")}
    for record in records:
        batch.take(record, before.get(record.key))
    batch.publish()
    ask_questions(take_over, batch.added, incomplete=batch.incomplete, by=by, at=at)
    take_over.refused = [*take_over.refused, *(list(fault) for fault in batch.faults)]
    take_over.save(update_fields=["refused"])
    counts = {name: batch.counts[name] for name in ("added", "changed", "unchanged", "refused")}
    under.save(update_fields=under.count(len(records), counts, []))
    facts: dict[str, Any] = {**counts, "read": len(records)}
    trail.record(under, "import_rows", by=by, at=at, **facts)
    take_over.under = under
    return take_over


@dataclass(slots=True)
class _HolderBatch:
    take_over: TakeOver
    scheme: str
    opened: Opened
    on: date
    correct: bool
    by: User
    at: datetime
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[RowFault] = field(default_factory=list)
    shown: list[register.EntryContent] = field(default_factory=list)
    added: list[Organisation] = field(default_factory=list)
    incomplete: set[int] = field(default_factory=set)
    found: index.NewNames = field(default_factory=index.NewNames)

    @property
    def who(self) -> dict[str, Any]:
        return {"by": self.by, "at": self.at}

    def take(self, record: HolderRecord, before: TakenOverHolder | None) -> None:
        faults = record.faults
        try:
            if not faults:
                with transaction.atomic():
                    self.counts[self._taken(record, before)] += 1
                self.faults += record.left_out
                return
        except Refused as refused:
            faults = [
                RowFault(
                    reason.where if reason.where.endswith(".csv") else record.row.file,
                    record.row.number,
                    "",
                    str(reason.text),
                )
                for reason in refused.reasons
            ]
        self.counts["refused"] += 1
        self.faults += faults

    def _taken(self, record: HolderRecord, before: TakenOverHolder | None) -> str:
        if before is None:
            self._add(record)
            return "added"
        digests = record.digests()
        if before.digests == digests:
            return "unchanged"
        refuse_for(rules.correct_blockers(before.digests, digests, correct=self.correct))
        organisations.update(before.organisation, changes=_particulars(record, self.on), **self.who)
        self._correct_people(before.organisation, record.people)
        listings.republish(before.organisation, **self.who)
        before.digests = digests
        before.save(update_fields=["digests"])
        return "changed"

    def _add(self, record: HolderRecord) -> None:
        language = record.row["language"] or "en-gb"
        found = index.NewNames()
        organisation = organisations.open_file_of_nobody(
            legal_name=record.row["legal_name"],
            language=language,
            particulars=_particulars(record, self.on),
            make_findable=found.replace,
            **self.who,
        )
        self._name(organisation, record.people, make_findable=found.replace)
        shown = self._license(organisation, record) if record.licences else []
        for row in record.documents:
            self._keep(organisation, row)
        TakenOverHolder.objects.create(
            authority=self.take_over.authority,
            key=record.key,
            organisation=organisation,
            first_under=self.take_over,
            digests=record.digests(),
        )
        told: dict[str, Any] = {
            "authority": self.take_over.authority,
            "on": self.on,
            "take_over": self.take_over.reference,
        }
        trail.record(organisation, "take_over", **self.who, **told)
        # Only now can nothing refuse it any more.
        self.added.append(organisation)
        self.incomplete |= {organisation.pk} if record.left_out else set()
        self.shown += shown
        self.found.of.update(found.of)

    def _name(
        self,
        organisation: Organisation,
        people: Sequence[TableRow],
        make_findable: organisations.MakeFindable = index.replace,
    ) -> None:
        for row in people:
            said = {name: row[name] for name in OF_PERSON} if row["full_name"] else {}
            what = {"kind": row["role"], "title": row["title"], "since": row["since"]}
            role = organisations.name(organisation, particulars=said, make_findable=make_findable, **what, **self.who)
            if row["until"]:
                organisations.stand_down(role, until=row["until"], **self.who)

    def _correct_people(self, organisation: Organisation, people: Sequence[TableRow]) -> None:
        """Name who is new in the files, and end today the roles of those who came from them and are there no more."""
        self._name(organisation, [row for row in people if not queries.has_ended(organisation, row)])
        for role in queries.roles_not_among(people, organisation, named_by=self.by):
            organisations.stand_down(role, until=timezone.localdate(self.at), **self.who)

    def _keep(self, organisation: Organisation, row: TableRow) -> None:
        upload = titled(self.opened(row["file"]), row["title"])
        documents.receive_taken_over(organisation, upload=upload, about=organisation.reference, **self.who)

    def _license(self, organisation: Organisation, record: HolderRecord) -> list[register.EntryContent]:
        listing = register.listing_of(organisation, self.scheme)
        licences = {one.number: self._licence(organisation, listing, one) for one in record.licences}
        past = [*_past(record, licences, schemes.in_force(self.scheme, self.on).public)]
        return register.take_over(listing, past, authority=self.take_over.authority, on=self.on, at=self.at)

    def _licence(self, organisation: Organisation, listing: Listing, history: LicenceHistory) -> Licence:
        row, number = history.row, history.number
        ours = standings.is_ours(number)
        said = ("standard", "requirement", "imposed_on", "due_on", "status", "closed_on")
        return licences.take_over(
            organisation,
            listing=listing,
            scheme=schemes.known_on(self.scheme, row["valid_from"]),
            number=number if ours else "",
            former_number="" if ours else number,
            fields=standings.licence_fields(history),
            conditions=[{name: one[name] for name in said} for one in history.conditions],
            granted_at=midnight(row["granted_on"]),
            authority=self.take_over.authority,
            on=self.on,
            **self.who,
        )

    def publish(self) -> None:
        """All entries of the batch at once, those of each listing in the order of time; then all can be found by name."""
        register.publish_many(self.shown)
        called: dict[int, set[str]] = defaultdict(set)
        for one in self.shown:
            called[one.listing.pk].add(one.content["name"])
            if one.shown_until is None:
                entry: Any = SimpleNamespace(**one.content)
                then = [named for name in called[one.listing.pk] for named in index.labelled(name)]
                self.found.replace(index.PUBLIC, one.listing.pk, [*index.of_entry(entry), *then])
        self.found.write()


def _particulars(record: HolderRecord, on: date) -> dict[str, Any]:
    row = record.row
    said = {name: list(row[name]) if isinstance(row[name], tuple) else row[name] for name in PARTICULARS}
    former = past_days.former_names(record.names, on, also=row["former_names"])
    return {**said, "former_names": former, "address": past_days.address_of(row)}


def _past(record: HolderRecord, licences: Mapping[str, Licence], public: Public) -> Iterator[register.PastContent]:
    for row, history, first_day, until in record.periods:
        licence, there = licences[history.number], standings.conditions_on(history.conditions, row["first_day"])
        address = past_days.address_on(record.addresses, first_day) if public.address else None
        yield register.PastContent(
            {
                **standings.past_fields(row),
                **({} if address is None else {"address": address}),
                "name": past_days.name_on(record.names, first_day, now=record.row["legal_name"]),
                "former_names": past_days.former_names(record.names, first_day, also=record.row["former_names"]),
                "number": standings.kept_number(row["number_then"]) or history.number,
                "sectors": licence.sectors,
                "supplies_to": licence.countries_supplied,
                "conditions": [_condition(one) for one in there] if public.conditions else [],
                "condition_count": len(there),
            },
            midnight(first_day),
            midnight(until) if until else None,
        )


def _condition(row: TableRow) -> Mapping[str, str]:
    return {"standard": row["standard"], "requirement": row["requirement"], "due_on": row["due_on"].isoformat()}
