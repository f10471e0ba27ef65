from django.urls import URLPattern, path

from compliance.danger import views

urlpatterns: list[URLPattern] = [path("staff/dangers/<str:reference>/", views.danger_sign, name="danger_sign")]
