"""A date typed into three inputs: day, month and year."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry import days

DATE_PARTS = ("day", "month", "year")
THE_DATE = _("The date")
MONTH_NAMES = (
    ("january", "ionawr"),
    ("february", "chwefror"),
    ("march", "mawrth"),
    ("april", "ebrill"),
    ("may", "mai"),
    ("june", "mehefin"),
    ("july", "gorffennaf"),
    ("august", "awst"),
    ("september", "medi"),
    ("october", "hydref"),
    ("november", "tachwedd"),
    ("december", "rhagfyr"),
)


def month_number(typed: str) -> int | None:
    """A month as people write it: 7, 07, July, jul, Gorffennaf, gorff. None when it is no month."""
    if typed.isdecimal():
        return int(typed) if len(typed) <= 2 else None
    start = typed.casefold().rstrip(".")
    found = [i for i, names in enumerate(MONTH_NAMES, 1) if any(name.startswith(start) for name in names)]
    return found[0] if len(start) >= 3 and len(found) == 1 else None


class DatePartsInput(forms.MultiWidget):
    """Day, month and year, each typed into an input of its own."""

    template_name = "parts/date_input.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(dict.fromkeys(DATE_PARTS, forms.TextInput), attrs)

    def decompress(self, value: date | None) -> list[str]:
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]


#: Of a date that was left out. Where forms are drawn, the question is named besides.
NO_DATE = _("Enter a date, for example 27 3 2026.")


class DatePartsField(forms.MultiValueField):
    """A date in three inputs. `name` begins its error sentences: "The date it starts" must include a year."""

    widget = DatePartsInput

    def __init__(self, *, name: str | Promise = THE_DATE, **kwargs: Any) -> None:
        self.name = name
        super().__init__(fields=[forms.CharField() for _part in DATE_PARTS], **kwargs)

    def clean(self, value: Any) -> date | None:
        typed = dict(zip(DATE_PARTS, (str(part or "").strip() for part in value or ("", "", "")), strict=True))
        if not any(typed.values()):
            if self.required:
                raise self._wrong(str(NO_DATE), DATE_PARTS, code="required")
            return None
        if missing := [part for part in DATE_PARTS if not typed[part]]:
            raise self._wrong(self._missing(missing), missing, code="incomplete")
        found = self._real(typed)
        self.run_validators(found)
        return found

    def compress(self, data_list: Any) -> Any:
        return data_list

    def _missing(self, parts: list[str]) -> str:
        words = {"day": gettext("a day"), "month": gettext("a month"), "year": gettext("a year")}
        named = gettext(" and ").join(words[part] for part in parts)
        message = gettext("%(name)s must include %(parts)s.") % {"name": self.name, "parts": named}
        return f"{message} {NO_DATE}"

    def _real(self, typed: dict[str, str]) -> date:
        day, month, year = typed["day"], month_number(typed["month"]), typed["year"]
        plain = {
            "day": day.isdecimal() and len(day) <= 2 and 1 <= int(day) <= 31,
            "month": month is not None and 1 <= month <= 12,
        }
        wrong = [part for part, right in plain.items() if not right]
        if not (year.isdecimal() and len(year) == 4 and int(year) >= 1):
            message = gettext("%(name)s must have a year of 4 numbers, for example 2026.") % {"name": self.name}
            raise self._wrong(message, [*wrong, "year"])
        impossible = gettext("%(name)s must be a real date.") % {"name": self.name}
        message = f"{impossible} {NO_DATE}"
        if wrong or month is None:
            raise self._wrong(message, wrong)
        today = timezone.localdate()
        try:
            found = date(int(year), month, int(day))
        except ValueError as error:  # 30 February: no one can say which part is the wrong one
            raise self._wrong(message, DATE_PARTS) from error
        if not days.is_possible(found, today=today):
            message = gettext("%(name)s must have a year from %(first)s to %(last)s.")
            years = {"name": self.name, "first": days.FIRST_YEAR, "last": today.year + days.YEARS_AHEAD}
            raise self._wrong(message % years, ("year",))
        return found

    def _wrong(self, message: str, parts: Iterable[str], code: str = "invalid") -> forms.ValidationError:
        return forms.ValidationError(message.replace("%", "%%"), code=code, params={"parts": tuple(parts)})
