from django.urls import URLPattern, path

from compliance.training import views

urlpatterns: list[URLPattern] = [
    path("staff/training/record/", views.record_training, name="record_training"),
    path("staff/training/<str:reference>/", views.training, name="training"),
]
