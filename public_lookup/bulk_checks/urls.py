from django.urls import URLPattern, path

from public_lookup.bulk_checks import views as lists

urlpatterns: list[URLPattern] = [
    path("check/many/", lists.give, name="many"),
    path("check/many/<str:key>/", lists.results, name="many_list"),
    path("check/many/<str:key>/columns/", lists.columns, name="many_columns"),
    path("check/many/<str:key>/results.csv", lists.results_csv, name="many_csv"),
    path("check/many/<str:key>/again/", lists.again, name="many_again"),
    path("check/many/<str:key>/follow/", lists.follow, name="many_follow"),
    path("check/many/<str:key>/remove/", lists.remove, name="many_remove"),
]
