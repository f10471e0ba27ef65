from django.urls import URLPattern, path

from licensing.addresses import APPLICATION, CASE
from licensing.requests.views import applicant as requests
from licensing.requests.views import officer as requests_officer

urlpatterns: list[URLPattern] = [
    path(f"{APPLICATION}/requests/<str:asked>/answer/", requests.answer_request, name="answer_request"),
    path(f"{CASE}/ask/", requests_officer.ask, name="ask_applicant"),
]
