"""The shape of what somebody types who proposes a decision, supplements one or takes it. Whether it may be is for the rules."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from licensing.forms.officer import a_day, long_text
from licensing.models import Decision
from licensing.queries import Offered, Seen, ShownGround
from licensing.rules.decisions import GivenCondition
from licensing.rules.grounds import GivenConclusion, GivenGround, GivenReply
from licensing.states import UNHEARD, DecisionKind
from registry.schemes import said

MOST_ROWS = 40


@dataclass(frozen=True, slots=True)
class RowOfFields:
    """One row of a list inside a form: what it is called, and its inputs."""

    title: str | Promise
    fields: tuple[forms.BoundField, ...]


Fields = dict[str, Callable[[], forms.Field]]


class Rows(forms.Form):
    """A form with a list inside it; empty rows are passed over, and more can be asked for."""

    use_required_attribute = False
    of = ""
    row_title: str | Promise = ""
    incomplete: Mapping[str, Any] = {}
    # How many rows must be filled in.
    at_least = 0

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        offered: Offered,
        given: Sequence[Mapping[str, Any]] = (),
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.offered = offered
        self.count = self._count(len(given))
        for number in range(self.count):
            for name, make in self._row().items():
                key = self._key(number, name)
                self.fields[key] = make()
                if number < len(given):
                    self.fields[key].initial = given[number].get(name)
            if number < self.at_least:
                for name in self.missing(dict.fromkeys(self._row())):
                    self.fields[self._key(number, name)].is_needed = True  # type: ignore[attr-defined]

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
                label=_("On what evidence besides"),
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


class Proposal(Rows):
    """What is common to all proposals."""

    because = long_text(
        label=_("Reasons"),
        required=_("Give the reasons for the decision."),
        help_text=_("The subject reads this word for word."),
    )
    departs_because = long_text(
        label=_("Why do you depart from what the score proposes?"),
        help_text=_("Needed only if this is not what the score proposes."),
        rows=3,
    )
    aggravating = forms.MultipleChoiceField(
        label=_("What makes it worse"), widget=forms.CheckboxSelectMultiple, required=False
    )
    mitigating = forms.MultipleChoiceField(
        label=_("What makes it less bad"), widget=forms.CheckboxSelectMultiple, required=False
    )
    weighed = long_text(
        label=_("What these rest on, and how they weigh"),
        help_text=_("Needed if you tick any. The subject reads this word for word."),
        rows=3,
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, offered: Offered, seen: Seen | None = None, **options: Any
    ) -> None:
        self.seen, self.offered = seen, offered
        super().__init__(data, offered=offered, given=options.pop("given", None) or self._given(), **options)
        if seen is None:
            del self.fields["departs_because"]
        for kind in ("aggravating", "mitigating"):
            self.fields[kind].choices = [  # type: ignore[attr-defined]
                (one.code, said(one.title, get_language())) for one in offered.factors if one.kind == kind
            ]
        if not offered.factors:
            for name in ("aggravating", "mitigating", "weighed"):
                del self.fields[name]

    def proposed(self) -> dict[str, Any]:
        """What is proposed, as the action takes it."""
        plain = self.plain_data()
        factors = [*plain.pop("aggravating", ()), *plain.pop("mitigating", ())]
        return plain | {"factors": factors, "inspections": self.seen.inspections if self.seen else ()}

    def _given(self) -> list[dict[str, Any]]:
        return []


WEIGHED = ("because", "departs_because", "aggravating", "mitigating", "weighed")


class Grant(Proposal):
    of = "condition"
    row_title = _("Condition")
    incomplete = {
        "standard": _("Choose the standard that the condition is about."),
        "requirement": _("Write what must be put right."),
        "due_on": _("Enter the day by which the condition must be met."),
    }
    field_order = ("starts", *WEIGHED)
    starts = a_day(
        _("First day of the licence"),
        _("The first day of the licence"),
        help_text=_("Whoever decides can choose a later day. For example, 27 3 2026"),
    )

    def proposed(self) -> dict[str, Any]:
        return {
            **super().proposed(),
            "kind": "grant",
            "conditions": [
                GivenCondition(row["standard"], row["requirement"], row["due_on"]) for row in self.given_rows()
            ],
        }

    def _row(self) -> Fields:
        return {
            "standard": self._standard,
            "requirement": lambda: long_text(label=_("What must be put right"), rows=3),
            "due_on": lambda: a_day(_("By when"), _("The day by which it must be met"), required=False),
        }

    def _standard(self) -> forms.Field:
        return forms.ChoiceField(
            label=_("Standard"),
            choices=[("", _("Choose a standard")), *self.offered.standards],
            required=False,
            error_messages={"invalid_choice": _("Choose a standard.")},
        )


class Adverse(Proposal, GroundRows):
    """A refusal, or the loss of a licence: each ground with its evidence."""

    def proposed(self) -> dict[str, Any]:
        return {**super().proposed(), "grounds": self.grounds()}

    def _given(self) -> list[dict[str, Any]]:
        """What the inspections found not to be met, ready to be put into words."""
        return [
            {"standard": one.standard, "text": one.title, "exhibits": [f"finding:{one.inspection}:{one.standard}"]}
            for one in (self.seen.unmet if self.seen else ())
        ]


class Refuse(Adverse):
    def proposed(self) -> dict[str, Any]:
        return {**super().proposed(), "kind": "refuse"}


def _immediate() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("With immediate effect"),
        help_text=_("Only where workers would come to harm meanwhile: the subject has no time to reply first."),
        required=False,
    )


class Suspend(Adverse):
    field_order = ("immediate", "takes_effect", "until", *WEIGHED)
    immediate = _immediate()
    takes_effect = a_day(_("First day of the suspension"), _("The first day of the suspension"))
    until = a_day(_("Last day of the suspension"), _("The last day of the suspension"))

    def proposed(self) -> dict[str, Any]:
        return {**super().proposed(), "kind": "suspend"}


class Revoke(Adverse):
    field_order = ("immediate", "takes_effect", *WEIGHED)
    immediate = _immediate()
    takes_effect = a_day(_("First day without the licence"), _("The first day without the licence"))

    def proposed(self) -> dict[str, Any]:
        return {**super().proposed(), "kind": "revoke"}


PROPOSALS: dict[str, type[Proposal]] = {"grant": Grant, "refuse": Refuse, "suspend": Suspend, "revoke": Revoke}


# --- deciding


@dataclass(frozen=True, slots=True)
class Concluding:
    """One ground with its chain, and where it is said whether it holds."""

    shown: ShownGround
    upheld: forms.BoundField
    because: forms.BoundField


UPHELD = {"yes": True, "no": False}


def _begun(decision: Decision) -> str:
    """Why a holder gives its licence up are its own words, not ours: we say that it has asked, in its language."""
    if decision.kind == DecisionKind.SURRENDER:
        with override(decision.organisation.language):
            return gettext("You have asked us to end the licence from this day.")
    return decision.because if decision.kind in UNHEARD else ""


class Decide(forms.Form):
    """The day is offered and can be changed; a refusal has none. Of each ground it is said whether it holds, and why."""

    use_required_attribute = False

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        decision: Decision,
        grounds: Sequence[ShownGround],
        from_day: date | None = None,
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.shown = grounds
        if decision.kind in FIRST_DAYS:
            label, name = FIRST_DAYS[decision.kind]
            self.fields["from_day"] = a_day(label, name, initial=from_day)
        for one in grounds:
            self._add(one.ground.number)
        self.fields["because"] = long_text(
            label=_("Your reasons for the decision"),
            required=_("Give your reasons for the decision."),
            help_text=_("The subject reads this word for word, as the reasons for the decision."),
            # Nobody disputes what takes nothing away; whoever takes something away finds words of their own.
            initial=_begun(decision),
        )

    def _add(self, number: int) -> None:
        self.fields[f"upheld_{number}"] = forms.ChoiceField(
            label=format_lazy(_("Do you uphold ground {number}?"), number=number),
            choices=[("yes", _("Yes, it holds")), ("no", _("No, it does not hold"))],
            widget=forms.RadioSelect,
            error_messages={
                "required": format_lazy(_("Say whether you uphold ground {number}."), number=number),
                "invalid_choice": format_lazy(_("Say whether you uphold ground {number}."), number=number),
            },
        )
        self.fields[f"concluded_{number}"] = long_text(
            label=format_lazy(_("Why you conclude so of ground {number}"), number=number),
            required=format_lazy(_("Say why you uphold ground {number}, or do not."), number=number),
            help_text=_("Answer what the subject said to it. The subject reads this word for word."),
            rows=3,
        )

    @property
    def concluding(self) -> Iterator[Concluding]:
        for one in self.shown:
            number = one.ground.number
            yield Concluding(one, self[f"upheld_{number}"], self[f"concluded_{number}"])

    @property
    def plain(self) -> Iterator[forms.BoundField]:
        return (self[name] for name in ("from_day", "because") if name in self.fields)

    def decided(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        given = self.cleaned_data
        return {
            "because": given["because"],
            "from_day": given.get("from_day"),
            "conclusions": [
                GivenConclusion(
                    number=one.ground.number,
                    upheld=UPHELD[given[f"upheld_{one.ground.number}"]],
                    because=given[f"concluded_{one.ground.number}"],
                )
                for one in self.shown
            ],
        }


FIRST_DAYS: dict[str, tuple[str | Promise, str | Promise]] = {
    "grant": (_("First day of the licence"), _("The first day of the licence")),
    "suspend": (_("First day of the suspension"), _("The first day of the suspension")),
    "revoke": (_("First day without the licence"), _("The first day without the licence")),
    "surrender": (_("First day without the licence"), _("The first day without the licence")),
    "lift": (_("First day with the licence again"), _("The first day with the licence again")),
    "allow_transfer": (_("First day of the licence of the other business"), _("The first day of its licence")),
}


# --- the subject's reply


@dataclass(frozen=True, slots=True)
class Answering:
    """One ground with its chain, and where the subject answers it."""

    shown: ShownGround
    answer: forms.BoundField


class Reply(forms.Form):
    """What the subject says to each ground that it was notified of, and to the whole."""

    all_optional = True  # the labels say it themselves
    use_required_attribute = False

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, grounds: Sequence[ShownGround] = (), **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.shown = grounds
        for one in grounds:
            number = one.ground.number
            label = format_lazy(_("What you say to ground {number} (optional)"), number=number)
            self.fields[f"to_{number}"] = long_text(label=label, rows=4)
        self.fields["text"] = long_text(
            label=_("What you say to the whole (optional)") if grounds else _("Your reply"),
            help_text=_("Say what is wrong or missing in the notice, and what you have done since."),
            rows=8,
        )
        self.fields["is_whole"] = forms.BooleanField(
            label=_("This is all that we wish to say"),
            help_text=_("Then we need not wait for the last day to reply, and may decide sooner."),
            required=False,
        )

    @property
    def answering(self) -> Iterator[Answering]:
        return (Answering(one, self[f"to_{one.ground.number}"]) for one in self.shown)

    @property
    def plain(self) -> Iterator[forms.BoundField]:
        return (self[name] for name in ("text", "is_whole"))

    def said(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        answers = {one.ground.number: self.cleaned_data[f"to_{one.ground.number}"] for one in self.shown}
        return {
            "text": self.cleaned_data["text"],
            "is_whole": self.cleaned_data["is_whole"],
            "to_grounds": [GivenReply(number, text) for number, text in answers.items() if text.strip()],
        }
