"""The shape of what somebody types who proposes a decision, supplements one or takes it. Whether it may be is for the rules."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from licensing.decisions.queries.grounds import ProposalChoices
from licensing.decisions.rules.grounds import GivenGround
from registry.form_fields import long_text

MOST_ROWS = 40


@dataclass(frozen=True, slots=True)
class RowOfFields:
    """One row of a list inside a form: what it is called, and its inputs."""

    title: str | Promise
    fields: tuple[forms.BoundField, ...]


Fields = dict[str, Callable[[], forms.Field]]


class Rows(forms.Form):
    """A form with a list inside it; empty rows are passed over, and more can be asked for."""

    of = ""
    row_title: str | Promise = ""
    incomplete: Mapping[str, Any] = {}
    # How many rows must be filled in.
    at_least = 0

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        offered: ProposalChoices,
        given: Sequence[Mapping[str, Any]] = (),
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.offered = offered
        self.count = self._count(len(given))
        self.needed: set[str] = set()
        for number in range(self.count):
            for name, make in self._row().items():
                key = self._key(number, name)
                self.fields[key] = make()
                if number < len(given):
                    self.fields[key].initial = given[number].get(name)
            if number < self.at_least:
                self.needed |= {self._key(number, name) for name in self.missing(dict.fromkeys(self._row()))}

    @property
    def wants_more(self) -> bool:
        """Another row was asked for: nothing is judged yet, and all that was typed is kept."""
        return self.is_bound and "more" in self.data

    def is_valid(self) -> bool:
        return not self.wants_more and super().is_valid()

    def full_clean(self) -> None:
        if self.wants_more:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    @property
    def plain(self) -> Iterator[forms.BoundField]:
        """The fields that are not in a row."""
        rows = {self._key(number, name) for number in range(self.count) for name in self._row()}
        return (field for field in self if field.name not in rows)

    @property
    def rows(self) -> Iterator[RowOfFields]:
        for number in range(self.count):
            title = format_lazy("{title} {number}", title=self.row_title, number=number + 1)
            yield RowOfFields(title, tuple(self[self._key(number, name)] for name in self._row()))

    def clean(self) -> dict[str, Any]:
        """A row is filled in or left empty; a half of one is nothing. Where one is needed, the first is not left empty."""
        is_empty = not any(self.given_rows())
        for number in range(self.count):
            row = {name: self.cleaned_data.get(self._key(number, name)) for name in self._row()}
            if any(row.values()) or (is_empty and number < self.at_least):
                for key in [self._key(number, name) for name in self.missing(row)]:
                    if key not in self.errors:
                        self.add_error(key, self.incomplete[key.rpartition("-")[2]])
        return self.cleaned_data

    def missing(self, row: Mapping[str, Any]) -> list[str]:
        """What is still to be given of a row in which something was."""
        return [name for name, value in row.items() if not value]

    def given_rows(self) -> Iterator[dict[str, Any]]:
        """The rows in which something was typed, as far as it can be read."""
        for number in range(self.count):
            row = {name: self.cleaned_data.get(self._key(number, name)) for name in self._row()}
            if any(row.values()):
                yield row

    def plain_data(self) -> dict[str, Any]:
        rows = {self._key(number, name) for number in range(self.count) for name in self._row()}
        return {name: value for name, value in self.cleaned_data.items() if name not in rows}

    def _row(self) -> Fields:
        return {}

    def _key(self, number: int, name: str) -> str:
        return f"{self.of}-{number}-{name}"

    def _count(self, given: int) -> int:
        """How many rows: as many as were on the page, and one more if it was asked for."""
        if not self._row():
            return 0
        shown = str(self.data.get("rows", "")) if self.is_bound else ""
        count = int(shown) if shown.isdecimal() and len(shown) <= 2 else max(given, 1)
        return min(count + (1 if self.wants_more else 0), MOST_ROWS)


class GroundRows(Rows):
    """Grounds, each with what it rests on and its evidence."""

    of = "ground"
    row_title = _("Ground")
    at_least = 1
    incomplete = {
        "standard": _("Choose the standard or condition that was not met."),
        "text": _("Write what is wrong."),
        "evidence": _("Tick evidence above, or write on what evidence."),
    }

    def missing(self, row: Mapping[str, Any]) -> list[str]:
        """The evidence is what was ticked, or what is written, or both."""
        return [name for name in ("standard", "text") if not row[name]] + (
            [] if row["evidence"] or row.get("exhibits") else ["evidence"]
        )

    def grounds(self) -> list[GivenGround]:
        return [self._ground(row) for row in self.given_rows()]

    def _ground(self, row: Mapping[str, Any]) -> GivenGround:
        on = row["standard"] or ""
        is_condition = on in self.offered.basis.conditions
        return GivenGround(
            standard="" if is_condition else on,
            condition=on if is_condition else "",
            text=row["text"] or "",
            evidence=row["evidence"] or "",
            exhibits=tuple(row.get("exhibits") or ()),
        )

    def _row(self) -> Fields:
        fields: Fields = {
            "standard": self._rests_on,
            "text": lambda: long_text(label=_("What is wrong"), rows=3),
            "exhibits": self._exhibits,
            "evidence": lambda: long_text(
                label=_("Other evidence"),
                help_text=_("The subject reads this, and what is ticked above, word for word."),
                rows=3,
            ),
        }
        if not self.offered.exhibits:
            del fields["exhibits"]
        return fields

    def _rests_on(self) -> forms.Field:
        conditions = bool(self.offered.conditions)
        return forms.ChoiceField(
            label=_("Standard or condition") if conditions else _("Standard"),
            choices=[("", _("Choose one") if conditions else _("Choose a standard")), *self.offered.rests_on],
            required=False,
            error_messages={"invalid_choice": _("Choose a standard.")},
        )

    def _exhibits(self) -> forms.Field:
        return forms.MultipleChoiceField(
            label=_("Evidence in the file"),
            choices=self.offered.exhibits,
            widget=forms.CheckboxSelectMultiple,
            required=False,
            error_messages={"invalid_choice": _("Tick evidence that is in the file.")},
        )


class Supplement(GroundRows):
    """Further grounds, for a notice of their own."""
