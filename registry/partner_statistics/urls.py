from django.urls import URLPattern, path

from registry import steps
from registry.partner_statistics import views
from registry.partner_statistics.steps import AGREEMENT, PARTNER_AGREEMENT
from registry.steps import starts_urls

urlpatterns: list[URLPattern] = [
    *starts_urls((AGREEMENT,)),
    path("partner/statistics/", views.editions, name="partner_editions"),
    path("partner/statistics/<str:reference>/", views.edition, name="partner_edition"),
    path("partner/statistics/<str:reference>/all.zip", views.edition_files, name="partner_edition_files"),
    path("staff/statistics-partners/", views.agreements, name="partner_agreements"),
    *steps.urls((PARTNER_AGREEMENT,)),
    path("staff/statistics-partners/<str:reference>/", views.agreement, name="partner_agreement"),
]
