"""Every address of this app, room by room; the order matters where one could be read as another."""

from django.urls import URLPattern, URLResolver, include, path

from public_lookup.open_data import urls as open_data
from public_lookup.reconciliation import urls as reconciliation
from public_lookup.service_figures import urls as service_figures
from public_lookup.statistics import urls as statistics
from public_lookup.telephone import urls as telephone

urlpatterns: list[URLResolver] = [
    path("", include("public_lookup.certificates.urls")),
    path("", include("public_lookup.private.urls")),
    path("", include("public_lookup.help.urls")),
    path("", include("public_lookup.notes.urls")),
    path("", include("public_lookup.materials.urls")),
    path("", include("public_lookup.material_news.urls")),
    path("", include("public_lookup.bulk_checks.urls")),
    path("", include("public_lookup.lookup.urls")),
    path("", include("public_lookup.open_data.urls")),
    path("", include("public_lookup.own_table.urls")),
    path("", include("public_lookup.service_figures.urls")),
    path("", include("public_lookup.release_notices.urls")),
    path("", include("public_lookup.statistics.urls")),
    path("", include("public_lookup.receipts.urls")),
    path("", include("public_lookup.formal_checks.urls")),
    path("", include("public_lookup.board.urls")),
    path("", include("public_lookup.follows.urls")),
]

data_files: list[URLPattern] = [
    *open_data.data_files,
    *reconciliation.data_files,
    *service_figures.data_files,
    *statistics.data_files,
]

webhooks: list[URLPattern] = telephone.webhooks
