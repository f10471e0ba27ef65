from django.urls import URLPattern, path

from registry.conflicts import views as conflicts
from registry.conflicts.steps import CONFLICT
from registry.steps import starts_urls

urlpatterns: list[URLPattern] = [
    *starts_urls((CONFLICT,)),
    path("staff/conflicts/", conflicts.conflicts, name="conflicts"),
    path("staff/conflicts/<str:reference>/end/", conflicts.end_conflict, name="end_conflict"),
]
