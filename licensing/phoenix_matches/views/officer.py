"""The page of one look-alike, and what an officer makes of it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from licensing.phoenix_matches import actions, rules
from licensing.phoenix_matches.models import LookAlike
from licensing.phoenix_matches.queries import links
from registry import web
from registry.form_fields import Because

JUDGE = {"confirm": actions.confirm, "dismiss": actions.dismiss}
#: What the page of each verdict is called, what it says, and its button.
WORDS = {
    "confirm": (
        _("Confirm that they are the same people"),
        _("%(organisation)s and %(other)s. Say what shows it: the decision maker reads your reason."),
        _("Confirm"),
    ),
    "dismiss": (
        _("Dismiss: they are not the same people"),
        _(
            "%(organisation)s and %(other)s. They are shown again only if something new speaks for it. If the evidence is strong, a second officer must agree."
        ),
        _("Dismiss"),
    ),
}


def visible(request: web.SignedIn, reference: str) -> LookAlike:
    seen = LookAlike.objects.visible_to(request.user).select_related(
        "organisation", "other", "closed_by", "dismissal_by"
    )
    return get_object_or_404(seen, reference=reference)


@web.page("licensing.view_look_alikes")
def look_alike(request: web.SignedIn, reference: str) -> HttpResponse:
    one = visible(request, reference)
    facts = {"look_alike": one, "links": links.link_of(one, by=request.user)}
    return render(request, "licensing/phoenix_matches/officer_match.html", facts)


@web.page_with_form("licensing.judge_look_alikes")
def judge(request: web.SignedIn, reference: str, verdict: str) -> HttpResponse:
    one = visible(request, reference)
    form = Because(web.typed(request))
    tried = web.attempt(request, form, JUDGE[verdict], one)
    if tried.is_done:
        return redirect("look_alike", reference)
    title, text, press = WORDS[verdict]
    return web.show_form(
        request,
        form,
        title=title,
        about=text % {"organisation": one.organisation, "other": one.other},
        press=press,
        back=reverse("look_alike", args=[reference]),
        blockers=rules.judge_blockers(one, verdict, by=request.user),
        heading="licensing/parts/officer_heading.html",
        look_alike=one,
    )
