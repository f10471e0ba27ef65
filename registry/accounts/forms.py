"""The shape of what is typed about people's access: to the service, by staff; to an organisation, by its own people."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry import names
from registry.accounts import rules
from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.form_fields import a_row, boxes, offer_from, short_text
from registry.forms import Because
from registry.roles import GIVEN_ROLES, ROLES, STAFF_ROLES
from registry.web import an_email

#: Signs without a width that join or part letters in names of some scripts.
_JOINERS = "\u200c\u200d"


class OwnName(forms.Form):
    """The name of the person who is signed in."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("Other people of your organisation and the licensing authority see it."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your name.")},
    )

    def clean_name(self) -> str:
        """In one line, and readable: lines, control signs and signs that turn the text round stand in no name."""
        typed = str(self.cleaned_data["name"])
        name = " ".join("".join(one if one.isprintable() or one in _JOINERS else " " for one in typed).split())
        if not names.tokens(name):
            raise forms.ValidationError(self.fields["name"].error_messages["required"], code="required")
        return name


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
            help_text=_("Only for a person who answers its checks, and has no other role."),
            to_field_name="reference",
            empty_label=_("None"),
            required=False,
            **kwargs,
        )


class WhyField(forms.CharField):
    """Why somebody is to have the access: for the second administrator, where it takes one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Why?"),
            help_text=_("Roles that decide, see sources or manage people need a second administrator, who reads it."),
            max_length=500,
            required=False,
            **kwargs,
        )


class _ForAgency(forms.Form):
    """Asks the database for the authorities when it is made, not when this file is read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_from(self, "agency", Agency.objects.asked_now().order_by("name"))


class Invite(_ForAgency):
    all_optional = (
        True  # nothing here is: but the rule, not the form, says that a role is missing, with all else at once
    )
    name = short_text(_("Full name"), 200, required=_("Enter the person's full name."))
    email = an_email(
        _("Email address"),
        required=_("Enter the person's email address."),
        help_text=_("They are told there how to choose a password."),
        max_length=254,
    )
    roles = RolesField()
    agency = AgencyField()
    because = WhyField()


class ChangeRoles(_ForAgency):
    all_optional = True
    roles = RolesField()
    agency = AgencyField()
    because = WhyField()


class Team(forms.Form):
    all_optional = True
    team = short_text(
        _("Team"), 60, help_text=_("Whose cases are shown together in the work lists. Leave it empty for no team.")
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


# --- keys of programs ---


class MakeKey(forms.Form):
    name = forms.CharField(
        label=_("What is the key for?"),
        help_text=_("The program that will have it. For example, the monthly report"),
        max_length=60,
        error_messages={"required": _("Enter what the key is for.")},
    )
    scopes = boxes(
        _("What may it be used for?"),
        required=_("Choose at least one thing that the key may be used for."),
        help_text=_("Never for more than you may do yourself."),
    )
    days = forms.TypedChoiceField(
        label=_("For how long?"),
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("A year"))],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how long the key is valid.")},
    )

    def __init__(self, *typed: Any, person: User) -> None:
        super().__init__(*typed)
        scopes = rules.scopes_for(person)
        offered = cast("forms.MultipleChoiceField", self.fields["scopes"])
        offered.choices = [(scope.value, scope.label) for scope in scopes]
        if len(scopes) == 1:
            self.initial["scopes"] = scopes


class OffBoard(Because):
    """Who takes over the open tasks of the person who leaves."""

    hand_over_to = a_row(
        _("Who takes over their open tasks?"), User.objects.none(), required=False, empty_label=_("No one")
    )
    at_once = forms.BooleanField(
        label=_("Shut them out now. Their tasks go back to everyone who can do them, marked as urgent."),
        required=False,
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = User.objects.filter(groups__name__in=STAFF_ROLES, is_active=True).exclude(pk=person.pk)
        field = self.fields["hand_over_to"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = staff.distinct().order_by("name", "pk")
