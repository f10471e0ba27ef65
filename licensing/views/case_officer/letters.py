"""Letters as staff read them, and those that no mail server took."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from licensing.forms import officer as forms
from licensing.views.holder.letters import as_pdf
from registry import letters, queries, rules, web
from registry.actions import letters as actions
from registry.models import Letter


@require_safe
@web.needs("licensing.view_applications")
def undelivered(request: web.SignedIn) -> HttpResponse:
    found = queries.undelivered(request.GET, at=timezone.now())
    title = _("Letters that have not arrived")
    return web.list_page(request, "licensing/case_officer/undelivered.html", found, title=title)


@require_safe
@web.needs("licensing.view_applications")
def letter(request: web.SignedIn, number: str) -> HttpResponse:
    """The letter as it was sent, to whom, and what became of it."""
    one = _visible(number)
    facts = {"letter": one, "words": letters.fragment(one), "blockers": list(rules.send_again_blockers(one))}
    return render(request, "licensing/case_officer/letter.html", facts)


@require_safe
@web.needs("licensing.view_applications")
def letter_pdf(request: web.SignedIn, number: str) -> HttpResponse:
    one = _visible(number)
    return as_pdf(request, lambda: letters.printed(one), name=one.number)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("registry.send_letter_again")
def send_letter_again(request: web.SignedIn, number: str) -> HttpResponse:
    one = _visible(number)
    refused = next(iter(one.refused), one.address)
    form = forms.SendAgain(web.typed(request), initial={"address": refused})
    if web.is_sent(request, form):
        with web.reasons_on(form):
            actions.send_again(one, address=form.cleaned_data["address"], by=request.user, at=timezone.now())
            return redirect("staff_letter", number)
    facts = {"letter": one, "form": form, "blockers": list(rules.send_again_blockers(one))}
    page = "licensing/case_officer/send_again.html"
    return render(request, page, facts, status=422 if form.errors else 200)


def _visible(number: str) -> Letter:
    return get_object_or_404(queries.letters_of_business(), number=number)
