from django.urls import URLPattern, path

from registry import steps, worklists
from registry.editions import views
from registry.editions.lists import EDITIONS
from registry.editions.steps import EDITION

urlpatterns: list[URLPattern] = [
    *worklists.urls((EDITIONS,)),
    path("staff/editions/announce/", views.announce, name="announce_edition"),
    *steps.urls((EDITION,)),
    path("staff/editions/<str:reference>/", views.edition, name="edition"),
    path("staff/editions/<str:reference>/preview/", views.preview, name="preview_edition"),
    path("staff/editions/<str:reference>/preview/all.zip", views.preview_files, name="preview_edition_files"),
]
