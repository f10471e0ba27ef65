from django.urls import URLPattern, path

from registry import steps
from registry.partner_statistics import views
from registry.partner_statistics.steps import PARTNER_AGREEMENT

urlpatterns: list[URLPattern] = [
    path("partner/statistics/", views.editions, name="partner_editions"),
    path("partner/statistics/<str:reference>/", views.edition, name="partner_edition"),
    path("partner/statistics/<str:reference>/all.zip", views.edition_files, name="partner_edition_files"),
    path("staff/statistics-partners/", views.agreements, name="partner_agreements"),
    path("staff/statistics-partners/add/", views.give, name="give_partner_agreement"),
    *steps.urls((PARTNER_AGREEMENT,)),
    path("staff/statistics-partners/<str:reference>/", views.agreement, name="partner_agreement"),
]
