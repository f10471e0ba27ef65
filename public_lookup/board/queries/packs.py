"""What an auditor is given: who supplied on the days of a period, with which standing, which gaps and which proofs."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from io import StringIO

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from public_lookup.board.models.boards import SupplierBoard, SupplierLine
from public_lookup.board.models.sharing import SupplierProof
from public_lookup.board.queries.boards import LineShown, facts_of
from public_lookup.board.queries.facts import board_facts
from public_lookup.board.queries.standings import shown
from public_lookup.board.rules.rows import BoardColumn
from public_lookup.lookup.queries.advice import authority_names
from registry.register.models import Entry
from registry.web import spreadsheet_cell

#: Lines that the PDF prints in full; the file of all lines has every one.
MOST_PRINTED = 400


@dataclass(frozen=True, slots=True)
class PackLine:
    """A line of the pack: its site, the provider that it supplies through, and its proofs in the period."""

    line: SupplierLine
    shown: LineShown
    through: str
    proofs: list[SupplierProof]

    @property
    def stretches(self) -> list[tuple[date, date]]:
        return self.shown.stretches


@dataclass(frozen=True)
class AuditPack:
    board: SupplierBoard
    starts: date
    until: date
    lines: list[PackLine]
    proofs: list[SupplierProof]
    sites_without: list[str]
    head: tuple[int, str]
    authority: str

    @property
    def printed(self) -> list[PackLine]:
        """What is wrong first, then the others, as many as are printed."""
        return sorted(self.lines, key=lambda one: not (one.stretches or one.shown.gaps))[:MOST_PRINTED]

    @property
    def unlicensed(self) -> list[PackLine]:
        return [one for one in self.lines if one.stretches]

    @property
    def not_found(self) -> list[PackLine]:
        return [one for one in self.lines if one.line.listing_id is None]

    @property
    def left_out(self) -> int:
        return len(self.lines) - len(self.printed)

    @cached_property
    def csv(self) -> str:
        """Every line, as the sealed record knows it by its hash."""
        text = StringIO()
        csv.writer(text).writerows(
            [headings(), *(cells(one.shown, one.line.site.name, one.through, _named(one.proofs)) for one in self.lines)]
        )
        return text.getvalue()


def audit_pack(board: SupplierBoard, *, starts: date, until: date, at: datetime) -> AuditPack:
    """Of every line that supplied on any day of the period."""
    rows = SupplierLine.objects.of_board(board).filter(starts__lte=until).filter(Q(until=None) | Q(until__gte=starts))
    lines = list(rows.select_related("site", "supplier_of").order_by("site__name", "name", "pk"))
    kept = SupplierProof.objects.filter(board=board, receipt__taken_at__date__range=(starts, until))
    proofs = list(kept.select_related("receipt").order_by("receipt__taken_at", "pk"))
    by_listing: dict[int, list[SupplierProof]] = {}
    for proof in proofs:
        by_listing.setdefault(proof.receipt.listing_id, []).append(proof)
    now = shown({line.listing_id for line in lines if line.listing_id}, at)
    facts = board_facts(board, at=at, now=at)
    newest = Entry.objects.order_by("-entry_number").values_list("entry_number", "hash").first()
    return AuditPack(
        board,
        starts,
        until,
        [
            PackLine(
                line,
                LineShown(facts_of(line, now), now.get(line.listing_id or 0)),
                str(line.supplier_of) if line.supplier_of else "",
                by_listing.get(line.listing_id or 0, []),
            )
            for line in lines
        ],
        proofs,
        [site.site.name for site in facts.sites if site.is_gap],
        newest or (0, ""),
        next(iter(authority_names(timezone.localdate(at))), ""),
    )


def headings() -> list[str]:
    """The columns of the spreadsheet that comes in, and what the register says beside them."""
    return [
        *(str(column.label) for column in BoardColumn),
        gettext("Name on the register"),
        gettext("Number on the register"),
        gettext("What the register says"),
        gettext("Last day with the licence"),
        gettext("Days supplied without a licence"),
        gettext("Gaps"),
        gettext("Proofs"),
    ]


def _named(proofs: list[SupplierProof]) -> str:
    days = ((one.receipt.number, timezone.localdate(one.receipt.taken_at).isoformat()) for one in proofs)
    return "; ".join(f"{number} ({day})" for number, day in days)


def cells(shown: LineShown, site: str, through: str, proofs: str) -> list[str]:
    """A line in the order of the headings, safe to open in a spreadsheet."""
    facts = shown.facts
    days = [f"{first.isoformat()}–{last.isoformat()}" for first, last in shown.stretches]
    values = [
        site,
        facts.name,
        facts.number,
        "" if facts.workers is None else str(facts.workers),
        facts.starts.isoformat(),
        facts.until.isoformat() if facts.until else "",
        through,
        shown.shown.entry.name if shown.shown else "",
        shown.shown.entry.number if shown.shown else "",
        shown.word,
        facts.last_day.isoformat() if facts.last_day else "",
        "; ".join(days),
        "; ".join(shown.gaps),
        proofs,
    ]
    return [spreadsheet_cell(value) for value in values]


def file_rows(board: SupplierBoard, *, at: datetime, now: datetime) -> Iterator[list[str]]:
    """The board as a file: the lines of that day, sub-suppliers below their providers."""
    facts = board_facts(board, at=at, now=now)
    listings = {one.listing for site in facts.sites for p in site.providers for one in (p.line, *p.subs) if one.listing}
    said_now = shown(listings, at)
    for site in facts.sites:
        for provider in site.providers:
            name = provider.line.name or provider.line.number
            for one in (provider.line, *provider.subs):
                through = name if one.supplier_of else ""
                kept = timezone.localdate(one.proved_at).isoformat() if one.proved_at else ""
                yield cells(LineShown(one, said_now.get(one.listing or 0)), site.site.name, through, kept)
