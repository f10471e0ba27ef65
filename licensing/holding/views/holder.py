"""What a holder asks and reports, other than changes: a renewal, that it supplies workers, that its licence may be misused."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from compliance import vault as compliance_queries
from licensing.application_form.forms.fields import language
from licensing.holding import forms
from licensing.holding.actions import misuse, renewals, supply
from licensing.holding.queries import holding
from licensing.holding.queries import renewals as queries
from licensing.holding.rules import holding as rules
from registry import permissions, schemes, web
from registry.errors import Reason, Refused
from registry.licences.models import Licence
from registry.memberships.states import Act
from registry.organisations.models import Organisation
from registry.schemes import said


@web.page_with_form("licensing.apply")
def renew_licence(request: web.SignedIn, number: str) -> HttpResponse:
    """What renewing means; the button starts an application that is filled in with last year's answers."""
    own, now = own_licence(request, number), timezone.now()
    today = timezone.localdate(now)
    reasons: tuple[Reason, ...] = ()
    if request.method == "POST":
        try:
            return redirect("answer_again", renewals.start(own, by=request.user, at=now).reference)
        except Refused as refused:
            reasons = refused.reasons
    scheme = schemes.in_force(own.scheme, today)
    page = {
        "licence": own,
        "renewal": queries.renewal_of(own, today=today),
        "reasons": reasons,
        "blockers": list(permissions.act_blockers(request.user, own.organisation, Act.FILL_IN, on=today)),
        "fees": [
            (said(band.title, language()), f"£{scheme.fee(band.code, 'renewal'):,.0f}") for band in scheme.fees.bands
        ],
        "fee_headings": [gettext("Turnover"), gettext("Renewal")],
        "fees_since": scheme.fees_since,
        "fees_from": said(scheme.payments.table, language()) if scheme.payments else "",
        "payment_note": said(scheme.payment_note, language()),
        "day_after": own.valid_until + timedelta(days=1),
        "expired": said(scheme.outcomes.expired, language()),
    }
    return render(request, "licensing/holding/holder_renew.html", page, status=422 if reasons else 200)


def own_licence(request: web.SignedIn, number: str) -> Licence:
    own = Licence.objects.filter(organisation__in=Organisation.objects.acted_for_by(request.user))
    return get_object_or_404(own.select_related("organisation", "listing"), number=number)


@web.page_with_form("licensing.apply")
def tell_supply(request: web.SignedIn, number: str) -> HttpResponse:
    """We have started supplying: one click, with today offered as the day."""
    own, today = own_licence(request, number), timezone.localdate()
    form = forms.Began(web.posted(request), initial={"began_on": today})
    tried = web.attempt(request, form, supply.tell, own, done=gettext("You have told us that you supply workers."))
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
    return web.form_page(request, "licensing/holding/holder_supply.html", page)


@web.page_with_form("licensing.apply")
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
        return render(request, "licensing/holding/holder_misuse_sent.html", sent)
    page = {
        "licence": own,
        "form": form,
        "ticket": given or compliance_queries.new_ticket(at=at),
        "about": [said(text, language()) for text in scheme.holding.misuse.about] if scheme.holding.misuse else [],
    }
    return web.form_page(request, "licensing/holding/holder_misuse.html", page)
