"""retention.toml: what is held about people, why, and until when. A pack may have none, and then nothing is erased."""

from calendar import monthrange
from datetime import date
from typing import Literal, get_args

from pydantic import Field

from registry.schemes.terms import Sourced
from registry.schemes.texts import Frozen, Text

#: What the product knows how to erase; whatever else it holds is said to be kept for good.
Erased = Literal[
    "drafts",
    "applications",
    "licences",
    "people",
    "mailboxes",
    "reports",
    "intelligence",
    "sources",
    "hand_overs",
    "joint_cases",
    "referrals",
    "interviews",
    "exhibits",
    "exports",
    "reminders",
    "consultations",
    "complaints",
    "material_orders",
    "supplier_lines",
]
#: What it holds for good, or for as long as the person wants it.
Kept = Literal["register", "decisions", "letters", "inspections", "money", "lookups", "work", "trail", "account"]
#: UK GDPR article 6(1), by its letters: (e) a public task, (c) a legal obligation, (d) vital interests, (a) consent.
LawfulBasis = Literal["public_task", "legal_obligation", "vital_interests", "consent"]
#: More months than any rule has.
FOR_GOOD = 1_000
#: Each kind that may not be kept longer than the other, which it is a part of.
NOT_LONGER = (("mailboxes", "reports"),)


class RetentionRule(Sourced):
    """One kind of thing that is held. `months` after what `since` says it is erased; without them it is kept for good."""

    code: Erased | Kept
    title: Text
    held: Text  # what it holds about people
    why: Text  # what for, and by which right
    basis: LawfulBasis
    since: Text  # from when it is counted; of what is kept for good, why it is
    months: int | None = Field(default=None, ge=1, le=600)
    listed_days: int | None = Field(
        default=None, ge=1, le=366
    )  # then it is erased only if two people agree, after so many days

    @property
    def is_erased(self) -> bool:
        """Whether the product knows how to erase it."""
        return self.code in get_args(Erased)

    @property
    def term(self) -> int:
        """Months, to compare with another rule: what is kept for good is kept longest."""
        return self.months or FOR_GOOD

    def ends_before(self, day: date) -> date | None:
        """What ended before this day is not to be held any more on `day`; None where it is kept for good."""
        if self.months is None:
            return None
        years, month = divmod(day.year * 12 + day.month - 1 - self.months, 12)
        return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


class Retention(Frozen):
    retained: tuple[RetentionRule, ...] = ()
