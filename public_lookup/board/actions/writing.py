"""Writing many lines at once: what a spreadsheet says is compared with what is there, so that a second time doubles nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from public_lookup.board.models.boards import SupplierBoard, SupplierLine, SupplierSite
from public_lookup.board.queries.facts import proved_by_listing, settled_before
from public_lookup.board.queries.standings import licensed_by_listing, unlicensed
from public_lookup.board.rules.lines import board_blockers, line_blockers
from public_lookup.board.rules.rows import GivenLine
from public_lookup.bulk_checks.queries.matching import RowMatch
from registry.errors import Reason

# Rows of one statement.
_AT_ONCE = 200
_WRITTEN = (
    "workers",
    "starts",
    "until",
    "listing",
    "confidence",
    "near",
    "settled",
    "told_by_provider",
    "unlicensed",
    "proved_at",
    "version",
)
#: A site by its name, and the line of which it is a sub-supplier; 0 for a provider.
Place = tuple[str, int]


class BoardWriter:
    """The lines of one board in memory; those that are written are planned first, and saved together."""

    def __init__(self, board: SupplierBoard, *, on: date) -> None:
        self.board, self.on = board, on
        self.settled = settled_before(board)
        self.sites = {site.name.casefold(): site for site in board.sites.all()}
        self.named: dict[tuple[Place, tuple[str, str]], list[SupplierLine]] = defaultdict(list)
        self.listed: dict[tuple[Place, int], list[SupplierLine]] = defaultdict(list)
        self.providers: dict[tuple[str, str], list[SupplierLine]] = defaultdict(list)
        self.count = 0
        for line in SupplierLine.objects.of_board(board).select_related("site", "supplier_of").order_by("pk"):
            self._put(line)
        self.planned: list[SupplierLine] = []

    def _put(self, line: SupplierLine) -> None:
        self.count += 1
        self.named[_place(line), _who(line)].append(line)
        if line.listing_id:
            self.listed[_place(line), line.listing_id].append(line)
        if line.supplier_of is None:
            for said in filter(None, _who(line)):
                self.providers[line.site.name.casefold(), said].append(line)

    def beside(self, line: SupplierLine) -> list[SupplierLine]:
        """The other lines at the same site under the same provider that say the same name, or mean the same listing."""
        found = [*self.named[_place(line), _who(line)], *self.listed.get((_place(line), line.listing_id or 0), ())]
        return [other for other in found if other is not line and (line.pk is None or other.pk != line.pk)]

    def match(self, line: SupplierLine, answer: RowMatch) -> None:
        """Keep the one that the register has by this name or number; what the user has said of the same words before holds."""
        line.confidence, line.near = answer.confidence, []
        line.listing_id = answer.sure.entry.listing_id if answer.sure else None
        if not answer.sure:
            line.near = list(dict.fromkeys(row.entry.listing_id for row in answer.may_be_meant))
            chosen = self.settled.get((line.name.casefold(), line.number.casefold()))
            if chosen:
                line.listing_id, line.settled = chosen

    def plan(self, lines: Sequence[GivenLine], answers: Sequence[RowMatch]) -> list[Reason]:
        """Every reason why these cannot be written; nothing is saved."""
        reasons: list[Reason] = []
        given = list(zip(lines, answers, strict=True))
        times = Counter((one.site.casefold(), one.of.casefold(), one.who) for one in lines)
        # Providers first: what supplies through them needs to find them.
        for one, answer in sorted(given, key=lambda pair: bool(pair[0].of)):
            site = self.sites.setdefault(one.site.casefold(), SupplierSite(board=self.board, name=one.site))
            above = self._provider(site, one.of) if one.of else None
            if one.of and above is None:
                text = _("“%(name)s” is not a provider at this site.") % {"name": one.of}
                reasons.append(Reason("no_provider", text, "of"))
                continue
            is_single = times[one.site.casefold(), one.of.casefold(), one.who] == 1
            line = self._found(one, site, above, is_single=is_single) or self._new(one, site, above)
            line.workers, line.starts, line.until = one.workers, one.starts, one.until
            self.match(line, answer)
            reasons += self._reasons(line, one)
            if line.listing_id:
                self.listed[_place(line), line.listing_id].append(line)
            self.planned.append(line)
        return [*reasons, *board_blockers(lines=self.count, sites=len(self.sites))]

    def save(self) -> int:
        """Write what was planned. Says how many lines are new."""
        for site in self.sites.values():
            if site._state.adding:
                site.save()
        self._close_gaps()
        self._work_out()
        new = [line for line in self.planned if line.pk is None]
        old = [line for line in self.planned if line.pk is not None]
        for lines in ([one for one in new if one.supplier_of is None], [one for one in new if one.supplier_of]):
            for line in lines:
                # Their keys were not known when they were put together.
                line.site, line.supplier_of = line.site, line.supplier_of
            SupplierLine.objects.bulk_create(lines, batch_size=_AT_ONCE)
        for line in old:
            line.version += 1
        SupplierLine.objects.bulk_update(old, _WRITTEN, batch_size=_AT_ONCE)
        return len(new)

    def _reasons(self, line: SupplierLine, given: GivenLine) -> Iterator[Reason]:
        for reason in line_blockers(line, self.beside(line)):
            text = _("Row %(number)s: %(text)s") % {"number": given.row, "text": reason.text}
            yield Reason(reason.code, text, "file") if given.row else reason

    def _found(
        self, given: GivenLine, site: SupplierSite, above: SupplierLine | None, *, is_single: bool
    ) -> SupplierLine | None:
        """The line that says the same: with the same first day, or the only one of its name."""
        there = self.named[_key(site, above), given.who]
        same_day = [line for line in there if line.starts == given.starts]
        if same_day:
            return same_day[0]
        return there[0] if is_single and len(there) == 1 else None

    def _new(self, given: GivenLine, site: SupplierSite, above: SupplierLine | None) -> SupplierLine:
        line = SupplierLine(site=site, supplier_of=above, name=given.name, number=given.number, starts=given.starts)
        self._put(line)
        return line

    def _provider(self, site: SupplierSite, said: str) -> SupplierLine | None:
        """The provider of the site that has this name or number; the last one that began."""
        there = self.providers[site.name.casefold(), said.casefold()]
        return max(there, key=lambda line: line.starts, default=None)

    def _close_gaps(self) -> None:
        """A site at which a provider was named is no gap any more."""
        named = {line.site.pk for line in self.planned if line.until is None or line.until >= self.on}
        self.board.sites.filter(pk__in=named).update(people_unnamed=None, unnamed_from=None)

    def _work_out(self) -> None:
        """On which days each was not licensed, and when a proof was kept of it."""
        listings = {line.listing_id for line in self.planned if line.listing_id}
        licensed, proved = licensed_by_listing(listings), proved_by_listing(self.board)
        for line in self.planned:
            line.unlicensed = unlicensed(line, licensed, self.on)
            line.proved_at = proved.get(line.listing_id or 0)


def _who(line: SupplierLine) -> tuple[str, str]:
    return line.name.casefold(), line.number.casefold()


def _key(site: SupplierSite, above: SupplierLine | None) -> Place:
    """What is not saved yet has no key: the object itself is known by its own."""
    return site.name.casefold(), (above.pk or id(above)) if above is not None else 0


def _place(line: SupplierLine) -> Place:
    return _key(line.site, line.supplier_of)
