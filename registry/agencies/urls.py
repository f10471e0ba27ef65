from django.urls import URLPattern, path

from registry import steps
from registry.agencies import views as agencies
from registry.agencies.steps import ADDED, AGENCY

urlpatterns: list[URLPattern] = [
    *steps.starts_urls((ADDED,)),
    *steps.urls((AGENCY,)),
    path("staff/agencies/", agencies.agencies, name="agencies"),
    path("staff/agencies/<str:reference>/", agencies.agency, name="agency"),
]
