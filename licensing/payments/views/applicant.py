"""What an application costs, what has been paid, and paying the rest by card."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.cards import way_through as provider
from licensing.cards.client import NoAnswer
from licensing.payments.models import CardPayment
from licensing.payments.queries import payments as queries
from registry import web
from registry.errors import Reason, Refused

SILENT = Reason(
    "no_answer",
    _(
        "Paying by card does not work at the moment: the payment service does not answer. Nothing was paid. Try again later, or pay by bank transfer."
    ),
)
NOT_OFFERED = Reason("not_offered", _("Paying by card is not offered here. Pay by bank transfer."))


@web.page("licensing.apply")
def application_payments(request: web.SignedIn, reference: str) -> HttpResponse:
    return _account(request, _own(request, reference))


@web.page_with_form("licensing.apply")
def pay_by_card(request: web.SignedIn, reference: str) -> HttpResponse:
    """Leads to the provider's page. To ask for this address, by a reload or going back, is to see what is still to pay."""
    own = _own(request, reference)
    if request.method != "POST":
        return redirect("application_payments", reference)
    taker = provider.card_provider()
    if taker is None:
        return _account(request, own, NOT_OFFERED, status=409)
    try:
        return redirect(provider.where_to_pay(taker, own, by=request.user, at=timezone.now()))
    except Refused as refused:
        return _account(request, own, *refused.reasons, status=409)
    except NoAnswer:
        return _account(request, own, SILENT, status=503)


@web.page("licensing.apply")
def card_payment(request: web.SignedIn, reference: str, card: str) -> HttpResponse:
    """Where the payer comes back to: what became of the payment is asked of the provider, not read off the address."""
    own = _own(request, reference)
    found = get_object_or_404(own.card_payments.select_related("application", "begun_by"), reference=card)
    taker = provider.card_provider()
    is_silent = False
    if taker and found.provider_id and not found.is_finished:
        try:
            found = provider.learned(taker, found, at=timezone.now())
        except (NoAnswer, Refused):
            is_silent = True
    return _came_back(request, own, found, is_silent=is_silent)


def _came_back(request: web.SignedIn, own: Application, card: CardPayment, *, is_silent: bool) -> HttpResponse:
    account = queries.account_of(Application.objects.get(pk=own.pk))
    receipt = next((one.receipt for one in account.received if one.payment.card_id == card.pk), None)
    page = {
        "application": account.application,
        "card": card,
        "says": queries.why_not_paid(card),
        "receipt": receipt,
        "is_silent": is_silent,
    }
    return render(request, "licensing/payments/applicant_card_payment.html", page)


def _own(request: web.SignedIn, reference: str) -> Application:
    own = Application.objects.acted_for_by(request.user).exclude(submitted_at=None)
    return get_object_or_404(own.select_related("organisation"), reference=reference)


def _account(request: web.SignedIn, own: Application, *reasons: Reason, status: int = 200) -> HttpResponse:
    page = {
        "application": own,
        "account": queries.account_of(own),
        "takes_cards": provider.card_provider() is not None,
        "bank_account": settings.BANK_ACCOUNT,
        "reasons": reasons,
    }
    return render(request, "licensing/payments/applicant_payments.html", page, status=status)
