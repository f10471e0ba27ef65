"""Licences as their holders see them, with all that waits for them."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from licensing.application_form.forms.fields import language
from licensing.applications.queries import holders
from licensing.conditions.queries.conditions import to_come
from licensing.decisions.models.decisions import Decision
from licensing.duties.queries.duties import duties_below
from licensing.holding.queries import holding
from licensing.holding.queries import renewals as renewals_queries
from licensing.holding.queries.surrenders import surrender_of
from licensing.holding.rules import holding as holding_rules
from licensing.holding.views.holder import own_licence
from licensing.insurances.queries import insurances_of
from licensing.licences.queries import held as held_queries
from licensing.licences.queries import home as home_queries
from licensing.licences.queries.held import applications_under_way
from registry import permissions, schemes, web
from registry.errors import Reason, Refused
from registry.languages import own_names
from registry.licences.models import Licence
from registry.memberships import queries as registry_queries
from registry.papers import printed
from registry.register.models import Entry
from registry.schemes import said
from registry.web import as_pdf
from registry.web.addresses import path_in


@web.page("licensing.apply")
def licences(request: web.SignedIn) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    home = home_queries.home_of(request.user, chosen=request.GET.get("organisation", ""), today=today)
    return render(
        request,
        "licensing/licences/holder_home.html",
        {
            "home": home,
            "invitations": registry_queries.invitations_for(request.user, at=now),
            "duties": home.duties,
            "pending": home.pending,
            "today": today,
            "licences": home.licences,
        },
    )


@web.page("licensing.apply")
def licence(request: web.SignedIn, number: str) -> HttpResponse:
    return _licence(request, own_licence(request, number))


@web.page("licensing.apply")
def licence_certificate(request: web.SignedIn, number: str) -> HttpResponse:
    """The certificate as a PDF; when the register does not show a licence today, the page that says so."""
    own = own_licence(request, number)
    entry = get_object_or_404(Entry, listing=own.listing, number=own.number, shown_until=None)

    def print_it() -> bytes:
        return printed.certificate(entry, language=request.user.language, at=timezone.now())

    try:
        return as_pdf(request, print_it, name=own.number)
    except Refused as refused:
        return _licence(request, own, refused.reasons, status=409)


@web.page("licensing.apply")
def show_licence(request: web.SignedIn, number: str) -> HttpResponse:
    """A code for the holder's own screen, another each minute, so that a copy is told apart."""
    own, now = own_licence(request, number), timezone.now()
    try:
        code = held_queries.live_code(own, at=now)
    except Refused as refused:
        return _licence(request, own, refused.reasons, status=409)
    page = {
        "licence": own,
        "address": f"{settings.SITE_ADDRESS}/c/{code}/",
        "groups": [code[start : start + 4] for start in range(0, len(code), 4)],
        "at": now,
        "seconds_left": 60 - now.second,
    }
    return render(request, "licensing/licences/holder_show.html", page)


def _licence(
    request: web.SignedIn, own: Licence, reasons: tuple[Reason, ...] = (), *, status: int = 200
) -> HttpResponse:
    today, spoken = timezone.localdate(), language()
    held = held_queries.held(own, today=today)
    now = schemes.in_force(own.scheme, today)
    decisions = Decision.objects.visible_to(request.user).filter(licence=own).order_by("-proposed_at")
    pages = [
        reverse("licence", args=[own.number]),
        *(reverse("own_appeal", args=[one.reference]) for one in decisions),
        *(reverse("application_tasks", args=[one]) for one in applications_under_way(own)),
    ]
    given_up = surrender_of(own)
    duties, pending = duties_below(*pages, organisation=own.organisation, by=request.user, today=today)
    return render(
        request,
        "licensing/licences/holder_licence.html",
        {
            "licence": own,
            "held": held,
            "rows": _rows(own, schemes.get(own.scheme, own.version)),
            "conditions": own.conditions.annotate(sent_at=Max("evidence__sent_at")).order_by("due_on", "pk"),
            "decisions": decisions,
            "letters": holders.letters_of_licence(own),
            "renewal": renewals_queries.renewal_of(own, today=today),
            "given_up": given_up,
            "may": permissions.acts_open_to(request.user, own.organisation, on=today),
            "may_keep": not any(holding_rules.take_back_blockers(own, asked=given_up, today=today)),
            "to_come": to_come(own),
            "is_held": not any(holding_rules.holding_blockers(own, today=today)),
            "insurances": insurances_of(own, on=today),
            "is_scored": now.targeting is not None,
            "supply": holding.supply_of(own, today=today),
            "day_after": own.valid_until + timedelta(days=1),
            "expired": said(now.outcomes.expired, spoken),
            "worker_languages": own_names(),
            "poster": path_in(settings.LANGUAGE_CODE, reverse("poster_of", args=[own.number])),
            "reasons": reasons,
            "duties": duties,
            "pending": pending,
            "today": today,
        },
        status=status,
    )


def _rows(own: Licence, granted_under: schemes.Scheme) -> list[dict[str, str]]:
    dates = {
        gettext("First day"): own.valid_from,
        gettext("Last day"): own.last_day,
        gettext("Suspended from"): own.suspended_from,
        gettext("Last day of the suspension"): own.suspended_until,
        gettext("Revoked from"): own.revoked_from,
        gettext("Revoked, under appeal since"): own.appealed_from,
        gettext("Surrendered from"): own.surrendered_from,
        gettext("Ended from"): own.ended_from,
    }
    sectors = [said(granted_under.sector(code).title, language()) for code in own.sectors]
    countries = [said(granted_under.nation(code).title, language()) for code in own.countries_supplied]
    return [
        *({"key": key, "value": date_format(day, "j F Y")} for key, day in dates.items() if day),
        {"key": gettext("Work it covers"), "value": "\n".join(sectors)},
        {"key": gettext("Supplies to"), "value": "\n".join(countries)},
    ]
