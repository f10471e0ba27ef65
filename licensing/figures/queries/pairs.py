"""Who approves whose proposals: pairs of people over twelve months, with their share (docs/decisions/0115)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compliance.enforcement.models.cases import UnlicensedCase
from compliance.inspections.models import Inspection
from licensing.decisions.models.decisions import Decision
from licensing.findings.models import FindingToConsider
from licensing.letters.models import LetterCorrection
from licensing.letters.states import CorrectionStatus
from licensing.phoenix_matches.models import LookAlike
from registry.accounts.models import AccessRequest, User
from registry.accounts.states import AccessStatus
from registry.schemes.models import PackEdition

SPAN = timedelta(days=365)
#: From how many approvals on a pair that no one else takes part in is pointed out.
MANY = 5
HEADINGS = (
    _("What"),
    _("Proposed by"),
    _("Approved by"),
    _("Times"),
    _("Of all approved"),
    _("Share in per cent"),
    _("The other way round"),
    _("Always the same person"),
)


@dataclass(frozen=True, slots=True)
class TwoPersonAct:
    """One kind of act that one person proposes and another approves: where it is written who did and when."""

    title: str | Promise
    rows: "QuerySet[Any]"
    proposer: str
    approver: str
    at: str


@dataclass(frozen=True, slots=True)
class Pair:
    """How often the one approved what the other proposed; `of` is how much of the proposer's anyone approved."""

    title: str | Promise
    proposer: User
    approver: User
    count: int
    of: int
    both_ways: int

    @property
    def share(self) -> int:
        """In per cent of what the proposer got approved."""
        return round(100 * self.count / self.of)

    @property
    def is_always(self) -> bool:
        """No one else approves what this person proposes, and it is often."""
        return self.count == self.of and self.count >= MANY

    def as_row(self) -> list[object]:
        always = _("Always") if self.is_always else "–"
        return [self.title, self.proposer, self.approver, self.count, self.of, self.share, self.both_ways, always]


def acts() -> tuple[TwoPersonAct, ...]:
    """The acts of which a second person has approved what was proposed."""
    sent, given = CorrectionStatus.SENT, AccessStatus.GIVEN
    return (
        TwoPersonAct(_("Decisions"), Decision.objects.all(), "proposed_by", "decided_by", "decided_at"),
        TwoPersonAct(
            _("Corrections of letters"),
            LetterCorrection.objects.filter(status=sent),
            "proposed_by",
            "ended_by",
            "ended_at",
        ),
        TwoPersonAct(
            _("Corrections of schemes"), PackEdition.objects.all(), "proposed_by", "accepted_by", "accepted_at"
        ),
        TwoPersonAct(
            _("No action after an inspection"),
            FindingToConsider.objects.all(),
            "proposed_by",
            "considered_by",
            "considered_at",
        ),
        TwoPersonAct(_("Phoenix matches dismissed"), LookAlike.objects.all(), "dismissal_by", "closed_by", "closed_at"),
        TwoPersonAct(_("Inspection reports"), Inspection.objects.all(), "inspector", "confirmed_by", "confirmed_at"),
        TwoPersonAct(
            _("Supply without a licence"), UnlicensedCase.objects.all(), "proposed_by", "approved_by", "approved_at"
        ),
        TwoPersonAct(_("Access"), AccessRequest.objects.filter(status=given), "asked_by", "ended_by", "ended_at"),
    )


def pairs(*, at: datetime) -> list[Pair]:
    """Every pair of the last twelve months: those that always go together first, then the most frequent."""
    counted = [(act.title, counts) for act in acts() if (counts := _counted(act, since=at - SPAN))]
    people = User.objects.in_bulk({key for _title, counts in counted for pair in counts for key in pair})
    found = [pair for title, counts in counted for pair in _of_one_kind(title, counts, people)]
    return sorted(found, key=lambda pair: (not pair.is_always, -pair.count, str(pair.proposer), str(pair.approver)))


def _counted(act: TwoPersonAct, *, since: datetime) -> dict[tuple[int, int], int]:
    rows = act.rows.filter(
        **{f"{act.at}__gte": since, f"{act.proposer}__isnull": False, f"{act.approver}__isnull": False}
    )
    told = rows.order_by().values_list(act.proposer, act.approver).annotate(Count("pk"))
    return {(proposer, approver): count for proposer, approver, count in told}


def _of_one_kind(title: str | Promise, counts: dict[tuple[int, int], int], people: dict[int, User]) -> Iterator[Pair]:
    of: Counter[int] = Counter()
    for (proposer, _approver), count in counts.items():
        of[proposer] += count
    for (proposer, approver), count in counts.items():
        back = counts.get((approver, proposer), 0)
        yield Pair(title, people[proposer], people[approver], count, of[proposer], back)
