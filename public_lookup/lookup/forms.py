"""The shape of what a person typed on the public pages."""

from collections.abc import Hashable, Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from public_lookup.lookup import filters
from public_lookup.lookup.queries import instants as queries
from registry import search as index
from registry.campaigns.queries import plain_word
from registry.web import DATE_PARTS, DatePartsField

#: How an address, or the switch of the search form, says that no page of this visit is to be in the history of the browser.
NO_TRACE = "no"


class AsAt(forms.Form):
    """Which day is asked about: in three inputs, or in an address as `?at=2026-03-27`. Nothing typed is now.

    The word of the campaign by which someone came goes along from page to page of this visit, and is kept nowhere. So does
    the wish to leave no trace of the visit in the history of the browser.
    """

    all_optional = True

    at = DatePartsField(
        required=False,
        label=_("See the register as it was on a past day"),
        help_text=_("For example, 27 3 2026"),
    )

    def __init__(self, asked: Mapping[str, Any], *, now: datetime) -> None:
        typed = {f"at_{part}": asked.get(f"at_{part}", "") for part in DATE_PARTS}
        self.is_typed = any(typed.values())
        self._is_repeated = filters.is_repeated(asked, "at", *typed)
        self.campaign = plain_word(asked.get("campaign", ""))
        self.leaves_no_trace = asked.get("trace") == NO_TRACE
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
        trace = NO_TRACE if self.leaves_no_trace else ""
        asked = {"at": day.isoformat() if day else self.address, "campaign": self.campaign, "trace": trace}
        given = {name: value for name, value in asked.items() if value}
        return f"?{urlencode(given)}" if given else ""

    @property
    def campaign_query(self) -> str:
        """The end of an address to which the word goes along."""
        return f"?campaign={self.campaign}" if self.campaign else ""

    @property
    def campaign_too(self) -> str:
        """The same where there is a question mark already."""
        return f"&campaign={self.campaign}" if self.campaign else ""

    def clean_at(self) -> date | None:
        if self._is_repeated:
            raise ValidationError(filters.ONE_ANSWER)
        day: date | None = self.cleaned_data["at"]
        if day is None:
            return None
        try:
            self._instant = queries.instant(day.isoformat(), now=self.now)
        except queries.UnreadableQuestion as misread:
            raise ValidationError([str(reason) for reason in misread.reasons]) from None
        return day

    def _is_exact(self) -> bool:
        """An instant with its zone, such as an address of the API has it."""
        try:
            exact = queries.instant(self.address, now=self.now)
        except queries.UnreadableQuestion:
            return False
        if "T" not in self.address:
            return False
        self._instant = exact
        return True


class Person(forms.Form):
    """Somebody who says that they act for a holder."""

    person = forms.CharField(
        label=_("Name of the person"),
        help_text=_("First name and last name"),
        max_length=index.LONGEST,
        error_messages={
            "required": _("Enter the name of the person."),
            "max_length": _("Enter at most 100 characters."),
        },
    )
