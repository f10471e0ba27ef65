from django.urls import URLPattern, path

from public_lookup.lookup import views as lookup_views

urlpatterns: list[URLPattern] = [
    path("check/", lookup_views.check, name="check"),
    path("check/<str:number>/", lookup_views.entry, name="entry"),
    path("standards/<slug:scheme>/", lookup_views.standards, name="standards"),
]
