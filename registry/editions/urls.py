from django.urls import URLPattern, path

from registry import steps, worklists
from registry.editions import views
from registry.editions.lists import EDITIONS
from registry.editions.steps import ANNOUNCED, EDITION
from registry.steps import starts_urls

urlpatterns: list[URLPattern] = [
    *starts_urls((ANNOUNCED,)),
    *worklists.urls((EDITIONS,)),
    *steps.urls((EDITION,)),
    path("staff/editions/<str:reference>/", views.edition, name="edition"),
    path("staff/editions/<str:reference>/preview/", views.preview, name="preview_edition"),
    path("staff/editions/<str:reference>/preview/all.zip", views.preview_files, name="preview_edition_files"),
]
