from django.urls import URLPattern, path

from registry.trail import views as auditor

urlpatterns: list[URLPattern] = [
    path("staff/trail/", auditor.trail, name="trail"),
    path("staff/trail/list.csv", auditor.trail_csv, name="trail_csv"),
    path("staff/trail/verify/", auditor.verify_trail, name="verify_trail"),
]
