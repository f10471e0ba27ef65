from django.urls import URLPattern, path

from compliance.passed_on import views

urlpatterns: list[URLPattern] = [
    path("staff/passed-on/", views.inbox, name="partner_intelligence"),
    path("staff/passed-on/reports/<str:reference>/", views.passed_hand_over, name="passed_hand_over"),
    path("staff/passed-on/reports/<str:reference>/ask/", views.ask_about_hand_over, name="ask_about_hand_over"),
    path("staff/passed-on/<str:reference>/", views.passed, name="passed_on"),
    path("staff/passed-on/<str:reference>/answer/", views.answer, name="answer_passed_on"),
]
