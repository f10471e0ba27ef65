"""What the list of referrals can be narrowed by."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compliance.safeguarding.models.codes import STATUSES as REFERRAL_STATUSES
from compliance.safeguarding.models.codes import ReferralKind
from compliance.safeguarding.models.referrals import Referral
from compliance.safeguarding.states import ReferralStatus
from registry import filtersets
from registry import search as index
from registry.accounts.models import User
from registry.codes import reference_typed
from registry.organisations import filters as organisation_filters
from registry.pagination import ListSection
from registry.tasks.filters import DueFilter, waiting_for

NEWEST = ("-prepared_at", "-pk")
CHILD_TO_HELP = Q(is_child=True) & ~Q(status__in=(ReferralStatus.CONCLUDED, ReferralStatus.DROPPED))


class ReferralFilter(DueFilter[Referral]):
    #: Children who still wait for something come first.
    orders = {"": (ListSection(NEWEST, CHILD_TO_HELP), ListSection(NEWEST, ~CHILD_TO_HELP))}

    q = index.search_box(label=_("Organisation, or reference"))
    status = filtersets.AnyOfFilter(label=_("Status"), choices=REFERRAL_STATUSES)
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=ReferralKind.choices, empty_label=_("Any kind"))
    child = django_filters.BooleanFilter(label=_("Children only"), method="of_children", widget=forms.CheckboxInput)
    mine = django_filters.BooleanFilter(label=_("Waiting for me"), method="is_mine", widget=forms.CheckboxInput)

    def __init__(self, asked: Mapping[str, Any], *, referrals: "QuerySet[Referral]", by: User) -> None:
        super().__init__(data=asked, queryset=referrals)
        self.by = by

    def named(self, rows: "QuerySet[Referral]", _field: str, typed: str) -> "QuerySet[Referral]":
        """By the organisation or a reference; never by who the person is, which no search reads."""
        reference = reference_typed(typed)
        about = Q(organisation__in=organisation_filters.organisations_found(typed))
        own = Q(reference=reference) | Q(report__reference=reference) | Q(inspection__reference=reference)
        return rows.filter(about | own)

    def of_children(self, rows: "QuerySet[Referral]", _field: str, wanted: bool) -> "QuerySet[Referral]":
        return rows.filter(is_child=True) if wanted else rows

    def is_mine(self, rows: "QuerySet[Referral]", _field: str, wanted: bool) -> "QuerySet[Referral]":
        return waiting_for(rows, self.by, timezone.localdate(self.at)) if wanted else rows
