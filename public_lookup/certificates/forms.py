"""The shape of what a person typed on the public pages."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from public_lookup.certificates import queries as certificates
from public_lookup.receipts.models import Receipt
from public_lookup.receipts.queries import receipts
from registry import codes
from registry import licence_numbers as identifiers
from registry.form_fields import short_text

NOT_OURS = _(
    "This is not a licence number or code of this register. Check it letter by letter: one that was altered looks like this too."
)


class Verify(forms.Form):
    """What is printed on a certificate or a poster."""

    code = short_text(
        _("Licence number or short code"),
        500,
        required=_("Enter the number or code that is printed on the certificate."),
        help_text=_(
            "A licence number looks like ABCD0001. A short code has 8 characters, and is printed next to the QR code. A code on a "
            "screen that changes each minute has 20 characters."
        ),
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
        if self.certificate or identifiers.looks_like_licence_number(typed) or codes.code_is_valid(typed):
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
