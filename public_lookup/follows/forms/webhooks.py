"""What a labour user types to have a web address told of changes."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from public_lookup.bulk_checks.models import CheckList
from public_lookup.bulk_checks.queries import lists
from public_lookup.follows.forms.follows import What
from registry import identifiers


class Webhook(forms.Form):
    """A web address of a system of theirs."""

    address = forms.CharField(
        label=_("Web address of your system"),
        help_text=_("It begins with https://, for example https://example.com/hook"),
        max_length=200,
        error_messages={
            "required": _("Enter the web address of your system."),
            "max_length": _("Enter at most 200 characters."),
        },
    )

    def clean_address(self) -> str:
        try:
            address = identifiers.website(self.cleaned_data["address"])
        except identifiers.InvalidIdentifier as invalid:
            raise ValidationError(str(invalid)) from None
        if not address.startswith("https://"):
            raise ValidationError(_("Enter an address that begins with https://."))
        if ":" in address.removeprefix("https://").partition("/")[0]:
            raise ValidationError(_("Enter the address without a port: we post to port 443 only."))
        return address


class ToldOf(What):
    """What a web address is to be told of: as anybody may follow it, or a list that was checked."""

    check_list = forms.CharField(
        required=False,
        label=_("Or a list that you have checked"),
        help_text=_("The web address of the page with its answers"),
        max_length=200,
        error_messages={"max_length": _("Enter at most 200 characters.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.list: CheckList | None = None

    def clean_check_list(self) -> str:
        typed: str = self.cleaned_data["check_list"]
        key = re.search(r"\d+-[0-9a-f]{32}", typed)
        self.list = lists.list_of(key[0]) if key else None
        if typed and self.list is None:
            raise ValidationError(
                _("No list is kept at this address. Open the page with its answers, and copy its address.")
            )
        return typed

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not given.get("check_list"):
            return given if "check_list" in self.errors else super().clean()
        if any(given.get(name) for name in ("number", "place", "sector")):
            self.add_error("check_list", _("Enter a list, or else a licence number, a place or a sector, not both."))
        return given

    def what(self) -> dict[str, Any]:
        return {**super().what(), "check_list": self.list}
