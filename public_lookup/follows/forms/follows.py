"""The shape of what a person typed on the public pages."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from public_lookup.follows.models.follows import FollowChannel
from public_lookup.follows.queries import follows as queries
from public_lookup.lookup import filters
from registry import identifiers
from registry.form_fields import offer, short_text
from registry.register.models import Listing
from registry.web import an_email


class What(forms.Form):
    """What to be told of: one labour provider by its number, or whatever changes in a place or a sector."""

    number = short_text(_("Licence number"), 40, help_text=_("For example, ABCD0001"))
    place = forms.CharField(
        required=False,
        label=_("Or a place"),
        help_text=_("Town, county, or the beginning of a postcode"),
        max_length=60,
        error_messages={"max_length": _("Enter at most 60 characters.")},
    )
    sector = forms.ChoiceField(required=False, label=_("And a sector"))

    def __init__(self, *args: Any, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.listing: Listing | None = None
        offer(self, "sector", [("", _("Any sector")), *filters.sector_choices(on)])

    def clean_number(self) -> str:
        typed: str = self.cleaned_data["number"]
        if typed:
            self.listing = queries.listing_with(typed)
            if self.listing is None:
                raise ValidationError(_("This number is not on the register. Check it, or search by name first."))
        return typed

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "number" not in self.errors and not any(given.get(name) for name in ("number", "place", "sector")):
            self.add_error("number", _("Enter a licence number, a place or a sector."))
        if given.get("number") and (given.get("place") or given.get("sector")):
            self.add_error("number", _("Enter a licence number, or else a place and a sector, not both."))
        return given

    def what(self) -> dict[str, Any]:
        return {
            "listing": self.listing,
            "place": self.cleaned_data["place"].strip(),
            "sector": self.cleaned_data["sector"],
        }


class Follow(What):
    """What to be told of, and where to: an address of mail, or a telephone where text messages are sent."""

    email = an_email(
        _("Your email address"), help_text=_("We use it for this only. We never tell the labour provider.")
    )
    telephone = short_text(
        _("Or your mobile telephone number"),
        30,
        help_text=_(
            "We send a text message when something changes, at most 5 a day. We never tell the labour provider."
        ),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not settings.TEXT_SENDER:
            del self.fields["telephone"]

    def clean_telephone(self) -> str:
        return _mobile(self.cleaned_data["telephone"]) if self.cleaned_data["telephone"] else ""

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        given.setdefault("telephone", "")
        if given.get("email") and given["telephone"]:
            self.add_error("email", _("Enter an email address or a telephone number, not both."))
        elif not (given.get("email") or given["telephone"] or {"email", "telephone"} & self.errors.keys()):
            with_texts = _("Enter your email address, or your mobile telephone number.")
            self.add_error("email", with_texts if "telephone" in self.fields else _("Enter your email address."))
        return given

    def wish(self) -> dict[str, Any]:
        """What, where to, and by which way."""
        if number := self.cleaned_data["telephone"]:
            return {**self.what(), "address": number, "channel": FollowChannel.TEXT}
        return {**self.what(), "address": self.cleaned_data["email"], "channel": FollowChannel.EMAIL}


class Telephone(forms.Form):
    """A telephone whose messages somebody wants to see or stop."""

    telephone = short_text(_("Your mobile telephone number"), 30, required=_("Enter your mobile telephone number."))

    def clean_telephone(self) -> str:
        return _mobile(self.cleaned_data["telephone"])


class Code(Telephone):
    """The code that was sent to it."""

    code = forms.RegexField(
        r"^[0-9]{6}$",
        label=_("Code from the text message"),
        error_messages={
            "required": _("Enter the 6 numbers of the code."),
            "invalid": _("Enter the 6 numbers of the code."),
        },
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["telephone"].widget = forms.HiddenInput()
        self.fields["code"].widget.attrs.update(inputmode="numeric", autocomplete="one-time-code")


def _mobile(typed: str) -> str:
    try:
        return identifiers.mobile(typed, regions=settings.TEXT_REGIONS)
    except identifiers.InvalidIdentifier:
        # One sentence for whatever is wrong with it, and in every language of workers.
        raise ValidationError(
            _("We cannot send text messages to this number. Enter a mobile number, like 07700 900 123.")
        ) from None
