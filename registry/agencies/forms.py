"""The shape of what is typed about people's access: to the service, by staff; to an organisation, by its own people."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.agencies.models import AgencyChannel, AgencyKind
from registry.form_fields import offer


class AgencyParticulars(forms.Form):
    """How another authority is asked, and of what."""

    name = forms.CharField(
        label=_("Name of the authority"),
        max_length=200,
        error_messages={"required": _("Enter the name of the authority.")},
    )
    kind = forms.ChoiceField(
        label=_("What kind of body is it?"),
        choices=AgencyKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what kind of body it is.")},
    )
    way = forms.ChoiceField(
        label=_("How is it asked?"),
        choices=AgencyChannel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how we ask this authority.")},
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
    guarded_as = forms.ChoiceField(
        label=_("Is it of a guarded kind?"),
        help_text=_(
            "Nothing is shared with such an authority without a lawful basis and a second person. "
            "This cannot be taken away later."
        ),
        required=False,
    )
    public_key = forms.CharField(
        label=_("Public key"),
        help_text=_("With which the files that it sends are signed: Ed25519, 43 characters."),
        max_length=43,
        required=False,
    )

    def __init__(
        self, *args: Any, checks: Mapping[str, str], guards: Iterable[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "guarded_as", [("", _("No")), *guards])
        offer(self, "remits", checks.items())

    @property
    def given(self) -> dict[str, Any]:
        """As the action takes it."""
        typed = self.cleaned_data
        address = {line: typed[line] for line in ("line_1", "line_2", "town", "postcode") if typed[line]}
        plain = {field: typed[field] for field in ("name", "kind", "way", "email", "basis", "public_key", "guarded_as")}
        remits = [tuple(remit.split("/", 1)) for remit in typed["remits"]]
        return {"particulars": {**plain, "address": address}, "remits": remits}
