from django.urls import URLPattern, path

from registry import steps, worklists
from registry.take_overs import views
from registry.take_overs.lists import QUESTIONS
from registry.take_overs.steps import QUESTION

urlpatterns: list[URLPattern] = [
    *worklists.urls((QUESTIONS,)),
    *steps.urls((QUESTION,)),
    path("staff/take-overs/questions/<str:reference>/", views.question, name="take_over_question"),
    path("staff/take-overs/registers/<str:reference>/", views.take_over, name="take_over"),
    path("staff/take-overs/registers/<str:reference>/report.csv", views.report, name="take_over_report"),
]
