"""How it is asked that something may be shared with a guarded authority, and what the second person does with it."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from compliance.guarded_sharing import rules
from compliance.guarded_sharing.models import GuardedSharing
from compliance.guarded_sharing.states import APPROVES, NOT_APPROVED, SEES
from compliance.hand_overs.models import HandOver
from compliance.hand_overs.states import HANDLES, QUIET
from compliance.hand_overs.steps import HEADING
from compliance.hand_overs.steps import URL as HAND_OVERS
from compliance.inspections.models import Inspection
from compliance.inspections.steps import QUIET as OF_VISITS
from compliance.intelligence.models.intelligence import Intelligence
from compliance.intelligence.rules import shared_blockers
from compliance.intelligence.steps import why_first
from compliance.sharing_requests import actions, forms
from compliance.sharing_requests.queries import sharings as queries
from registry.accounts.models import User
from registry.agencies import queries as agencies
from registry.agencies.models import Agency
from registry.form_fields import Because
from registry.refusals.steps import reading_step
from registry.steps import Step, Steps

TITLE = _("Ask to share with a guarded authority")
ABOUT = _(
    "A second person must approve it. We publish how often anything is shared with guarded authorities. Nothing may say "
    "who told us."
)


def _form(data: Any, about: Any, on: date) -> forms.AskToShare:
    guarded = Agency.objects.filter(pk__in=[one.pk for one in agencies.guarded_agencies(on)]).order_by("name")
    return forms.AskToShare(data, agencies=guarded, ways=queries.WAYS[type(about)], bases=queries.basis_choices(on))


def _ask(permission: str, **options: Any) -> Step:
    return Step(
        "ask_to_share",
        TITLE,
        press=_("Ask for approval"),
        permission=permission,
        form=_form,
        about=ABOUT,
        action=actions.ask_to_share,
        then=lambda about, sharing: reverse("guarded_sharing", args=[sharing.reference]),
        kind="guardedsharing",
        done=_("Asked to share with a guarded authority"),
        **options,
    )


def _has_guarded(on: date) -> bool:
    return bool(agencies.guarded_agencies(on))


GUARDED_INTELLIGENCE = Steps(
    Intelligence,
    "guarded_intelligence",
    page="intelligence",
    url="staff/intelligence/<str:reference>",
    steps=(_ask("compliance.record_intelligence", first=why_first, blockers=lambda one, by, on: shared_blockers(one)),),
)
GUARDED_HAND_OVER = Steps(
    HandOver,
    "guarded_hand_over",
    page="hand_over",
    url=HAND_OVERS,
    related=("organisation", "agency"),
    heading=HEADING,
    facts=lambda one: {"hand_over": one},
    unchanged_by=QUIET,
    steps=(_ask(HANDLES, fits=lambda one, on: one.is_for_authority and _has_guarded(on)),),
)
GUARDED_VISIT = Steps(
    Inspection,
    "guarded_visit",
    page="inspection",
    url="staff/inspections/<str:reference>",
    heading="compliance/parts/heading.html",
    facts=lambda inspection: {"inspection": inspection},
    unchanged_by=OF_VISITS,
    steps=(_ask("compliance.plan_visits", in_statuses=("commissioned",), fits=lambda one, on: _has_guarded(on)),),
)


#: The steps of the person who asked. No one else is shown them.
OWN = ("read_refusal", "withdraw")


def _own(user: User) -> "QuerySet[GuardedSharing]":
    return GuardedSharing.objects.visible_to(user).filter(asked_by=user)


SHARING = Steps(
    GuardedSharing,
    "guarded_sharing",
    url="staff/guarded-sharing/<str:reference>",
    related=("agency", "asked_by", "ended_by", "intelligence", "hand_over", "inspection"),
    permission=APPROVES,
    steps=(
        Step(
            "approve",
            _("Approve the sharing"),
            press=_("Approve"),
            about=queries.sharing_in_words,
            blockers=lambda sharing, by, on: rules.approve_blockers(sharing, by=by),
            action=actions.approve_sharing,
            asks_factor=True,
            style="",
            done=_("Sharing with a guarded authority approved"),
        ),
        Step(
            "refuse",
            _("Do not approve the sharing"),
            press=_("Do not approve"),
            form=Because,
            about=queries.sharing_in_words,
            blockers=lambda sharing, by, on: rules.refuse_blockers(sharing, by=by),
            action=actions.refuse_sharing,
            done=_("Sharing with a guarded authority not approved"),
        ),
        reading_step(NOT_APPROVED, rows=_own),
        Step(
            "withdraw",
            _("Withdraw what you asked to share"),
            press=_("Withdraw"),
            permission=SEES,
            rows=_own,
            blockers=lambda sharing, by, on: rules.own_blockers(sharing, "withdraw_sharing", by=by),
            action=actions.withdraw_sharing,
            done=_("Request to share withdrawn"),
        ),
    ),
)
