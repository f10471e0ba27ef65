"""Every address of this app, room by room; the order matters where one could be read as another."""

from django.urls import URLPattern, URLResolver, include, path

from registry.outbox import urls as outbox

urlpatterns: list[URLPattern | URLResolver] = [
    *outbox.urlpatterns,
    path("", include("registry.organisations.urls")),
    path("", include("registry.conflicts.urls")),
    path("", include("registry.assignment.urls")),
    path("", include("registry.task_figures.urls")),
    path("", include("registry.letters.urls")),
    path("", include("registry.retention.urls")),
    path("", include("registry.premises.urls")),
    path("", include("registry.alerts.urls")),
    path("", include("registry.holidays.urls")),
    path("", include("registry.editions.urls")),
    path("", include("registry.partner_statistics.urls")),
    path("", include("registry.yearly_statements.urls")),
    path("", include("registry.complaints.urls")),
    path("", include("registry.material_orders.urls")),
    path("", include("registry.take_overs.urls")),
    path("", include("registry.worklists.urls")),
    path("", include("registry.tasks.urls")),
    path("", include("registry.trail.urls")),
    path("", include("registry.accounts.urls")),
    path("", include("registry.directory.urls")),
    path("", include("registry.agencies.urls")),
    path("", include("registry.memberships.urls")),
]
