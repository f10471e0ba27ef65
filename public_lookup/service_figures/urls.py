from django.urls import URLPattern, path

from public_lookup.service_figures import views

urlpatterns: list[URLPattern] = [
    path("statistics/service/", views.service, name="service_figures"),
]

#: What has one address whatever the language.
data_files: list[URLPattern] = [
    path("statistics/service/cases.csv", views.service_cases, name="service_cases"),
    path("statistics/service/<slug:table>.csv", views.service_csv, name="service_csv"),
]
