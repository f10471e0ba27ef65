"""retention.toml: what is held about people, why, and until when. A pack may have none, and then nothing is erased."""

from calendar import monthrange
from datetime import date
from typing import Literal

from pydantic import Field

from registry.schemes.terms import Sourced
from registry.schemes.texts import Frozen, Text

#: What the product knows how to erase; whatever else it holds is said to be kept for good.
Erased = Literal["drafts", "applications", "licences", "people"]


class RetentionRule(Sourced):
    """One kind of thing that is held. `months` after what `since` says it is erased; without them it is kept for good."""

    code: Erased | Literal["register", "decisions", "letters", "trail", "consultations", "account"]
    title: Text
    held: Text  # what it holds about people
    why: Text  # what for, and by which right
    since: Text  # from when it is counted; of what is kept for good, why it is
    months: int | None = Field(default=None, ge=1, le=600)

    def ends_before(self, day: date) -> date | None:
        """What ended before this day is not to be held any more on `day`; None where it is kept for good."""
        if self.months is None:
            return None
        years, month = divmod(day.year * 12 + day.month - 1 - self.months, 12)
        return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


class Retention(Frozen):
    retained: tuple[RetentionRule, ...] = ()
