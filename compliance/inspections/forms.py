"""The shape of what an inspector, a reviewer or an officer types. Whether it may be done is a question for the rules.

What is said when nothing was chosen: on a page with several questions, by the question.

A time of day as people type it, and the moment that it makes with a day.

What is sealed once it is handed in, and says who somebody is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, TypeVar

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from compliance.inspections.queries.findings import FindingInWords, TestedSection
from compliance.inspections.rules import StandardFinding
from compliance.inspections.states import Finding
from registry.form_fields import ForInspector, a_day, long_text


class Reassign(ForInspector):
    because = long_text(label=_("Reason"), required=_("Enter the reason."))


class Visit(forms.Form):
    """Nothing here is compulsory while the inspection is being carried out."""

    all_optional = True
    visited_on = a_day(_("Day of the visit"), _("The day of the visit"), required=False)
    summary = long_text(
        label=_("Summary of the visit"),
        help_text=_("Where you went, who you spoke to, how many workers you interviewed, and your conclusion."),
    )
    business_comments = long_text(
        label=_("What the business says to the visit as a whole (optional)"),
        help_text=_("What it says to one standard goes with that standard."),
    )


@dataclass(frozen=True, slots=True)
class Group:
    """One standard with its two inputs."""

    tested: FindingInWords
    finding: forms.BoundField
    evidence: forms.BoundField
    business_comment: forms.BoundField


class Findings(forms.Form):
    """What was found of each standard of one section; any of it may be left for later."""

    all_optional = True

    def __init__(self, *args: Any, section: TestedSection, **options: Any) -> None:
        self.section = section
        super().__init__(*args, **options)
        for one in section.tested:
            self.fields[f"finding-{one.code}"] = forms.ChoiceField(
                label=format_lazy(_("Finding for {code}"), code=one.code),
                choices=Finding.choices,
                widget=forms.RadioSelect,
                required=False,
                initial=one.finding,
                error_messages={
                    "invalid_choice": format_lazy(_("Choose what you found of standard {code}."), code=one.code)
                },
            )
            self.fields[f"evidence-{one.code}"] = long_text(
                label=format_lazy(_("Evidence for {code}"), code=one.code),
                help_text=_(
                    "What you saw or were told, where, when and who told you. Needed when the standard is not met."
                ),
                initial=one.evidence,
            )
            self.fields[f"comment-{one.code}"] = long_text(
                label=format_lazy(_("What the business says to {code} (optional)"), code=one.code),
                help_text=_("In its own words. The business may comment on every issue before you report."),
                initial=one.business_comment,
            )
            self.fields[f"comment-{one.code}"].widget.attrs["rows"] = 3

    def groups(self) -> Iterator[Group]:
        for one in self.section.tested:
            yield Group(one, *(self[f"{field}-{one.code}"] for field in ("finding", "evidence", "comment")))

    def findings(self) -> list[StandardFinding]:
        return [
            {
                "standard": one.code,
                "finding": self.cleaned_data[f"finding-{one.code}"],
                "evidence": self.cleaned_data[f"evidence-{one.code}"],
                "business_comment": self.cleaned_data[f"comment-{one.code}"],
            }
            for one in self.section.tested
        ]


A_TIME = _("Enter a time, for example 14:30.")


# Of the day's 24 hours, or with am and pm: as the pages write it themselves.
WRITTEN = ["%H:%M", "%H.%M", "%H%M", *(f"{hour}{gap}%p" for hour in ("%I:%M", "%I.%M", "%I") for gap in ("", " "))]


def clock_time(*, required: bool = True, missing: Any = A_TIME, **options: Any) -> forms.TimeField:
    """`missing` is what to say when there is none, or it cannot be read."""
    options.setdefault("help_text", _("For example, 14:30"))
    return forms.TimeField(
        required=required,
        input_formats=WRITTEN,
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input--width-5", "type": "text"}),
        error_messages={"required": missing, "invalid": missing},
        **options,
    )


def moment_of(day: date, clock: time) -> datetime:
    """This time of this day in London."""
    return timezone.make_aware(datetime.combine(day, clock))


F = TypeVar("F", bound=forms.Field)


def sealed(field: F) -> F:
    """The browser of whoever types offers it in no other form, and puts it back on no page that was left."""
    field.widget.attrs["autocomplete"] = "off"
    return field
