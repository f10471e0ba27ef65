from django.urls import URLPattern, path

from registry.alerts import views

urlpatterns: list[URLPattern] = [
    path("staff/rota/", views.rota, name="rota"),
    path("staff/rota/add/", views.add_shift, name="add_shift"),
    path("staff/rota/<int:shift>/remove/", views.remove_shift, name="remove_shift"),
    path("staff/alerts/", views.own_alerts, name="own_alerts"),
]
