from django.urls import URLPattern, path

from registry.organisations import views as staff

urlpatterns: list[URLPattern] = [
    path("staff/organisations/", staff.organisations, name="organisations"),
    path("staff/organisations/<str:reference>/", staff.organisation, name="organisation"),
    path("staff/organisations/<str:reference>/documents/<str:document>/", staff.document, name="organisation_document"),
    path("staff/organisations/list.csv", staff.organisations_csv, name="organisations_csv"),
]
