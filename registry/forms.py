"""The shape of what is typed about people's access: to the service, by staff; to an organisation, by its own people."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry import queries
from registry.models import Agency, Calendar, Membership, Organisation, Scope, User, Way
from registry.permissions import CAN_BE_COVERED, GIVEN_ROLES, ROLES
from registry.web import DatePartsField

ROLE_CHOICES = [(name, ROLES[name].title) for name in ROLES if name in GIVEN_ROLES]


class RolesField(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=ROLE_CHOICES, label=_("Roles"), required=False, **kwargs)


class AgencyField(forms.ModelChoiceField[Agency]):
    """For which other authority somebody answers; of those that are asked now."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Agency.objects.none(),
            label=_("Other authority"),
            help_text=_("Only for whoever answers checks for it, who has no other role."),
            to_field_name="reference",
            empty_label=_("None"),
            required=False,
            **kwargs,
        )


class _ForAgency(forms.Form):
    """Asks the database for the authorities when it is made, not when this file is read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.asked_now().order_by("name")  # type: ignore[attr-defined]


class Invite(_ForAgency):
    all_optional = (
        True  # nothing here is: but the rule, not the form, says that a role is missing, with all else at once
    )
    name = forms.CharField(
        label=_("Full name"), max_length=200, error_messages={"required": _("Enter the person's full name.")}
    )
    email = forms.EmailField(
        label=_("Email address"),
        help_text=_("They are told there how to choose a password."),
        max_length=254,
        error_messages={
            "required": _("Enter the person's email address."),
            "invalid": _("Enter an email address like name@example.com."),
        },
    )
    roles = RolesField()
    agency = AgencyField()


class ChangeRoles(_ForAgency):
    all_optional = True
    roles = RolesField()
    agency = AgencyField()


class AgencyParticulars(forms.Form):
    """How another authority is asked, and of what."""

    name = forms.CharField(
        label=_("Name of the authority"),
        max_length=200,
        error_messages={"required": _("Enter the name of the authority.")},
    )
    way = forms.ChoiceField(
        label=_("How is it asked?"),
        choices=Way.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it is asked.")},
    )
    email = forms.EmailField(
        label=_("Email address"),
        help_text=_("It is told there that something waits, and never what."),
        max_length=254,
        required=False,
        error_messages={"invalid": _("Enter an email address like name@example.com.")},
    )
    line_1 = forms.CharField(label=_("Address line 1"), max_length=200, required=False)
    line_2 = forms.CharField(label=_("Address line 2"), max_length=200, required=False)
    town = forms.CharField(label=_("Town or city"), max_length=100, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=20, required=False)
    basis = forms.CharField(
        label=_("Under which power or agreement is information shared with it?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Say under which power or agreement information is shared with it.")},
    )
    remits = forms.MultipleChoiceField(
        label=_("Which checks does it answer?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    public_key = forms.CharField(
        label=_("Public key"),
        help_text=_("With which the files that it sends are signed: Ed25519, 43 characters."),
        max_length=43,
        required=False,
    )

    def __init__(self, *args: Any, checks: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remits"].choices = list(checks.items())  # type: ignore[attr-defined]

    @property
    def given(self) -> dict[str, Any]:
        """As the action takes it."""
        typed = self.cleaned_data
        address = {line: typed[line] for line in ("line_1", "line_2", "town", "postcode") if typed[line]}
        plain = {field: typed[field] for field in ("name", "way", "email", "basis", "public_key")}
        remits = [tuple(remit.split("/", 1)) for remit in typed["remits"]]
        return {"particulars": {**plain, "address": address}, "remits": remits}


class Team(forms.Form):
    all_optional = True
    team = forms.CharField(
        label=_("Team"),
        help_text=_("Whose cases are shown together in the work lists. Leave it empty for no team."),
        max_length=60,
        required=False,
    )

    def __init__(self, *args: Any, teams: Iterable[str], **kwargs: Any) -> None:
        """`teams` are those that there are: one that is typed in other capitals is the same."""
        super().__init__(*args, **kwargs)
        self.teams = {team.casefold(): team for team in teams}
        if known := ", ".join(self.teams.values()):
            hint = _(
                "Whose cases are shown together in the work lists. Leave it empty for no team. There are: {known}."
            )
            self.fields["team"].help_text = format_lazy(hint, known=known)

    def clean_team(self) -> str:
        typed = " ".join(self.cleaned_data["team"].split())
        return self.teams.get(typed.casefold(), typed)


class Because(forms.Form):
    """What changes somebody's access for the worse is done with a reason, which the trail keeps."""

    because = forms.CharField(
        label=_("Reason"),
        help_text=_("The trail keeps it. Say how you know that the request is genuine."),
        widget=forms.Textarea(attrs={"rows": 3}),
        min_length=10,
        max_length=2000,
        error_messages={
            "required": _("Write the reason."),
            "min_length": _("Say the reason in 10 characters or more."),
        },
    )


class HoldBecause(forms.Form):
    because = forms.CharField(
        label=_("Reason"),
        help_text=_("The trail keeps it. Say which investigation, claim or request it is about."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Say the reason in 10 characters or more.")},
    )


class ConflictOver(forms.Form):
    because = forms.CharField(
        label=_("Why it is over"),
        help_text=_("The trail keeps it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Say the reason in 10 characters or more.")},
    )


class Declare(forms.Form):
    """A conflict of interest: of whom, with which organisation, since when and why."""

    organisation = forms.CharField(
        label=_("Reference of the organisation, or the number of a licence of it"),
        max_length=20,
        error_messages={"required": _("Enter the reference of the organisation, or the number of a licence of it.")},
    )
    because = forms.CharField(
        label=_("What connects you with it"),
        help_text=_("You, the other person it is about and those who manage the work read this; nobody else."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Say the reason in 10 characters or more.")},
    )

    def __init__(self, *args: Any, officers: "QuerySet[User] | None" = None, **options: Any) -> None:
        super().__init__(*args, **options)
        wrong = _("Choose somebody who works for the authority.")
        self.fields["since"] = DatePartsField(
            label=_("Since when?"), name=_("The day"), help_text=_("For example, 27 3 2026")
        )
        if officers is not None:
            self.fields["officer"] = forms.ModelChoiceField(
                label=_("Whose conflict of interest is it?"),
                queryset=officers,
                to_field_name="reference",
                empty_label=_("Choose somebody"),
                error_messages={"required": wrong, "invalid_choice": wrong},
            )
            self.order_fields(["officer"])

    def clean_organisation(self) -> Organisation:
        found = queries.called_by(self.cleaned_data["organisation"])
        if found is None:
            raise forms.ValidationError(_("There is no organisation or licence of this number."))
        return found


class Published(forms.Form):
    """The head of the trail as it stands on a letter or certificate, to compare with."""

    number = forms.IntegerField(label=_("Number of entries"), required=False, min_value=1)
    hash = forms.RegexField(
        r"\s*[0-9a-fA-F]{64}\s*",
        label=_("Hash"),
        help_text=_("64 letters and digits, printed at the foot of every letter and certificate."),
        required=False,
        error_messages={"invalid": _("A hash has 64 characters: digits and the letters a to f.")},
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors and (typed.get("number") is None) != (not typed.get("hash")):
            self.add_error(
                "hash" if typed.get("number") else "number", _("Type both the number and the hash, or neither.")
            )
        return typed

    @property
    def head(self) -> tuple[int, str] | None:
        number = self.cleaned_data.get("number")
        return (number, self.cleaned_data["hash"].strip()) if number else None


# --- who acts for an organisation ---


class InviteToAct(forms.Form):
    email = forms.EmailField(
        label=_("Email address"),
        help_text=_("We write to it. Only whoever signs in with this address can accept."),
        max_length=254,
        error_messages={
            "required": _("Enter the person's email address."),
            "invalid": _("Enter an email address like name@example.com."),
        },
    )
    kind = forms.ChoiceField(
        label=_("What will they be?"),
        help_text=_(
            "The principal authority and representatives sign, send, and decide who acts. An agent fills in and answers, as far as you consent."
        ),
        choices=Membership.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what they will be.")},
    )


class ChangeKind(forms.Form):
    kind = forms.ChoiceField(
        label=_("What are they from now on?"),
        choices=Membership.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what they are.")},
    )


class GiveConsent(forms.Form):
    covers = forms.MultipleChoiceField(
        label=_("What may the agent do?"),
        help_text=_("Whatever you choose, only your own people sign and send, withdraw, and give up a licence."),
        choices=[(act.value, act.label) for act in CAN_BE_COVERED],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing that the agent may do.")},
    )
    starts = DatePartsField(label=_("From which day?"), name=_("The first day"))
    until = DatePartsField(
        label=_("Until which day?"),
        name=_("The last day"),
        required=False,
        help_text=_("The last day. Leave it empty if the consent is to hold until you withdraw it."),
    )


class Confirm(forms.Form):
    """Nothing is asked: the button says it all."""


# --- views of lists ---


class NameView(forms.Form):
    name = forms.CharField(
        label=_("Name of the view"),
        help_text=_("Only you see it. For example, Mine that are overdue"),
        max_length=60,
        error_messages={
            "required": _("Enter a name for the view."),
            "max_length": _("The name of a view has at most 60 characters."),
        },
    )


# --- letters by post ---


class Posted(forms.Form):
    """Which of the letters that wait have been posted."""

    def __init__(self, *args: Any, waiting: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["letters"] = forms.MultipleChoiceField(
            label=_("Which letters have been posted?"),
            choices=list(waiting.items()),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Tick at least one letter.")},
        )


# --- bank holidays


class HolidayBecause(forms.Form):
    because = forms.CharField(
        label=_("Reason"),
        help_text=_("The trail keeps it. Name the proclamation or the published list that says so."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Say the reason in 10 characters or more.")},
    )


class AddHoliday(HolidayBecause):
    calendar = forms.ChoiceField(
        label=_("In which part of the United Kingdom?"),
        help_text=_("A holiday in all parts is added to each."),
        choices=Calendar.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a part of the United Kingdom.")},
    )
    day = DatePartsField(
        label=_("On which day?"),
        name=_("The day"),
        help_text=_("For example, 27 3 2026. If the holiday falls on a weekend, the day taken instead of it."),
    )
    name = forms.CharField(
        label=_("What is it called?"),
        max_length=100,
        error_messages={"required": _("Enter what the holiday is called.")},
    )
    field_order = ("calendar", "day", "name", "because")


# --- keys of programs ---


class MakeKey(forms.Form):
    use_required_attribute = False
    name = forms.CharField(
        label=_("What is the key for?"),
        help_text=_("The program that will have it. For example, the monthly report"),
        max_length=60,
        error_messages={"required": _("Enter what the key is for.")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it be used for?"),
        help_text=_("Never for more than you may do yourself."),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing that the key may be used for.")},
    )
    days = forms.TypedChoiceField(
        label=_("For how long?"),
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("A year"))],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose for how long.")},
    )
