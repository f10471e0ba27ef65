"""One danger: where it came from, who was alerted, who responds and how it ended."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from compliance.danger import queries
from compliance.danger.states import ON_DUTY
from compliance.danger.steps import DANGER
from registry import web


@web.page(ON_DUTY)
def danger_sign(request: web.SignedIn, reference: str) -> HttpResponse:
    sign = DANGER.subject(request.user, reference=reference)
    page = {
        "sign": sign,
        "file": queries.danger_file(sign, by=request.user),
        "buttons": DANGER.buttons(sign, by=request.user, on=timezone.localdate()),
    }
    return render(request, "compliance/danger/sign.html", page)
