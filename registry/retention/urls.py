from django.urls import URLPattern, path

from registry.retention import views as retention_views

urlpatterns: list[URLPattern] = [
    path("staff/organisations/<str:reference>/hold/", retention_views.place_hold, name="place_hold"),
    path("staff/organisations/<str:reference>/lift-hold/", retention_views.lift_hold, name="lift_hold"),
]
