from django.urls import URLPattern, path

from compliance.intelligence.views import intelligence, sources, ties

INTELLIGENCE = "staff/intelligence/<str:reference>"
SOURCE = "staff/sources/<str:reference>"

urlpatterns: list[URLPattern] = [
    path("staff/intelligence/new/", intelligence.record, name="record_intelligence"),
    path(f"{INTELLIGENCE}/", intelligence.intelligence, name="intelligence"),
    path(f"{INTELLIGENCE}/grade-anew/", intelligence.grade_anew, name="grade_anew"),
    path(f"{INTELLIGENCE}/pass-on/", intelligence.pass_on, name="pass_on"),
    path(f"{INTELLIGENCE}/tie/", ties.tie, name="tie"),
    path(f"{INTELLIGENCE}/tie/<int:key>/untie/", ties.untie, name="untie"),
    path("staff/links/<str:reference>/", ties.entity, name="entity"),
    path("staff/sources/", sources.sources, name="sources"),
    path("staff/sources/new/", sources.keep, name="keep_source"),
    path(f"{SOURCE}/", sources.source, name="source"),
    path(f"{SOURCE}/look/", sources.look, name="look_at_source"),
    path(f"{SOURCE}/hand-over/", sources.hand_over, name="hand_over_source"),
]
