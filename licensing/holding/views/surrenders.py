"""Surrendering a licence: what it means, a check page, and taking it back until the day before it takes effect."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from licensing.application_form.forms.fields import language
from licensing.holding import forms
from licensing.holding.actions import surrenders
from licensing.holding.queries.surrenders import surrender_of
from licensing.holding.rules import holding as rules
from licensing.holding.views.holder import own_licence
from registry import permissions, schemes, web
from registry.form_fields import Press
from registry.licences.models import Licence
from registry.memberships.states import Act
from registry.overdue import has_passed
from registry.schemes import said


@web.page_with_form("licensing.apply")
def surrender_licence(request: web.SignedIn, number: str) -> HttpResponse:
    """What it means and from when; then the check page with the letter; then who asks shows who they are."""
    own, today = own_licence(request, number), timezone.localdate()
    form = forms.Surrender(web.typed(request))
    if web.is_sent(request, form) and not web.asks_first(request) and not web.has_shown_who(request):
        return web.to_show_who(request)
    done = _("You have asked to surrender the licence.")
    tried = web.attempt(request, form, surrenders.ask, own, previews=True, done=done)
    if tried.is_done:
        return redirect("surrender_licence", number)
    scheme = schemes.in_force(own.scheme, today)
    terms = scheme.holding.surrender
    page = {
        **_state(request, own),
        "form": form,
        "letters": tried.letters,
        "about": [said(text, language()) for text in terms.about] if terms else [],
        "says": said(scheme.outcomes.surrendered, language()),
        "blockers": [
            *permissions.act_blockers(request.user, own.organisation, Act.SURRENDER, on=today),
            *rules.surrender_blockers(own, decisions=own.decisions.all(), today=today),
        ],
    }
    is_checking = web.is_checking(request, form, tried)
    shown = "holder_surrender_check" if is_checking else "holder_surrender"
    return web.form_page(request, f"licensing/holding/{shown}.html", page)


@web.page_with_form("licensing.apply")
def keep_licence(request: web.SignedIn, number: str) -> HttpResponse:
    """Take the surrender back: what follows, and one button."""
    own = own_licence(request, number)
    form = Press(web.posted(request))
    done = _("You have taken the surrender back. You keep the licence.")
    if web.attempt(request, form, surrenders.take_back, own, done=done).is_done:
        return redirect("licence", number)
    return web.form_page(request, "licensing/holding/holder_keep_licence.html", {**_state(request, own), "form": form})


def _state(request: web.SignedIn, own: Licence) -> dict[str, Any]:
    today, asked = timezone.localdate(), surrender_of(own)
    return {
        "licence": own,
        "asked": asked,
        "is_late": asked is not None and has_passed(asked.takes_effect, today),
        "last_day": own.last_day,
        "keep_blockers": [
            *permissions.act_blockers(request.user, own.organisation, Act.SURRENDER, on=today),
            *rules.take_back_blockers(own, asked=asked, today=today),
        ],
    }
