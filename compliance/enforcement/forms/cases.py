"""The shape of what is typed about supply without a licence, labour users and undertakings."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance.enforcement.models.cases import CaseOutcome, CaseResult, CaseTarget, ElementProof, LadderStep, StepTaken
from compliance.enforcement.models.undertakings import ReceiptsKept
from compliance.enforcement.rules.undertakings import ProposedMeasure
from registry.form_fields import a_number, long_text, offer, radios, short_text
from registry.reasons import TOO_SHORT
from registry.web import DatePartsField

Choices = Iterable[tuple[str, str]]
CHOOSE = _("Choose from the list.")
DAY = _("For example, 27 3 2026")
#: As many measures as one form asks for.
MEASURES = 3


def _day(label: Any, **options: Any) -> DatePartsField:
    return DatePartsField(label=label, name=_("The day"), help_text=DAY, **options)


class OpenCase(forms.Form):
    against = radios(_("Who is it about?"), CaseTarget.choices)
    number = short_text(
        _("Licence number or reference of the organisation"),
        20,
        help_text=_("As the file of the organisation says it."),
    )
    described = long_text(
        label=_("What is known of a supplier who has no file"),
        help_text=_("Names, telephone numbers, vehicles, web pages, where and when."),
    )
    disclosed = long_text(
        label=_("What the labour user disclosed without being asked"),
        help_text=_("It counts in its favour, and a case may begin with it."),
    )


class Offence(forms.Form):
    code = radios(_("Which offence may it be?"))

    def __init__(self, *args: Any, offences: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "code", offences)


class Element(forms.Form):
    element = radios(_("Which element?"))
    shown = radios(_("Is it shown?"), ElementProof.choices)
    evidence = long_text(label=_("By what evidence"))
    kept_at = short_text(
        _("Where the evidence is kept"),
        200,
        help_text=_("References of inspections, documents and exhibits, with commas between."),
    )

    def __init__(self, *args: Any, elements: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "element", elements)


class Step(forms.Form):
    kind = radios(_("What did the labour user do to find out?"), StepTaken.choices)
    receipt = short_text(
        _("Number of the receipt"), 40, help_text=_("Of a formal check. Anybody can verify it on the public page.")
    )
    on = _day(_("On which day?"), required=False)
    note = long_text(label=_("What shows it"))


class Ladder(forms.Form):
    step = radios(_("What is sent?"), LadderStep.choices)
    supplier = forms.CharField(
        label=_("Who supplied the workers"),
        help_text=_("As the letter will say it."),
        max_length=300,
        error_messages={"required": _("Enter the name of the supplier.")},
    )
    because = long_text(label=_("Reasons"), help_text=_("The letter says them."), required=TOO_SHORT)


class Acknowledge(forms.Form):
    on = _day(_("On which day was it acknowledged?"))
    how = long_text(label=_("How it was done, and who did it"), required=_("Say how it was acknowledged."))


class Propose(forms.Form):
    outcome = radios(_("What do you propose?"), CaseOutcome.choices)
    because = long_text(label=_("Reasons"), required=TOO_SHORT)


class Because(forms.Form):
    because = long_text(label=_("Reason"), required=TOO_SHORT)


class Result(forms.Form):
    result = radios(_("What became of it?"), CaseResult.choices)
    on = _day(_("On which day?"))
    sentence = long_text(label=_("Sentence, or what else was said"))


class Draft(forms.Form):
    offence = radios(_("Which offence is believed to be committed?"))
    reasons = long_text(label=_("Why we believe it"), required=TOO_SHORT)
    months = a_number(_("For how many months?"), _("Enter a number of months."))

    receipts_every = a_number(
        _("If it must check its suppliers in the register: every how many months do we review its receipts?"),
        _("Enter a number of months."),
        required=False,
        help_text=_("Leave it empty if no measure asks for checks."),
        min_value=0,
        max_value=120,
    )

    def __init__(self, *args: Any, offences: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "offence", offences)
        for n in range(1, MEASURES + 1):
            self.fields[f"measure_{n}"] = long_text(label=_("Measure %(n)s") % {"n": n})
            self.fields[f"necessary_{n}"] = long_text(label=_("Why measure %(n)s is necessary") % {"n": n})
            self.fields[f"just_{n}"] = long_text(label=_("Why measure %(n)s is just") % {"n": n})

    @property
    def drafted(self) -> dict[str, Any]:
        """What the action takes: a measure of which nothing is typed is none."""
        typed = self.cleaned_data
        parts = [[typed[f"{name}_{n}"] for name in ("measure", "necessary", "just")] for n in range(1, MEASURES + 1)]
        measures = [ProposedMeasure(*one) for one in parts if any(part.strip() for part in one)]
        told = {name: typed[name] for name in ("offence", "reasons", "months")}
        return {**told, "measures": measures, "receipts_every": typed["receipts_every"] or 0}


class ReviewReceipts(forms.Form):
    kept = radios(_("Did the business check its suppliers as it undertook?"), ReceiptsKept.choices)
    note = long_text(
        label=_("What you compared"),
        help_text=_("For example, the suppliers in its invoices with the receipts listed on the undertaking."),
        required=_("Say what you compared, in 10 characters or more."),
    )


class Extend(Because):
    until = _day(_("Until which day?"))
    field_order = ("until", "because")


class Court(Because):
    court = short_text(_("Which court?"), 200, required=_("Enter the name of the court."))
    field_order = ("court", "because")


class Order(forms.Form):
    starts_on = _day(_("From which day does it hold?"))
    until = _day(_("Until which day?"))
    terms = long_text(
        label=_("What the order says"), required=_("Write what the order says, in 10 characters or more.")
    )


class Vary(forms.Form):
    until = _day(_("Until which day?"))
    terms = long_text(
        label=_("What the order says"), required=_("Write what the order says, in 10 characters or more.")
    )
