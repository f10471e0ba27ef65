from django.urls import URLPattern, path

from compliance.hand_overs import views

urlpatterns: list[URLPattern] = [
    path("staff/passed-on/reports/<str:reference>/", views.passed, name="passed_hand_over"),
]
