"""The duties of a business as a list by day, as a calendar, and how a person is reminded of them."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from licensing.applications.queries.holders import organisations_of
from licensing.duties import actions, forms
from licensing.duties.queries import calendars, reminders
from licensing.duties.queries import duties as queries
from registry import permissions, web


@web.page("licensing.apply")
def duties(request: web.SignedIn) -> HttpResponse:
    today = timezone.localdate()
    acting = permissions.acting(request.user, on=today)
    found = queries.duties_of(acting, today=today)
    facts = {
        "days": queries.by_day(found),
        "pending": queries.pending_for(acting, today=today),
        "calendars": [
            (one, _address(one.duty_calendar.seed) if hasattr(one, "duty_calendar") else "")
            for one in calendars.calendars_for(request.user, today=today)
        ],
        "choice": reminders.choice_of(request.user),
        "today": today,
    }
    return render(request, "licensing/duties/duties.html", facts)


@web.page_with_form("licensing.apply")
def choose_reminders(request: web.SignedIn) -> HttpResponse:
    choice = reminders.choice_of(request.user)
    known = {
        "by_email": "yes" if choice.by_email else "no",
        "by_text": "yes" if choice.by_text else "no",
        "telephone": choice.telephone,
        "days_before": choice.days_before,
    }
    form = forms.Reminders(web.typed(request), initial=known, sends_texts=reminders.sends_texts())
    tried = web.attempt(request, form, actions.choose_reminders, request.user, done=_("Your reminders are set."))
    if tried.is_done:
        return redirect("duties")
    return web.show_form(
        request,
        form,
        title=_("Your reminders"),
        press=_("Save"),
        back=reverse("duties"),
        back_text=_("Your duties and dates"),
        about=_("Letters about decisions and renewals always come. These reminders come as well."),
    )


@web.button("licensing.apply")
def make_calendar(request: web.SignedIn, reference: str) -> HttpResponse:
    organisation = get_object_or_404(organisations_of(request.user), reference=reference)
    actions.make_calendar(organisation, by=request.user, at=timezone.now())
    return redirect(f"{reverse('duties')}#calendar")


@web.button("licensing.apply")
def end_calendar(request: web.SignedIn, reference: str) -> HttpResponse:
    organisation = get_object_or_404(organisations_of(request.user), reference=reference)
    actions.end_calendar(organisation, by=request.user, at=timezone.now())
    return redirect(f"{reverse('duties')}#calendar")


@login_not_required
@require_safe
def duties_ics(request: HttpRequest, code: str) -> HttpResponse:
    """The calendar at its private address. Who has left, and every other code, gets the same answer: there is no such page."""
    now = timezone.now()
    acting = calendars.calendar_of(code, today=timezone.localdate(now))
    if acting is None:
        raise Http404
    with translation.override(acting.membership.user.language):
        text = calendars.duties_ics(acting, host=request.get_host(), at=now)
    private = {"Cache-Control": "no-store, private", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=private)


def _address(seed: str) -> str:
    return f"{settings.SITE_ADDRESS}{reverse('duties_ics', args=[calendars.code_of(seed)])}"
