from django.urls import URLPattern, path

from compliance.statistics import views as counts

urlpatterns: list[URLPattern] = [
    path("staff/counts/", counts.counts, name="counts"),
    path("staff/counts/again/", counts.count_again, name="count_again"),
    path("staff/counts/<slug:code>.csv", counts.count_csv, name="count_csv"),
]
