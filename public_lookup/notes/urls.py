from django.urls import URLPattern, path

from public_lookup.notes import views

urlpatterns: list[URLPattern] = [
    path("notes/", views.notes, name="notes"),
    path("notes/worker.js", views.worker, name="notes_worker"),
    path("notes/app.webmanifest", views.web_manifest, name="notes_manifest"),
]
