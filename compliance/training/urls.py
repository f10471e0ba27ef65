from django.urls import URLPattern, path

from compliance.training import views
from compliance.training.steps import RECORDED
from registry.steps import starts_urls

urlpatterns: list[URLPattern] = [
    *starts_urls((RECORDED,)),
    path("staff/training/<str:reference>/", views.training, name="training"),
]
