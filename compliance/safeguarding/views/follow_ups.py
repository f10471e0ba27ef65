"""Beginning by hand to follow what happened to a person after a referral."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from compliance.safeguarding.actions import follow_ups as actions
from compliance.safeguarding.forms import follow_ups as forms
from compliance.safeguarding.models.referrals import Referral
from compliance.safeguarding.queries import follow_ups as queries
from compliance.safeguarding.queries.danger_card import referring_scheme
from compliance.safeguarding.states import READS
from registry import web


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs(READS)
def begin_referral_follow_up(request: web.SignedIn, reference: str) -> HttpResponse:
    one = get_object_or_404(Referral.objects.visible_to(request.user), reference=reference)
    form = forms.BeginFollowUp(web.posted(request), codes=queries.begun_by_hand(one))
    if web.attempt(request, form, actions.begin_by_hand, one).is_done:
        return redirect(f"{reverse('referral', args=[one.reference])}#follow-ups")
    page = {"referral": one, "form": form, "title": _("Record what happened to the person"), "press": _("Continue")}
    return web.form_page(request, "compliance/safeguarding/form.html", page)


@require_safe
@web.needs(READS)
def follow_up_answers(request: web.SignedIn) -> HttpResponse:
    """How often each answer was recorded after a referral, such as what helped most."""
    scheme = referring_scheme("", on=timezone.localdate())
    counted = queries.counts_of_answers(scheme, by=request.user) if scheme else []
    return render(request, "compliance/safeguarding/answers.html", {"counted": counted})
