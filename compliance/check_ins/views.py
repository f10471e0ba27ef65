"""Checking in to a visit and out of it, on a telephone."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from compliance.check_ins import actions, forms, queries, rules
from compliance.check_ins.actions import SEES
from compliance.inspections.models import Inspection
from compliance.inspections.steps import of_inspection_page
from compliance.plans.queries.plans import plan_of
from registry import web
from registry.form_fields import Press


@web.page_with_form(SEES)
def check_in(request: web.SignedIn, reference: str) -> HttpResponse:
    inspection, at = _inspection(request, reference), timezone.now()
    form = forms.Expected(web.typed(request), at=at)
    tried = web.attempt(request, form, actions.check_in, inspection, typed=lambda: {"expected_at": form.expected_at})
    if tried.is_done:
        return redirect("inspection", reference)
    elsewhere = queries.own_stay(request.user)
    blockers = rules.check_in_blockers(
        inspection,
        plan=plan_of(inspection),
        elsewhere=elsewhere,
        needed_two_before=queries.needed_two_before(inspection),
        by=request.user,
        at=at,
    )
    return web.show_form(
        request,
        form,
        title=_("Check in to the visit"),
        about=rules.ABOUT,
        press=_("Check in"),
        back=_back(request, inspection),
        blockers=blockers,
        **of_inspection_page(inspection),
    )


@web.page_with_form(SEES)
def check_out(request: web.SignedIn, reference: str) -> HttpResponse:
    stay = queries.own_stay(request.user, reference)
    if stay is None:
        return redirect("inspection", _inspection(request, reference).reference)
    form = Press(web.typed(request))
    if web.attempt(request, form, actions.check_out, stay).is_done:
        return redirect(_back(request, stay.inspection))
    return web.show_form(
        request,
        form,
        title=_("Check out of the visit"),
        about=_("Check out as soon as you have left the place and are safe."),
        press=_("I have left and am safe"),
        back=_back(request, stay.inspection),
        **of_inspection_page(stay.inspection),
    )


@web.page_with_form(SEES)
def stay_longer(request: web.SignedIn, reference: str) -> HttpResponse:
    stay, at = queries.own_stay(request.user, reference), timezone.now()
    if stay is None:
        return redirect("inspection", _inspection(request, reference).reference)
    form = forms.Expected(web.typed(request), at=at)
    tried = web.attempt(request, form, actions.stay_longer, stay, typed=lambda: {"expected_at": form.expected_at})
    if tried.is_done:
        return redirect(_back(request, stay.inspection))
    return web.show_form(
        request,
        form,
        title=_("Stay longer"),
        press=_("Save"),
        back=_back(request, stay.inspection),
        blockers=rules.longer_blockers(stay, at=at),
        **of_inspection_page(stay.inspection),
    )


def _back(request: web.SignedIn, inspection: Inspection) -> str:
    """Who is on a visit that was given to someone else checks out of it, and does not see it any more."""
    sees = Inspection.objects.visible_to(request.user).filter(pk=inspection.pk).exists()
    return reverse("inspection", args=[inspection.reference]) if sees else reverse("home")


def _inspection(request: web.SignedIn, reference: str) -> Inspection:
    visible = Inspection.objects.visible_to(request.user).select_related("organisation", "inspector")
    return get_object_or_404(visible, reference=reference)
