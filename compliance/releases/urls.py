from django.urls import URLPattern, path

from compliance.releases import views

urlpatterns: list[URLPattern] = [path("staff/intelligence/<str:reference>/text/", views.text, name="intelligence_text")]
