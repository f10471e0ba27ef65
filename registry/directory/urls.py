from django.urls import URLPattern, path

from registry import steps
from registry.directory import views
from registry.directory.steps import BREAK_GLASS_SIGN_IN

urlpatterns: list[URLPattern] = [
    *steps.urls((BREAK_GLASS_SIGN_IN,)),
    path("staff/emergency-access/<str:reference>/", views.break_glass_sign_in, name="break_glass_sign_in"),
]
