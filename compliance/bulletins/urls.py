from django.urls import URLPattern, path

from compliance.bulletins import views
from compliance.bulletins.steps import WRITTEN
from registry.steps import starts_urls

urlpatterns: list[URLPattern] = [
    *starts_urls((WRITTEN,)),
    path("staff/bulletins/", views.bulletins, name="bulletins"),
    path("staff/bulletins/<str:reference>/", views.bulletin, name="bulletin"),
    path("partner/bulletins/", views.partner_bulletins, name="partner_bulletins"),
    path("partner/bulletins/<str:reference>/", views.partner_bulletin, name="partner_bulletin"),
]
