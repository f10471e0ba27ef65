from django.urls import URLPattern, path

from public_lookup.statistics import views

EDITION = "statistics/<slug:address>"

urlpatterns: list[URLPattern] = [
    path("statistics/", views.statistics, name="statistics"),
    path("statistics/feed.atom", views.feed, name="statistics_feed"),
    path("statistics/yearly/<int:year>/", views.yearly_statement, name="statistics_yearly"),
    path("statistics/prevention/", views.prevention, name="statistics_prevention"),
    path(f"{EDITION}/", views.edition, name="statistics_edition"),
    path(f"{EDITION}/tables.ods", views.spreadsheet, name="statistics_spreadsheet"),
]

#: What has one address whatever the language.
data_files: list[URLPattern] = [
    path(f"{EDITION}/all.zip", views.all_files, name="statistics_zip"),
    path(f"{EDITION}/datapackage.json", views.data_package, name="statistics_package"),
    path(f"{EDITION}/csv-metadata.json", views.csv_metadata, name="statistics_metadata"),
    path(f"{EDITION}/<slug:table>.csv", views.table_csv, name="statistics_csv"),
]
