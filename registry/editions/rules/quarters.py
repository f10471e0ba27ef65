"""Quarters by their code, 2026-Q3: their days, those before them, and their names in each language."""

import re
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

#: How many quarters an edition shows, its own last.
TREND = 8
_CODE = re.compile(r"([12][0-9]{3})-Q([1-4])")


def days_of(code: str) -> tuple[date, date] | None:
    """The first and the last day; nothing of what is no code of a quarter."""
    found = _CODE.fullmatch(code)
    if found is None:
        return None
    year, quarter = int(found[1]), int(found[2])
    following = date(year + quarter // 4, quarter % 4 * 3 + 1, 1)
    return date(year, quarter * 3 - 2, 1), following - timedelta(days=1)


def quarter_on(day: date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"


def quarter_number(code: str) -> int:
    """How many quarters there were since the year 0, as counts are kept by."""
    return int(code[:4]) * 4 + int(code[-1]) - 1


def before(code: str, steps: int = 1) -> str:
    """The quarter that is so many before this one; after it where `steps` is negative."""
    year, quarter = int(code[:4]), int(code[-1])
    year, place = divmod(year * 4 + quarter - 1 - steps, 4)
    return f"{year}-Q{place + 1}"


def trend_of(code: str) -> tuple[str, ...]:
    """The quarters that its edition shows, the oldest first."""
    return tuple(before(code, steps) for steps in reversed(range(TREND)))


def in_words(code: str) -> str:
    """July to September 2026, in the language that is active."""
    days = days_of(code)
    if days is None:
        return code
    names = {"first": date_format(days[0], "F"), "last": date_format(days[1], "F Y")}
    return pgettext("months", "%(first)s to %(last)s") % names


def in_a_table(code: str) -> str:
    """Q3 2026, at the head of a row."""
    return _("Q%(quarter)s %(year)s") % {"quarter": code[-1], "year": code[:4]}


def shortly(code: str) -> str:
    """Q3 26, below a line."""
    return _("Q%(quarter)s %(year)s") % {"quarter": code[-1], "year": code[2:4]}
