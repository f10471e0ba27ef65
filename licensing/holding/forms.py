"""The shape of what holders tell and ask. What a change asks is the pack's; whether it may be told is a question for the rules.

The shape of what case officers, managers and decision makers type. Whether it may be done is a question for the rules."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from licensing.application_form.forms.answers import Answers
from licensing.application_form.forms.places import LONGEST
from licensing.application_form.rules.filled import ApplicationForm
from licensing.applications.forms.tables import ListTable
from registry import identifiers
from registry.form_fields import long_text, radios, short_text, yes_or_no
from registry.identifiers import InvalidIdentifier
from registry.organisations.models import Organisation
from registry.schemes import FormPage
from registry.web import DatePartsField

UNDERSTOOD = _("I understand that the licence ends when this is recorded")


def _happened_on() -> DatePartsField:
    return DatePartsField(
        label=_("When did it happen?"),
        name=_("The day on which it happened"),
        help_text=_("The first day on which it was so. For example, 27 3 2026"),
    )


class Told(Answers):
    """A change as its holder tells it: the answers, and since when.

    `ending` are the questions of which another answer ends the licence: then it must be said that this is understood.
    """

    def __init__(
        self,
        filled: ApplicationForm,
        page: FormPage,
        *,
        kept: Mapping[str, Any],
        today: date,
        ending: Collection[str] = (),
        data: MultiValueDict[str, str] | None = None,
    ) -> None:
        super().__init__(filled, page, kept=kept, today=today, data=data)
        self.fields["happened_on"] = _happened_on()
        self.ending = ending
        if ending:
            self.fields["understood"] = forms.BooleanField(label=UNDERSTOOD, required=False)

    def clean(self) -> None:
        answered = self.answered()
        ends = any(answered.get(key, "") != self.kept.get(key, "") for key in self.ending)
        if ends and not self.cleaned_data["understood"]:
            self.add_error("understood", _("Tick the box: you must know that the licence ends."))


class JoinsByTable(ListTable):
    """Many things that join a list, as a table, and since when."""

    for_all_rows = ("happened_on",)
    all_optional = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["happened_on"] = _happened_on()
        self.order_fields(["happened_on"])


class AskNewcomer(forms.Form):
    """Nothing to type: who gets the link is asked on its own page."""


class Reported(forms.Form):
    """Since when a person who has signed has joined."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["happened_on"] = _happened_on()


class Leaves(forms.Form):
    """Who or what leaves a list, and since when; where too few are left, who follows."""

    def __init__(
        self, *args: Any, leavers: Sequence[tuple[str, str]], leaves_too_few: bool = False, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.leavers = leavers
        missing = _("Choose who or what leaves the list.")
        self.fields["item"] = radios(_("Who or what is it?"), leavers, required=missing)
        self.fields["happened_on"] = _happened_on()
        if leaves_too_few:
            self.fields["follows"] = long_text(
                _("Who follows?"),
                _(
                    "Fewer are left than the licence needs. Say who follows and from when, or what the business will do."
                ),
                required=_("Say who follows, or what the business will do."),
                rows=3,
            )

    @property
    def said(self) -> dict[str, str]:
        return {"follows": self.cleaned_data["follows"]} if "follows" in self.fields else {}


class Began(forms.Form):
    began_on = DatePartsField(
        label=_("On which day did you begin to supply workers?"),
        name=_("The day on which you began"),
        help_text=_("Today, unless you change it."),
    )


class SeenAfterTerm(forms.Form):
    because = long_text(
        _("What did you look at, and what did you find?"),
        required=_("Enter what you looked at and what you found."),
        help_text=_("For example, a call to the business, its website, or what labour users said."),
        rows=6,
    )


class Surrender(forms.Form):
    takes_effect = DatePartsField(
        label=_("First day without the licence"),
        name=_("The first day without the licence"),
        help_text=_("Leave us time to decide: two weeks or more. For example, 27 3 2026"),
    )
    because = long_text(
        _("Why do you want to surrender the licence?"),
        required=_("Enter why you want to surrender the licence."),
        rows=4,
    )


class Transfer(forms.Form):
    """To which other business a licence is to pass, from when and why."""

    all_optional = True  # the labels say it themselves
    to_name = forms.CharField(
        label=_("Name of the other business"),
        max_length=LONGEST,
        help_text=_("As it has applied for a licence: its legal name, with every word."),
        error_messages={"required": _("Write the name of the other business.")},
    )
    number = short_text(
        _("Number of its own application (optional)"),
        20,
        help_text=_("Ask them for it. It begins with A. We then ask them whether they agree."),
    )
    from_day = DatePartsField(
        label=_("First day on which it is to be licensed"),
        name=_("The first day on which it is to be licensed"),
        help_text=_("Your licence ends with the day before. For example, 27 3 2026"),
    )
    because = long_text(
        _("Why is the licence to pass to it?"), required=_("Write why the licence is to pass to it."), rows=5
    )


class AnswerTransfer(forms.Form):
    agrees = yes_or_no(
        _("Do you agree?"), yes=_("Yes, we agree"), no=_("No, we do not agree"), required=_("Say whether you agree.")
    )


class Misuse(forms.Form):
    all_optional = True  # the labels say it themselves
    text = long_text(_("What makes you think so?"), required=_("Write what makes you think so."), rows=6)
    who = forms.CharField(label=_("Who uses it, if you know (optional)"), max_length=LONGEST, required=False)
    where = forms.CharField(label=_("Where, if you know (optional)"), max_length=LONGEST, required=False)


# --- numbers


class Numbers(forms.Form):
    """The numbers whose change ends a licence; as they are written, with or without spaces."""

    all_optional = True
    company_number = forms.CharField(label=_("Company number"), required=False, max_length=40)
    utr = forms.CharField(label=_("Unique Taxpayer Reference (UTR)"), required=False, max_length=40)
    vat_number = forms.CharField(label=_("VAT number"), required=False, max_length=40)

    def __init__(self, data: Mapping[str, Any] | None = None, *, organisation: Organisation, **options: Any) -> None:
        now = {field: getattr(organisation, field) for field in NORMALISERS}
        super().__init__(data, initial=now, **options)

    def clean(self) -> dict[str, Any]:
        for field, normalise in NORMALISERS.items():
            try:
                typed = self.cleaned_data.get(field, "")
                self.cleaned_data[field] = normalise(typed) if typed else ""
            except InvalidIdentifier as wrong:
                self.add_error(field, str(wrong))
        return self.cleaned_data


NORMALISERS: dict[str, Callable[[str], str]] = {
    "company_number": identifiers.company_number,
    "utr": identifiers.utr,
    "vat_number": identifiers.vat,
}
