"""The shape of what is typed of people who may be victims: lists and days. Names are typed on one page alone."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance.inspections.forms import sealed
from compliance.safeguarding.models.codes import (
    ReferralConsent,
    WhyAtOnce,
    WhyDropped,
    WhyErased,
    WhyReturned,
    WhySetAside,
    YesNo,
    YesNoUnknown,
)
from registry.form_fields import a_day, boxes, long_text, not_chosen, offer, radios, short_text
from registry.reasons import TOO_SHORT
from registry.web import DatePartsField

Choices = Iterable[tuple[str, str]]
#: Of an adult; a child is not asked.
ASKED = [one for one in ReferralConsent.choices if one[0] in (ReferralConsent.GIVEN, ReferralConsent.REFUSED)]
ADULT, CHILD, UNSURE = "adult", "child", "unsure"
OF_ADULTS = ("consent", "told", "in_own_language", "consented_on")


def _list(label: Any, *, required: bool = True, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=required, help_text=help_text, error_messages=not_chosen(label))


class Age(forms.Form):
    """Asked first: whether anybody is asked for consent follows from it."""

    age = radios(
        _("Is the person 18 or over?"),
        [
            (ADULT, _("Yes, 18 or over")),
            (CHILD, _("No, under 18")),
            (UNSURE, _("Not known: may be under 18")),
        ],
        help_text=_(
            "Treat a person who may be under 18 as a child until the age is known (Modern Slavery Act "
            "2015, section 51)."
        ),
    )


class Facts(forms.Form):
    """Nothing here takes words: an adult who has not consented could be told by them. Of a child consent is not asked."""

    consent = radios(_("Does the person consent to being identified?"), ASKED)
    told = boxes(
        _("What has been explained to the adult"),
        help_text=_("Consent counts only once each of the four has been explained."),
    )
    in_own_language = forms.BooleanField(
        label=_("It was explained in a language that the person understands"), required=False
    )
    consented_on = DatePartsField(
        label=_("When did the person consent?"),
        name=_("The day"),
        required=False,
        help_text=_("Only for an adult who consents. For example, 27 3 2026"),
    )
    gender = radios(_("Gender"))
    age_band = radios(_("Age"))
    child_then = radios(_("Was the person under 18 when it began?"), YesNoUnknown.choices)
    nationality = _list(
        _("Nationality"),
        required=False,
        help_text=_("The regulations ask for it. It goes into the export, and nothing else reads it."),
    )
    slavery = forms.BooleanField(label=_("Slavery or forced labour is suspected"), required=False)
    trafficking = forms.BooleanField(label=_("Trafficking is suspected"), required=False)
    natures = boxes(
        _("What it was"), required=_("Choose what it was, one or more."), help_text=_("Choose all that fit.")
    )
    country = _list(_("In which country did it happen?"))
    region = _list(_("In which part of the United Kingdom was the person found?"))
    sector = _list(_("In which sector?"), required=False)
    police_area = _list(_("In which police area was the person found?"))
    police_force = _list(_("Which police force was told?"), required=False)

    def __init__(self, *args: Any, offered: Mapping[str, Choices], is_child: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.is_child = is_child
        for name in OF_ADULTS if is_child else ():
            del self.fields[name]
        for name, choices in offered.items():
            if name in self.fields:
                offer(self, name, choices)

    def facts(self) -> dict[str, Any]:
        """What the action takes: each of the four explained things as a fact of its own."""
        typed = dict(self.cleaned_data)
        told = set(typed.pop("told", ()))
        return {
            "consent": ReferralConsent.CHILD.value,
            **typed,
            "is_child": self.is_child,
            "police_told": bool(typed["police_force"]),
            **{f"told_{one}": one in told for one in ("nrm", "support", "outcomes", "sharing")},
        }


class Prepare(Facts):
    kind = radios(_("What is it?"))
    number = short_text(
        _("Licence number or reference"),
        20,
        help_text=_(
            "Of the organisation, the inspection or the report, if you know it. A referral can begin without one."
        ),
    )
    field_order = ("number", "kind")

    def __init__(self, *args: Any, has_origin: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if has_origin:
            del self.fields["number"]


class Identity(forms.Form):
    name = sealed(short_text(_("Name"), 200, required=_("Enter the name of the person.")))
    date_of_birth = sealed(
        forms.CharField(label=_("Date of birth"), help_text=_("As the person says it."), max_length=50, required=False)
    )
    contact = sealed(
        forms.CharField(label=_("How and when it is safe to reach the person"), max_length=300, required=False)
    )
    suspects = sealed(
        long_text(label=_("Who is suspected"), help_text=_("Names, telephone numbers, addresses, vehicles."))
    )
    others = sealed(
        long_text(label=_("Other victims"), help_text=_("Only those who are children, or who consent too."))
    )


class Why(forms.Form):
    because = forms.CharField(
        label=_("Why do you open it?"),
        help_text=_("The trail keeps it, with your name. Do not name the person."),
        max_length=500,
        error_messages={"required": TOO_SHORT},
    )


class Export(Why):
    form = radios(_("As which file?"), [("csv", "CSV"), ("json", "JSON")])


class GiveBack(forms.Form):
    why = radios(_("Why do you give it back?"), WhyReturned.choices)


class Drop(forms.Form):
    why = radios(_("Why is it not sent?"), WhyDropped.choices)


class SetAside(forms.Form):
    why = radios(_("Why is no one referred?"), WhySetAside.choices)


class SendAtOnce(forms.Form):
    why = radios(
        _("Why was it sent before a second person read it?"),
        WhyAtOnce.choices,
        help_text=_("Someone other than you must read it afterwards."),
    )


class Withdraw(forms.Form):
    why = radios(
        _("Why may the identity not be kept?"),
        [(why.value, why.label) for why in WhyErased if why != WhyErased.TERM],
        help_text=_("It is erased for good. Copies that were sent stay with the recipients: tell them."),
    )


class Decided(forms.Form):
    decided = radios(_("What was decided?"), YesNo.choices)
    on = DatePartsField(label=_("On which day?"), name=_("The day"), help_text=_("For example, 27 3 2026"))


class OfferSupport(forms.Form):
    service = radios(_("What was offered?"))
    offered_on = a_day(_("When was it offered?"), _("The day"))
    accepted = radios(_("Did the person take it?"), YesNo.choices)

    def __init__(self, *args: Any, services: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "service", services)

    @property
    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "accepted": self.cleaned_data["accepted"] == YesNo.YES}


class RecordFollowUp(forms.Form):
    def __init__(self, *args: Any, answers: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["answer"] = radios(_("What is recorded?"), list(answers), required=_("Choose from the list."))
        self.fields["on"] = a_day(_("On which day?"), _("The day"))


class BeginFollowUp(forms.Form):
    def __init__(self, *args: Any, codes: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"] = radios(_("What happened?"), list(codes), required=_("Choose from the list."))
