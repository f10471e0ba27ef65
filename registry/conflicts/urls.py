from django.urls import URLPattern, path

from registry.conflicts import views as conflicts

urlpatterns: list[URLPattern] = [
    path("staff/conflicts/", conflicts.conflicts, name="conflicts"),
    path("staff/conflicts/declare/", conflicts.declare_conflict, name="declare_conflict"),
    path("staff/conflicts/<str:reference>/end/", conflicts.end_conflict, name="end_conflict"),
]
