"""What a holder tells and asks besides changes: that it supplies, how it meets a condition, misuse, giving the licence up."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from compliance import vault as compliance_queries
from licensing import queries
from licensing.actions import evidence, misuse, supply, surrenders
from licensing.forms import holding as forms
from licensing.forms.answers import language
from licensing.queries import holding
from licensing.rules import holding as rules
from licensing.views.holder.licences import own_licence
from registry import permissions, schemes, web
from registry.licences.states import ConditionStatus
from registry.memberships.models import Act
from registry.schemes import said


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.apply")
def tell_supply(request: web.SignedIn, number: str) -> HttpResponse:
    """We have started supplying: one click, with today offered as the day."""
    own, today = own_licence(request, number), timezone.localdate()
    form = forms.Began(web.posted(request), initial={"began_on": today})
    tried = web.attempt(request, form, supply.tell, own)
    if tried.is_done:
        return redirect("licence", number)
    start = holding.supply_of(own, today=today)
    page = {
        "licence": own,
        "form": form,
        "start": start,
        "blockers": [
            *permissions.act_blockers(request.user, own.organisation, Act.NOTIFY, on=today),
            *rules.start_blockers(own, told=start.told is not None, today=today),
        ],
    }
    return web.form_page(request, "licensing/holder/supply.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.apply")
def surrender_licence(request: web.SignedIn, number: str) -> HttpResponse:
    own, today = own_licence(request, number), timezone.localdate()
    form = forms.Surrender(web.posted(request))
    tried = web.attempt(request, form, surrenders.ask, own)
    if tried.is_done:
        return redirect("surrender_licence", number)
    scheme = schemes.in_force(own.scheme, today)
    page = {
        "licence": own,
        "form": form,
        "about": [said(text, language()) for text in scheme.holding.surrender.about]
        if scheme.holding.surrender
        else [],
        "says": said(scheme.outcomes.surrendered, language()),
        "asked": holding.surrender_asked(own),
        "authority_name": said(scheme.authority.name, language()),
        "authority_telephone": scheme.authority.telephone,
        "authority_hours": said(scheme.authority.hours, language()),
        "blockers": [
            *permissions.act_blockers(request.user, own.organisation, Act.SURRENDER, on=today),
            *rules.surrender_blockers(own, decisions=own.decisions.all(), today=today),
        ],
    }
    return web.form_page(request, "licensing/holder/surrender.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.apply")
def report_misuse(request: web.SignedIn, number: str) -> HttpResponse:
    """Somebody else seems to use the licence: told as soon as it is suspected, and answered in a mailbox."""
    own, at = own_licence(request, number), timezone.now()
    scheme, given = schemes.in_force(own.scheme, timezone.localdate(at)), request.POST.get("ticket", "")
    form = forms.Misuse(web.posted(request))
    ticket = compliance_queries.open_ticket(given, at=at)
    passphrase = ticket.passphrase()
    tried = web.attempt(request, form, misuse.report, own, once=ticket.once, passphrase=passphrase)
    if tried.is_done:
        sent = {"licence": own, "report": tried.result, "passphrase": passphrase}
        return render(request, "licensing/holder/misuse_sent.html", sent)
    page = {
        "licence": own,
        "form": form,
        "ticket": given or compliance_queries.new_ticket(at=at),
        "about": [said(text, language()) for text in scheme.holding.misuse.about] if scheme.holding.misuse else [],
    }
    return web.form_page(request, "licensing/holder/misuse.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.apply")
def send_evidence(request: web.SignedIn, number: str, condition: str) -> HttpResponse:
    own = own_licence(request, number)
    one = get_object_or_404(own.conditions.all(), reference=condition)
    form = forms.Evidence(web.posted(request), request.FILES if request.method == "POST" else None)
    tried = web.attempt(
        request, form, evidence.send, one, typed=lambda: {"text": form.cleaned_data["text"], "uploads": form.uploads}
    )
    if tried.is_done:
        return redirect("send_evidence", number, condition)
    page = {
        "licence": own,
        "condition": one,
        "standard": said(queries.scheme_of(own).standard(one.standard).title, language()),
        "sent": one.evidence.select_related("sent_by").order_by("-sent_at", "-pk"),
        "documents": queries.documents_of(one),
        "form": form,
        "blockers": [
            *permissions.act_blockers(request.user, own.organisation, Act.NOTIFY, on=timezone.localdate()),
            *rules.evidence_blockers(is_open=one.status == ConditionStatus.OPEN),
        ],
    }
    return web.form_page(request, "licensing/holder/evidence.html", page)


@require_safe
@web.needs("licensing.apply")
def own_evidence_file(request: web.SignedIn, number: str, condition: str, document: str) -> FileResponse:
    one = get_object_or_404(own_licence(request, number).conditions.all(), reference=condition)
    return web.serve(get_object_or_404(queries.documents_of(one).served(), reference=document))
