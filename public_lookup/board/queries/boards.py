"""Boards as people look at them: whose they are, one page of one, one supplier."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from public_lookup.board.models.boards import SupplierBoard, SupplierLine
from public_lookup.board.models.sharing import SupplierInvitation, SupplierProof
from public_lookup.board.queries.facts import BoardFacts, ProviderFacts, SiteFacts, board_facts
from public_lookup.board.queries.standings import ShownSupplier, shown, standings
from public_lookup.board.rules.changes import changed_on
from public_lookup.board.rules.lines import LineFacts
from public_lookup.board.states import Gap, SupplierTask
from public_lookup.lookup.queries.instants import end_of
from registry import permissions
from registry.accounts.models import User
from registry.filtersets import SIZE, ListPage
from registry.register.states import Outcome
from registry.templatetags.registry_parts import day

#: The last look, where none was marked.
WEEK = timedelta(days=7)
#: The page on which each task is done.
PAGES = {
    SupplierTask.STOP: "stop_supplier",
    SupplierTask.REPLACE: "replace_supplier",
    SupplierTask.CHOOSE: "near_names",
    SupplierTask.IDENTIFY: "ask_supplier",
    SupplierTask.CORRECT: "change_supplier",
    SupplierTask.ASK_AGAIN: "ask_supplier",
    SupplierTask.LOOK_AT_DAYS: "supplier",
    SupplierTask.PROVE: "prove_supplier",
}


@dataclass(frozen=True, slots=True)
class SupplierTodo:
    """Something to do, and where: the name of a page, and the line that it is about (for a sub-supplier, its provider's)."""

    text: str
    page: str
    line: int
    about: str = ""

    @property
    def of_line(self) -> bool:
        return self.page != PAGES[SupplierTask.CHOOSE]


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line as people read it."""

    facts: LineFacts
    shown: ShownSupplier | None

    @property
    def name(self) -> str:
        return self.shown.entry.name if self.shown else self.facts.name or self.facts.number

    @property
    def number(self) -> str:
        return self.shown.entry.number if self.shown else self.facts.number

    @property
    def outcome(self) -> Outcome:
        return self.facts.outcome

    @property
    def word(self) -> str:
        return self.shown.word if self.shown else str(self.facts.outcome.label)

    @property
    def when(self) -> str:
        return self.shown.when if self.shown else ""

    @property
    def gaps(self) -> list[str]:
        return [str(gap.label) for gap in self.facts.gaps()]

    @property
    def stretches(self) -> list[tuple[date, date]]:
        return [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in self.facts.unlicensed]

    @property
    def is_unanswered(self) -> bool:
        return Gap.NOT_ANSWERED in self.facts.gaps()


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """A provider on the page of a board. `change`: what is new since the last look, empty for nothing."""

    provider: LineShown
    subs: list[LineShown]
    change: str
    is_used: bool
    proof_is_old: bool
    todo: list[SupplierTodo]


@dataclass(frozen=True, slots=True)
class SiteRows:
    """A site, and those of its providers that stand on this page."""

    site: SiteFacts
    rows: list[ProviderRow]


@dataclass(frozen=True, slots=True)
class BoardPage:
    facts: BoardFacts
    sites: list[SiteRows]
    page: ListPage[Any]
    since: datetime


def boards_of(user: User) -> "QuerySet[SupplierBoard]":
    """Those of organisations first, by name."""
    found = SupplierBoard.objects.visible_to(user).select_related("organisation", "owner")
    return found.order_by("organisation__legal_name", "pk")


def may_begin(user: User, *, on: date) -> dict[str, str]:
    """What this user can begin a board for: the references and names of organisations; for those who act for none, themselves."""
    own = [acting.organisation for acting in permissions.acting(user, on=on) if not acting.is_agent]
    begun = set(SupplierBoard.objects.visible_to(user).values_list("organisation", flat=True))
    if not own:
        return {} if None in begun else {"": str(user)}
    return {one.reference: one.legal_name for one in own if one.pk not in begun}


def board_page(
    board: SupplierBoard, *, site: int | None, needs: bool, on: date | None, page: str, now: datetime
) -> BoardPage:
    """One page of a board: the same for people and programs. `needs`: only what there is something to do about."""
    at = end_of(on, now=now) if on else now
    facts = board_facts(board, at=at, now=now)
    rows = [(one, provider) for one in facts.sites if site in (None, one.site.pk) for provider in _rows(one, needs)]
    pages = _paged(len(rows), page)
    start = ((pages.number or 1) - 1) * SIZE
    since = _since(board, at=at, is_today=facts.is_today)
    return BoardPage(facts, _shown(rows[start : start + SIZE], facts, since), pages, since)


def _rows(site: SiteFacts, needs: bool) -> Iterator[ProviderFacts | None]:
    """None is the row of a site at which a provider is missing."""
    if site.is_gap:
        yield None
    yield from (provider for provider in site.providers if provider.tasks or not needs)


def _paged(count: int, asked: str) -> "ListPage[Any]":
    last = max(1, -(-count // SIZE))
    number = min(max(int(asked), 1), last) if asked.isdecimal() and len(asked) < 9 else 1
    following = str(number + 1) if number < last else ""
    return ListPage([], count, number, str(number - 1) if number > 1 else "", following)


def _since(board: SupplierBoard, *, at: datetime, is_today: bool) -> datetime:
    return board.seen_at if is_today and board.seen_at else at - WEEK


def _shown(
    rows: Sequence[tuple[SiteFacts, ProviderFacts | None]], facts: BoardFacts, since: datetime
) -> list[SiteRows]:
    providers = [provider for _site, provider in rows if provider]
    listings = {one.listing for provider in providers for one in (provider.line, *provider.subs) if one.listing}
    now, before = shown(listings, facts.at), standings(listings, since)
    found: dict[int, SiteRows] = {}
    for site, provider in rows:
        group = found.setdefault(site.site.pk, SiteRows(site, []))
        if provider:
            then = before.get(provider.line.listing or 0)
            was = then.outcome if then else Outcome.NOT_FOUND
            group.rows.append(_row(provider, now, was, facts, since))
    return list(found.values())


def _row(
    provider: ProviderFacts, now: dict[int, ShownSupplier], was: Outcome, facts: BoardFacts, since: datetime
) -> ProviderRow:
    line = LineShown(provider.line, now.get(provider.line.listing or 0))
    changed = line.shown is not None and was != line.outcome and provider.line.starts <= facts.on
    change = ""
    if changed and line.shown:
        on = changed_on(line.shown.entry, since=since, on=facts.on)
        change = gettext("Changed on %(day)s: %(was)s before") % {"day": day(on), "was": was.label}
    return ProviderRow(
        provider=line,
        subs=[LineShown(one, now.get(one.listing or 0)) for one in provider.subs],
        change=change,
        is_used=line.facts.may_not_supply and line.facts.starts <= facts.on,
        proof_is_old=line.facts.has_old_proof(facts.at),
        todo=[todo_of(task, one, now.get(one.listing or 0)) for task, one in provider.tasks],
    )


def todo_of(task: SupplierTask, line: LineFacts, said: ShownSupplier | None) -> SupplierTodo:
    """In words, with the day or the name that it is about."""
    page, text, about = PAGES[task], str(task.label), ""
    name = said.entry.name if said else line.name or line.number
    # Of who has appealed no last day is known.
    is_open = said is not None and said.entry.appealed_from is not None
    if task == SupplierTask.REPLACE and line.last_day and not is_open:
        text = gettext("Find another provider for %(day)s") % {"day": day(line.last_day + timedelta(days=1))}
    if task == SupplierTask.IDENTIFY:
        text, about = gettext("Ask who “%(name)s” is") % {"name": name}, name
    elif line.supplier_of:
        text = f"{name}: {text}"
    is_asked = task in (SupplierTask.IDENTIFY, SupplierTask.ASK_AGAIN)
    return SupplierTodo(text, page, line.supplier_of if is_asked and line.supplier_of else line.pk, about)


@dataclass(frozen=True, slots=True)
class SupplierFile:
    """The page of one line: itself, those below it, its proofs, and what its provider was asked and told the user."""

    line: SupplierLine
    shown: LineShown
    subs: list[LineShown]
    proofs: list[SupplierProof]
    invitations: list[SupplierInvitation]
    todo: list[SupplierTodo]


def supplier_file(line: SupplierLine, *, at: datetime) -> SupplierFile:
    """Also of a line that has ended."""
    facts = board_facts(line.site.board, at=at, now=at)
    providers = [provider for site in facts.sites for provider in site.providers]
    found = {one.pk: (one, provider) for provider in providers for one in (provider.line, *provider.subs)}
    now = shown(list(_listings(line)), at)
    own, provider = found.get(line.pk, (None, None))
    proofs = SupplierProof.objects.filter(board=line.site.board, receipt__listing=line.listing_id)
    return SupplierFile(
        line,
        LineShown(own or facts_of(line, now), now.get(line.listing_id or 0)),
        [LineShown(facts_of(sub, now), now.get(sub.listing_id or 0)) for sub in line.sub_suppliers.order_by("pk")],
        list(proofs.select_related("receipt").order_by("-receipt__taken_at")) if line.listing_id else [],
        list(line.invitations.order_by("-pk")),
        [todo_of(task, one, now.get(one.listing or 0)) for task, one in (provider.tasks if provider else ())],
    )


def _listings(line: SupplierLine) -> Iterator[int]:
    yield from filter(None, [line.listing_id, *line.sub_suppliers.values_list("listing", flat=True)])


def facts_of(line: SupplierLine, now: dict[int, ShownSupplier]) -> LineFacts:
    """Of one row alone, without what its provider was asked."""
    said = now.get(line.listing_id or 0)
    return LineFacts(
        line.pk,
        line.site_id,
        line.supplier_of_id,
        line.name,
        line.number,
        line.workers,
        line.starts,
        line.until,
        line.listing_id,
        bool(line.near),
        line.settled,
        tuple((first, last) for first, last in line.unlicensed),
        line.proved_at,
        said.entry.outcome if said else Outcome.NOT_FOUND,
        said.last_day if said else None,
    )
