from django.urls import URLPattern, path

from licensing.findings import views

urlpatterns: list[URLPattern] = [path("staff/findings/<str:reference>/", views.finding, name="finding")]
