from django.urls import URLPattern, path

from registry.alerts import views
from registry.alerts.steps import SHIFT
from registry.steps import starts_urls

urlpatterns: list[URLPattern] = [
    *starts_urls((SHIFT,)),
    path("staff/rota/", views.rota, name="rota"),
    path("staff/rota/<int:shift>/remove/", views.remove_shift, name="remove_shift"),
    path("staff/alerts/", views.own_alerts, name="own_alerts"),
]
