"""Every address of this app, room by room; the order matters where one could be read as another."""

from django.urls import URLPattern, URLResolver, include, path

from licensing.declared import LISTS, STEPS
from registry import steps, worklists

urlpatterns: list[URLPattern | URLResolver] = [
    *worklists.urls(LISTS),
    *steps.urls(STEPS),
    path("", include("licensing.retention.urls")),
    path("", include("licensing.payments.urls")),
    path("", include("licensing.overrides.urls")),
    path("", include("licensing.checks.urls")),
    path("", include("licensing.application_form.urls")),
    path("", include("licensing.messages.urls")),
    path("", include("licensing.requests.urls")),
    path("", include("licensing.decisions.urls")),
    path("", include("licensing.insurances.urls")),
    path("", include("licensing.holding.urls")),
    path("", include("licensing.people_named.urls")),
    path("", include("licensing.applications.urls")),
    path("", include("licensing.duties.urls")),
    path("", include("licensing.licences.urls")),
    path("", include("licensing.letters.urls")),
    path("", include("licensing.correspondence.urls")),
    path("", include("licensing.appeals.urls")),
    path("", include("licensing.conditions.urls")),
    path("", include("licensing.cases.urls")),
    path("", include("licensing.dossiers.urls")),
    path("", include("licensing.findings.urls")),
    path("", include("licensing.inspections.urls")),
    path("", include("licensing.packs.urls")),
    path("", include("licensing.phoenix_matches.urls")),
    path("", include("licensing.watchlist_matches.urls")),
    path("", include("licensing.figures.urls")),
]
