from django.urls import URLPattern, path

from public_lookup.open_data.views import feeds
from public_lookup.open_data.views import files as open_data

urlpatterns: list[URLPattern] = [
    path("check/many/<str:key>/feed.atom", feeds.list_atom, name="many_atom"),
    path("check/many/<str:key>/feed.json", feeds.list_json, name="many_json"),
    path("check/<str:number>/feed.atom", feeds.atom, name="feed_atom"),
    path("check/<str:number>/feed.json", feeds.json_feed, name="feed_json"),
    path("follow/feed.atom", feeds.place_atom, name="place_atom"),
    path("follow/feed.json", feeds.place_json, name="place_json"),
    path("data/", open_data.about, name="data"),
    path("badge/<str:number>.svg", open_data.badge, name="badge"),
]

data_files: list[URLPattern] = [
    path("data/register.csv", open_data.register_csv, name="register_csv"),
    path("data/register.json", open_data.register_json, name="register_json"),
    path("data/register.ftm.json", open_data.register_ftm, name="register_ftm"),
    path("data/register.csv-metadata.json", open_data.csv_metadata, name="csv_metadata"),
    path("data/datapackage.json", open_data.data_package, name="data_package"),
    path("data/codes.json", open_data.code_lists, name="code_lists"),
    path("data/verify.py", open_data.verifier, name="verifier"),
    path("sitemap.xml", open_data.sitemap, name="sitemap"),
    path("sitemap/pages.xml", open_data.sitemap_pages, name="sitemap_pages"),
    path("sitemap/entries-<int:part>.xml", open_data.sitemap_entries, name="sitemap_entries"),
]
