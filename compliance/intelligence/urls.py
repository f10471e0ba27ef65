from django.urls import URLPattern, path

from compliance.intelligence.views import intelligence, sources, ties

INTELLIGENCE = "staff/intelligence/<str:reference>"
SOURCE = "staff/sources/<str:reference>"

urlpatterns: list[URLPattern] = [
    path("staff/intelligence/new/", intelligence.record, name="record_intelligence"),
    path(f"{INTELLIGENCE}/", intelligence.intelligence, name="intelligence"),
    path("staff/links/<str:reference>/", ties.entity, name="entity"),
    path("staff/sources/", sources.sources, name="sources"),
    path("staff/sources/new/", sources.keep, name="keep_source"),
    path(f"{SOURCE}/", sources.source, name="source"),
    path(f"{SOURCE}/look/", sources.look, name="look_source"),
]
