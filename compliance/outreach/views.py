"""Campaigns: planned, approved by a second person, and what came of each in totals, from which the next is planned."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance.outreach import forms, queries
from compliance.outreach.steps import STEPS
from registry import schemes, web
from registry.campaigns import actions
from registry.campaigns.models import Campaign
from registry.campaigns.rules import WITHIN
from registry.campaigns.states import PLANS, SEES, CampaignTotal
from registry.languages import own_names
from registry.schemes import said


@web.page(*SEES)
def campaigns(request: web.SignedIn) -> HttpResponse:
    found, today = queries.campaigns(), timezone.localdate()
    running = [one for one in found if one.status == "approved" and one.starts_on <= today]
    return render(request, "compliance/outreach/campaigns.html", {"campaigns": found, "running": running})


@web.page(*SEES)
def campaign(request: web.SignedIn, reference: str) -> HttpResponse:
    seen = Campaign.objects.visible_to(request.user).select_related("planned_by", "decided_by", "follows_from")
    one, today = get_object_or_404(seen, reference=reference), timezone.localdate()
    page = {
        "one": one,
        "found": queries.results_of(one, today),
        "within": WITHIN,
        "next_ones": one.next_ones.order_by("pk"),
        "buttons": STEPS.buttons(one, by=request.user, on=today),
    }
    return render(request, "compliance/outreach/campaign.html", page)


@web.page_with_form(PLANS)
def plan_campaign(request: web.SignedIn) -> HttpResponse:
    """A new campaign; `?from=` names the one from whose results it is planned, and begins with what that had."""
    before = Campaign.objects.filter(reference=request.GET.get("from", "")).first()
    offered = [(one.name, said(one.title, get_language())) for one in schemes.all_in_force(timezone.localdate())]
    form = forms.PlanCampaign(web.typed(request), initial=_begun(before), schemes=offered, languages=own_names())

    def planned(**typed: Any) -> Campaign:
        pence = round(typed.pop("cost") * 100)
        return actions.plan_campaign(**typed, pence=pence, follows_from=before)

    tried = web.attempt(request, form, planned)
    if tried.is_done:
        return redirect("campaign", tried.result.reference)
    return web.show_form(
        request,
        form,
        title=_("Plan a campaign"),
        press=_("Send for approval"),
        back=reverse("campaigns"),
        about=_("Planned from the results of %(title)s.") % {"title": before.title} if before else "",
    )


def _begun(before: Campaign | None) -> dict[str, Any]:
    if before is None:
        return {}
    kept = {name: getattr(before, name) for name in ("scheme", "title", "language", "channel")}
    return {**kept, "places": "\n".join(before.places), "cost": f"{before.pence / 100:.2f}"}


@web.button(PLANS)
def count_call(request: web.SignedIn) -> HttpResponse:
    """One caller named this campaign: a total, as of those who came by its address, with neither caller nor time."""
    at = timezone.now()
    running = Campaign.objects.begun_by(timezone.localdate(at)).values_list("word", flat=True)
    form = forms.CountCall(request.POST, words=running)
    if form.is_valid():
        web.count_visit(form.cleaned_data["word"], CampaignTotal.CALL, at=at)
        messages.success(request, _("The call has been counted."))
    else:
        messages.error(request, str(form.errors["word"][0]))
    return redirect("campaigns")
