from django.urls import URLPattern, path

from public_lookup.release_notices import views

urlpatterns: list[URLPattern] = [
    path("statistics/notices/<slug:edition>/", views.ask_for_notice, name="ask_for_notice"),
    path("statistics/notices/by/<str:key>/", views.release_notice, name="release_notice"),
    path("statistics/notices/by/<str:key>/stop/", views.stop_release_notice, name="stop_release_notice"),
]
