"""The shape of the plan of a visit."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from compliance.inspections.forms import clock_time
from compliance.plans.models import Risk, VisitPlan
from compliance.plans.rules import PlanInput
from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.form_fields import a_row, long_text, radios, short_text, yes_or_no
from registry.premises.models import Premises
from registry.web import DatePartsField

INTERPRETERS = (1, 2, 3)


class Plan(forms.Form):
    day = DatePartsField(label=_("Day of the visit"), name=_("The day"), help_text=_("For example, 27 3 2026"))
    starts = clock_time(label=_("From"), missing=_("Enter when it starts, for example 9:30."))
    ends = clock_time(label=_("Until"), missing=_("Enter when it ends, for example 14:30."))
    place = a_row(_("Place"), Premises.objects.none(), required=False, empty_label=_("Another place"))
    address = short_text(_("Where another place is"), 1000, widget=forms.Textarea(attrs={"rows": 3}))
    region = short_text(_("Region"), 60, help_text=_("Used to filter the calendar."))
    announced = yes_or_no(
        _("Will you announce the visit?"),
        yes=_("Yes: a letter says the day"),
        no=_("No: the business is not told"),
        required=_("Choose whether the business is told beforehand."),
    )
    because = long_text(
        label=_("Why it is announced, or why not"), required=_("Write why it is announced, or why not.")
    )
    officers = forms.ModelMultipleChoiceField(
        label=_("Who goes along"),
        help_text=_("They see the inspection; only its inspector reports."),
        queryset=User.objects.none(),
        to_field_name="reference",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    agencies = forms.ModelMultipleChoiceField(
        label=_("Other authorities that go along"),
        queryset=Agency.objects.none(),
        to_field_name="reference",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    risk = radios(
        _("How great is the risk for the officers?"), Risk.choices, required=_("Choose how great the risk is.")
    )
    two_officers = forms.BooleanField(
        label=_("Two officers at all times"), help_text=_("Always the case when the risk is high."), required=False
    )
    safety_notes = long_text(label=_("What keeps them safe"))
    people_to_meet = long_text(
        label=_("People to meet"), help_text=_("Include telephone numbers, also of interpreters.")
    )
    meeting_point = forms.CharField(label=_("Where the officers meet"), max_length=200, required=False)
    vehicle = forms.CharField(label=_("Vehicle"), max_length=60, required=False)
    despite_clash = forms.BooleanField(
        label=_("Plan it even if an officer has another visit at that time"), required=False
    )

    def __init__(
        self,
        *args: Any,
        places: "QuerySet[Premises]",
        officers: "QuerySet[User]",
        kept: VisitPlan | None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **{"initial": _initial(kept), **options})
        of: dict[str, Any] = self.fields
        of["place"].queryset = places
        of["officers"].queryset = officers
        of["agencies"].queryset = Agency.objects.asked_now().order_by("name")
        booked = list(kept.interpreters.order_by("pk")) if kept else []
        for number in INTERPRETERS:
            there = booked[number - 1] if number <= len(booked) else None
            self.fields[f"language_{number}"] = short_text(
                format_lazy("{words} ({number})", words=_("Interpreter needed for"), number=number),
                60,
                initial=there.language if there else "",
            )
            self.fields[f"booked_{number}"] = forms.BooleanField(
                label=format_lazy("{words} ({number})", words=_("Booked"), number=number),
                required=False,
                initial=bool(there and there.is_booked),
            )

    @property
    def planned(self) -> PlanInput:
        typed = dict(self.cleaned_data)
        typed.pop("despite_clash")
        rows = [(typed.pop(f"language_{number}"), typed.pop(f"booked_{number}")) for number in INTERPRETERS]
        return PlanInput(interpreters={language: booked for language, booked in rows if language}, **typed)


def _initial(kept: VisitPlan | None) -> dict[str, Any]:
    if kept is None:
        return {}
    same = ("day", "starts", "ends", "address", "region", "because", "risk", "safety_notes", "people_to_meet")
    return {
        **{name: getattr(kept, name) for name in (*same, "two_officers", "meeting_point", "vehicle")},
        "place": kept.place.reference if kept.place else None,
        "announced": "yes" if kept.announced else "no",
        "officers": [one.officer.reference for one in kept.joint.all()],
        "agencies": [one.reference for one in kept.agencies.all()],
    }
