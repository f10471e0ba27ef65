from django.urls import URLPattern, path

from registry import worklists
from registry.conflicts import views as conflicts
from registry.conflicts.lists import CONFLICTS

urlpatterns: list[URLPattern] = [
    *worklists.urls((CONFLICTS,)),
    path("staff/conflicts/declare/", conflicts.declare_conflict, name="declare_conflict"),
    path("staff/conflicts/<str:reference>/end/", conflicts.end_conflict, name="end_conflict"),
]
