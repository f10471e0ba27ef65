"""The shape of what somebody types who proposes a decision, supplements one or takes it. Whether it may be is for the rules."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from licensing.decisions.models.decisions import Decision
from licensing.decisions.queries.grounds import ShownGround
from licensing.decisions.queries.public_reasons import ComposedReason
from licensing.decisions.rules.grounds import GivenConclusion, GivenReply
from licensing.decisions.states.kinds import DecisionKind
from registry.form_fields import a_day, long_text, radios
from registry.reasons import TOO_SHORT

# --- deciding


@dataclass(frozen=True, slots=True)
class Concluding:
    """One ground with its chain, and where it is said whether it holds."""

    shown: ShownGround
    upheld: forms.BoundField
    because: forms.BoundField


UPHELD = {"yes": True, "no": False}


def _begun(decision: Decision) -> str:
    """Own reasons start empty, so that two people judge. Only of what its holder asked for, we say so, in its language."""
    if decision.kind == DecisionKind.SURRENDER:
        with override(decision.organisation.language):
            return gettext("You have asked us to end the licence from this day.")
    return ""


REASON_HELP = _(
    "Everyone reads this on the register. You can shorten it. Name no person, and nothing that says who told us."
)
REASON_HELP_LATER = _(
    "Everyone reads this on the register once the time to appeal is over. You can shorten it. Name no person, and nothing "
    "that says who told us."
)


class Decide(forms.Form):
    """The day is offered and can be changed; a refusal has none. Of each ground it is said whether it holds, and why."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        decision: Decision,
        grounds: Sequence[ShownGround],
        from_day: date | None = None,
        open_matters: Sequence[str] = (),
        reasons: Sequence[ComposedReason] = (),
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.shown = grounds
        if decision.row.first_day:
            label, name = decision.row.first_day
            self.fields["from_day"] = a_day(label, name, initial=from_day)
        for one in grounds:
            self._add(one.ground.number)
        self.fields["because"] = long_text(
            label=_("Your reasons for the decision"),
            required=_("Give your reasons for the decision."),
            help_text=_("The subject reads this word for word, as the reasons for the decision."),
            initial=_begun(decision),
        )
        self.composed = reasons
        for reason in reasons:
            self.fields[reason.field] = long_text(
                label=format_lazy(_("Published reason under standard {standard}"), standard=reason.standard),
                help_text=REASON_HELP_LATER if reason.is_after_appeal else REASON_HELP,
                initial=reason.sentence["en"],
                rows=2,
            )
        if open_matters:
            self.fields["despite"] = long_text(
                label=_("Why you decide although something is open"),
                help_text=_("What is open is said above. The subject does not read this."),
                rows=3,
            )

    def _add(self, number: int) -> None:
        self.fields[f"upheld_{number}"] = radios(
            format_lazy(_("Do you uphold ground {number}?"), number=number),
            [("yes", _("Yes, I uphold it")), ("no", _("No, I do not uphold it"))],
            required=format_lazy(_("Say whether you uphold ground {number}."), number=number),
        )
        self.fields[f"concluded_{number}"] = long_text(
            label=format_lazy(_("Reasons for your conclusion on ground {number}"), number=number),
            required=format_lazy(_("Say why you uphold ground {number}, or do not."), number=number),
            help_text=_("Say what you make of a reply to this ground. The subject reads this word for word."),
            rows=3,
        )

    @property
    def concluding(self) -> Iterator[Concluding]:
        for one in self.shown:
            number = one.ground.number
            yield Concluding(one, self[f"upheld_{number}"], self[f"concluded_{number}"])

    @property
    def plain(self) -> Iterator[forms.BoundField]:
        names = ("from_day", "because", *(reason.field for reason in self.composed), "despite")
        return (self[name] for name in names if name in self.fields)

    def decided(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        given = self.cleaned_data
        return {
            "because": given["because"],
            "from_day": given.get("from_day"),
            "despite": given.get("despite") or "",
            "reasons": {one.standard: given[one.field] for one in self.composed},
            "conclusions": [
                GivenConclusion(
                    number=one.ground.number,
                    upheld=UPHELD[given[f"upheld_{one.ground.number}"]],
                    because=given[f"concluded_{one.ground.number}"],
                )
                for one in self.shown
            ],
        }


class CorrectReason(forms.Form):
    sentence = long_text(
        label=_("The sentence as it should be"), required=_("Write the sentence as it should be."), rows=2
    )
    because = long_text(label=_("What is wrong with it?"), required=TOO_SHORT, rows=3)


# --- the subject's reply


@dataclass(frozen=True, slots=True)
class Answering:
    """One ground with its chain, and where the subject answers it."""

    shown: ShownGround
    answer: forms.BoundField


class Reply(forms.Form):
    """What the subject says to each ground that it was notified of, and to the whole."""

    all_optional = True  # the labels say it themselves

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
