"""For whoever meets people who may be victims: what to do at once, and referrals from the first word to the last answer.

No form here is held over a sign-in: what is typed of a person waits in no session (`web.posted`, and no seal).
"""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from compliance import vault
from compliance.safeguarding.actions import referrals as actions
from compliance.safeguarding.forms import referrals as forms
from compliance.safeguarding.models.referrals import Referral
from compliance.safeguarding.queries import danger_card, referrals
from compliance.safeguarding.queries.origins import named
from compliance.safeguarding.queries.origins import origin as origin_of
from compliance.safeguarding.rules import referrals as rules
from compliance.safeguarding.states import PREPARES, READS
from compliance.safeguarding.steps import REFERRAL, STEP
from registry import web
from registry.accounts.models import User
from registry.schemes import Scheme


@web.page_with_form(PREPARES)
def prepare(request: web.SignedIn) -> HttpResponse:
    began = {name: request.GET.get(name, "")[:20] for name in ("report", "inspection", "number")}
    origin = origin_of(report=began["report"], inspection=began["inspection"], by=request.user)
    came = origin["inspection"] or origin["report"]
    scheme = danger_card.referring_scheme(came.scheme if came else "", on=timezone.localdate())
    if scheme is None:
        return render(request, "compliance/safeguarding/switched_off.html", status=404)
    asked = forms.Age(request.GET if {"age", "asked"} & request.GET.keys() else None)
    if not asked.is_valid():
        kept = {name: value for name, value in began.items() if value}
        page = {"form": asked, "kept": kept, "title": _("Prepare a referral")}
        return web.form_page(request, "compliance/safeguarding/age.html", page)
    form = _prepare_form(request, scheme, asked.cleaned_data["age"], number=None if came else began["number"])

    def prepared(*, by: User, at: datetime, **typed: Any) -> Referral:
        return actions.prepare(
            kind=typed["kind"],
            facts=rules.Facts.of(typed),
            scheme=scheme,
            **(named(typed["number"], by=by) if typed.get("number") else origin),
            by=by,
            at=at,
        )

    tried = web.attempt(request, form, prepared, typed=form.facts)
    if tried.is_done:
        return redirect("referral", tried.result.reference)
    return web.show_form(
        request,
        form,
        title=_("Prepare a referral"),
        press=_("Prepare a referral"),
        back=reverse("referrals"),
        is_held=False,
        template=STEP,
        careful="closed",
    )


def _prepare_form(request: web.SignedIn, scheme: Scheme, age: str, *, number: str | None) -> forms.Prepare:
    """Of a child nobody is asked for consent; of somebody whose age is not known the band says so. A number of None is not asked."""
    is_child = age != forms.ADULT
    choices = referrals.offered(scheme, is_child=is_child)
    begun = {"number": number, **({"age_band": referrals.CHILD_NOT_KNOWN} if age == forms.UNSURE else {})}
    if len(choices["kind"]) == 1:
        begun["kind"] = choices["kind"][0][0]
    has_origin = number is None
    return forms.Prepare(web.posted(request), offered=choices, is_child=is_child, has_origin=has_origin, initial=begun)


@web.page(PREPARES, READS)
def referral(request: web.SignedIn, reference: str) -> HttpResponse:
    one = REFERRAL.subject(request.user, reference=reference)
    page = {
        "referral": one,
        "file": referrals.referral_file(one),
        "buttons": REFERRAL.buttons(one, by=request.user, on=timezone.localdate()),
    }
    return render(request, "compliance/safeguarding/referral.html", page)


@sensitive_post_parameters()
@sensitive_variables()
@web.page_with_form(PREPARES)
def identify(request: web.SignedIn, reference: str) -> HttpResponse:
    """Who the person is: of an adult who has not consented there is no form, and what is posted is not read."""
    one = REFERRAL.subject(request.user, reference=reference)
    blockers = list(rules.identify_blockers(one))
    if not one.may_be_named:
        page = {"referral": one, "reasons": blockers, "title": _("Write down who it is")}
        return render(request, "compliance/safeguarding/refused.html", page, status=409)
    form = forms.Identity(web.posted(request))
    tried = web.attempt(request, form, actions.identify, one, typed=lambda: {"identity": form.cleaned_data})
    if tried.is_done:
        return redirect("referral", reference)
    return web.show_form(
        request,
        form,
        title=_("Write down who it is"),
        press=_("Write down who it is"),
        back=reverse("referral", args=[reference]),
        blockers=blockers,
        is_held=False,
        template=STEP,
        careful="sealed",
        subject=one,
    )


@sensitive_variables()
@web.page_with_form(PREPARES, READS)
def look(request: web.SignedIn, reference: str) -> HttpResponse:
    """Who the person is, once: a second factor shown within ten minutes, and a reason each time."""
    one = REFERRAL.subject(request.user, reference=reference)
    form = forms.Why(web.posted(request))
    page: dict[str, Any] = {"referral": one, "form": form, "title": _("Open who it is")}
    if web.is_sent(request, form) and not web.is_stepped_up(request):
        return web.to_step_up(request)
    tried = web.attempt(request, form, actions.look, one)
    if tried.is_done:
        page["identity"] = tried.result
    page["blockers"] = list(rules.look_blockers(one, has_person=vault.has_person(one), by=request.user))
    return web.form_page(request, "compliance/safeguarding/look.html", page)
