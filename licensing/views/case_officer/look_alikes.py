"""The page of one look-alike, and what an officer makes of it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from licensing.actions import radar as actions
from licensing.forms import officer as forms
from licensing.models import LookAlike
from licensing.queries import links
from licensing.rules import radar as rules
from registry import web

FORM = "licensing/case_officer/form.html"


def visible(request: web.SignedIn, reference: str) -> LookAlike:
    seen = LookAlike.objects.visible_to(request.user).select_related("organisation", "other", "closed_by")
    return get_object_or_404(seen, reference=reference)


@require_safe
@web.needs("licensing.view_look_alikes")
def look_alike(request: web.SignedIn, reference: str) -> HttpResponse:
    one = visible(request, reference)
    facts = {"look_alike": one, "links": links.link_of(one, by=request.user)}
    return render(request, "licensing/case_officer/look_alike.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.judge_look_alikes")
def confirm(request: web.SignedIn, reference: str) -> HttpResponse:
    one = visible(request, reference)
    form = forms.Because(web.typed(request))
    if web.is_sent(request, form):
        with web.reasons_on(form):
            actions.confirm(one, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("look_alike", reference)
    facts = {
        "look_alike": one,
        "form": form,
        "title": _("Confirm that they are the same people"),
        "text": _("%(organisation)s and %(other)s. Say what shows it: whoever decides reads your reason.")
        % {"organisation": one.organisation, "other": one.other},
        "press": _("Confirm"),
        "blockers": list(rules.confirm_blockers(one)),
    }
    return render(request, FORM, facts, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.judge_look_alikes")
def dismiss(request: web.SignedIn, reference: str) -> HttpResponse:
    one = visible(request, reference)
    form = forms.Because(web.typed(request))
    if web.is_sent(request, form):
        with web.reasons_on(form):
            actions.dismiss(one, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("look_alike", reference)
    facts = {
        "look_alike": one,
        "form": form,
        "title": _("Dismiss: they are not the same people"),
        "text": _("%(organisation)s and %(other)s. They are shown again only if something new speaks for it.")
        % {"organisation": one.organisation, "other": one.other},
        "press": _("Dismiss"),
        "blockers": list(rules.dismiss_blockers(one)),
    }
    return render(request, FORM, facts, status=422 if form.errors else 200)
