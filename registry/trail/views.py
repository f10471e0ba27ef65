"""The proof that nothing in the trail was changed."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from registry import forms, web
from registry.trail.actions import verifications
from registry.trail.queries import verification


@web.page_with_form("registry.read_trail")
def verify_trail(request: web.SignedIn) -> HttpResponse:
    """Asks the background worker to read everything from first to last, and shows its results."""
    form = forms.Published(web.posted(request))
    if form.is_valid():
        verifications.ask(form.head, by=request.user, at=timezone.now())
        return redirect("verify_trail")
    return render(
        request,
        "registry/trail/verify.html",
        {"form": form, "verifications": verification.verifications()},
        status=422 if form.is_bound else 200,
    )
