"""The shape of what a person typed on the public pages."""

from collections.abc import Hashable, Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from public_lookup import filters, queries
from public_lookup.models import Channel, Receipt
from public_lookup.queries import certificates, receipts
from registry import identifiers
from registry import search as index
from registry.register.models import Listing
from registry.web import DATE_PARTS, DatePartsField


class AsAt(forms.Form):
    """Which day is asked about: in three inputs, or in an address as `?at=2026-03-27`. Nothing typed is now."""

    use_required_attribute = False
    all_optional = True

    at = DatePartsField(
        required=False,
        label=_("See the register as it was on a past day"),
        help_text=_("For example, 27 3 2026"),
    )

    def __init__(self, asked: Mapping[str, Any], *, now: datetime) -> None:
        typed = {f"at_{part}": asked.get(f"at_{part}", "") for part in DATE_PARTS}
        self.is_typed = any(typed.values())
        self.now = self._instant = now
        self.address = "" if self.is_typed else str(asked.get("at", "")).strip()
        if self.address and not self._is_exact():
            parts = [*self.address.split("-", 2), "", ""]
            typed = {"at_year": parts[0], "at_month": parts[1], "at_day": parts[2]}
        super().__init__(typed)

    @property
    def untouched(self) -> Hashable:
        """What the field is drawn from while no day is asked about; None once one is."""
        return None if self.is_typed or self.address else "no day"

    @property
    def instant(self) -> datetime:
        """What is asked about, once what was typed has been read; now while it cannot be read."""
        self.is_valid()
        return self._instant

    @property
    def is_now(self) -> bool:
        return self.instant == self.now

    @property
    def query(self) -> str:
        """The end of an address that asks about the same day or instant."""
        day = self.cleaned_data.get("at")
        text = day.isoformat() if day else self.address
        return f"?{urlencode({'at': text})}" if text else ""

    def clean_at(self) -> date | None:
        day: date | None = self.cleaned_data["at"]
        if day is None:
            return None
        try:
            self._instant = queries.instant(day.isoformat(), now=self.now)
        except queries.Misread as misread:
            raise ValidationError([str(reason) for reason in misread.reasons]) from None
        return day

    def _is_exact(self) -> bool:
        """An instant with its zone, such as an address of the API has it."""
        try:
            exact = queries.instant(self.address, now=self.now)
        except queries.Misread:
            return False
        if "T" not in self.address:
            return False
        self._instant = exact
        return True


NOT_OURS = _(
    "This is not a licence number or code of this register. Check it letter by letter: one that was altered looks like this too."
)


class Verify(forms.Form):
    """What is printed on a certificate or a poster."""

    use_required_attribute = False

    code = forms.CharField(
        label=_("Licence number or short code"),
        help_text=_(
            "A licence number looks like ABCD0001. A short code has 8 letters and numbers, and stands beside the square code. A code on a screen that changes each minute has 20."
        ),
        # The text of a square code has about 240 characters.
        max_length=500,
        error_messages={"required": _("Enter the number or code that is printed on the certificate.")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, now: datetime) -> None:
        super().__init__(data)
        self.now = now
        self.certificate: certificates.Certificate | None = None
        self.receipt: Receipt | None = None

    def _receipt(self, typed: str) -> str:
        self.receipt = receipts.receipt_with(typed)
        if self.receipt is None:
            raise ValidationError(
                _(
                    "We have given no proof of check with this number. Check it letter by letter: one that was altered looks like this too."
                )
            )
        return typed

    def clean_code(self) -> str:
        """Tells apart what cannot be a number or code of ours: a code whose check character does not hold was altered."""
        typed = self._read(self.cleaned_data["code"])
        if receipts.is_meant_as_number(typed):
            return self._receipt(typed)
        self.certificate = certificates.live_certificate(typed, at=self.now)
        if self.certificate or identifiers.looks_like_licence_number(typed) or identifiers.code_is_valid(typed):
            return typed
        if meant := certificates.code_that_was_meant(typed):
            raise ValidationError(
                _(
                    "This is not a code of this register, but %(code)s is, which differs in one letter or number. Read yours again: if it really says what you entered, it was altered."
                ),
                params={"code": meant},
            )
        raise ValidationError(NOT_OURS)

    def _read(self, typed: str) -> str:
        """What was typed; of the text of a square code, the number or code that it is about."""
        if not certificates.is_text_of_square(typed):
            return typed
        try:
            return certificates.read_square(typed)
        except certificates.FalseSquare:
            raise ValidationError(NOT_OURS) from None


class Person(forms.Form):
    """Somebody who says that they act for a holder."""

    use_required_attribute = False

    person = forms.CharField(
        label=_("Name of the person"),
        help_text=_("First name and last name"),
        max_length=index.LONGEST,
        error_messages={
            "required": _("Enter the name of the person."),
            "max_length": _("Enter at most 100 characters."),
        },
    )


class What(forms.Form):
    """What to be told of: one labour provider by its number, or whatever changes in a place or a sector."""

    use_required_attribute = False

    number = forms.CharField(
        required=False, label=_("Licence number"), help_text=_("For example, ABCD0001"), max_length=40
    )
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
        self.fields["sector"].choices = [("", _("Any sector")), *filters.sector_choices(on)]  # type: ignore[attr-defined]

    def clean_number(self) -> str:
        typed: str = self.cleaned_data["number"]
        if typed:
            self.listing = queries.listing_with(typed)
            if self.listing is None:
                raise ValidationError(_("Nobody on the register has this number. Check it, or search by name first."))
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

    email = forms.EmailField(
        required=False,
        label=_("Your email address"),
        help_text=_("We use it for this only. The labour provider never learns of it."),
        error_messages={"invalid": _("Enter an email address like name@example.com.")},
    )
    telephone = forms.CharField(
        required=False,
        label=_("Or your mobile telephone number"),
        help_text=_(
            "We send a text message when something changes, at most 5 a day. The labour provider never learns of it."
        ),
        max_length=30,
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
            return {**self.what(), "address": number, "channel": Channel.TEXT}
        return {**self.what(), "address": self.cleaned_data["email"], "channel": Channel.EMAIL}


class Telephone(forms.Form):
    """A telephone whose messages somebody wants to see or stop."""

    use_required_attribute = False

    telephone = forms.CharField(
        label=_("Your mobile telephone number"),
        max_length=30,
        error_messages={"required": _("Enter your mobile telephone number.")},
    )

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
    except identifiers.Invalid:
        # One sentence for whatever is wrong with it, and in every language of workers.
        raise ValidationError(
            _("We cannot send text messages to this number. Enter a mobile number, like 07700 900 123.")
        ) from None
