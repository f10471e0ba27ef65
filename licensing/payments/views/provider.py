"""What the provider of card payments tells us by itself."""

import logging

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from licensing.cards import client as courier
from licensing.cards import way_through as web
from licensing.cards.client import ForgedMessage, NoAnswer
from licensing.payments.actions import cards
from licensing.payments.models import CardPayment
from licensing.payments.rules.payments import ProviderPayment
from registry.errors import Refused

logger = logging.getLogger(__name__)


@csrf_exempt
@login_not_required
@require_POST
def card_payment_told(request: HttpRequest) -> HttpResponse:
    """Takes in a signed message about a payment, however often it comes. What cannot be believed changes nothing.

    Answers 404 for a payment that we do not know yet, so that the provider says it again later.
    """
    if web.card_provider() is None:
        raise Http404
    try:
        told = courier.heard(
            request.body, signature=request.headers.get("Pay-Signature", ""), secret=settings.CARD_PAYMENTS_SECRET
        )
    except ForgedMessage:
        return JsonResponse({"taken": False}, status=403)
    except NoAnswer:
        return JsonResponse({"taken": False}, status=400)
    return JsonResponse({"taken": True}) if told is None else _taken_in(told)


def _taken_in(told: ProviderPayment) -> HttpResponse:
    card = get_object_or_404(CardPayment.objects.select_related("application"), provider_id=told.payment_id)
    try:
        cards.learn(card, told=told, at=timezone.now())
    except Refused as refused:
        logger.error("A message about card payment %s does not fit it: %s", card, refused)
        return JsonResponse({"taken": False}, status=422)
    return JsonResponse({"taken": True})
