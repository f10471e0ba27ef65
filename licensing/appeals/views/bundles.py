"""The page of one appeal, how it is received, and its bundle."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from licensing.appeals.actions import bundles
from licensing.appeals.lists import SEES
from licensing.appeals.models import AppealBundle
from licensing.appeals.steps import APPEAL
from registry import web
from registry.errors import Refused
from registry.web import as_pdf


@web.button(SEES)
def bundle(request: web.SignedIn, reference: str) -> HttpResponse:
    """Ask for everything that the decision rested on; the background worker makes it, and the page of the appeal has it."""
    one = APPEAL.subject(request.user, reference=reference)
    try:
        bundles.ask(one, by=request.user, at=timezone.now())
    except Refused as refused:
        for reason in refused.reasons:
            messages.warning(request, str(reason))
    return redirect(f"{reverse('appeal', args=[one.reference])}#bundle")


@web.button(SEES)
def take_bundle(request: web.SignedIn, reference: str, bundle: int) -> HttpResponse:
    """The bundle as one file; that it left is noted."""
    one = APPEAL.subject(request.user, reference=reference)
    made = get_object_or_404(AppealBundle, pk=bundle, appeal=one)
    try:
        return as_pdf(
            request, lambda: bundles.take(made, by=request.user, at=timezone.now()), name=f"{one.reference} bundle"
        )
    except Refused as refused:
        for reason in refused.reasons:
            messages.warning(request, str(reason))
        return redirect(f"{reverse('appeal', args=[one.reference])}#bundle")
