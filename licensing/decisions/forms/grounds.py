"""The shape of what somebody types who proposes a decision, supplements one or takes it. Whether it may be is for the rules."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from licensing.applications.forms.rows import Fields, Rows
from licensing.decisions.queries.grounds import ProposalChoices
from licensing.decisions.rules.grounds import GivenGround
from registry.form_fields import long_text


class OfferedRows(Rows):
    """Rows whose fields are chosen from what the case offers."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, offered: ProposalChoices, **options: Any) -> None:
        self.offered = offered
        super().__init__(data, **options)


class GroundRows(OfferedRows):
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
