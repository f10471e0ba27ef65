"""What another authority reads of what was passed on to it, and its answer."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from compliance.hand_overs import actions, forms, rules
from compliance.hand_overs.models import HandOver
from registry import web


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("compliance.receive_intelligence")
def passed(request: web.SignedIn, reference: str) -> HttpResponse:
    row = get_object_or_404(HandOver.objects.for_partner(request.user), reference=reference)
    form = forms.Reply(web.typed(request))
    if web.attempt(request, form, actions.record_reply, row).is_done:
        return redirect("passed_hand_over", reference)
    facts = {"hand_over": row, "form": form, "blockers": list(rules.reply_blockers(row))}
    return web.form_page(request, "compliance/hand_overs/partner_hand_over.html", facts)
