from django.urls import URLPattern, path

from licensing.overrides import views

OVERRIDE = "staff/overrides/<str:reference>"

urlpatterns: list[URLPattern] = [
    path(f"{OVERRIDE}/", views.override, name="staff_override"),
    path(f"{OVERRIDE}/documents/<str:document>/", views.document, name="override_document"),
]
