from django.urls import URLPattern, path

from licensing.addresses import APPLICATION
from licensing.requests.views import applicant

REQUEST = f"{APPLICATION}/requests/<str:asked>"

urlpatterns: list[URLPattern] = [
    path(f"{REQUEST}/answer/", applicant.answer_request, name="answer_request"),
    path(f"{REQUEST}/more-time/", applicant.ask_more_time, name="ask_more_time"),
]
