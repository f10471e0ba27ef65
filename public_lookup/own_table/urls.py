from django.urls import URLPattern, path

from public_lookup.own_table import views

urlpatterns: list[URLPattern] = [
    path("statistics/table/", views.own_table, name="own_table"),
    path("statistics/table.csv", views.own_table_csv, name="own_table_csv"),
]
