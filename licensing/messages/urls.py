from django.urls import URLPattern, path

from licensing.addresses import APPLICATION, CASE
from licensing.messages.views import applicant as messages
from licensing.messages.views import officer as officer_messages

urlpatterns: list[URLPattern] = [
    path(f"{APPLICATION}/messages/", messages.application_messages, name="application_messages"),
    path(f"{APPLICATION}/messages/read/", messages.read_messages, name="read_messages"),
    path(f"{CASE}/messages/", officer_messages.write_to_applicant, name="write_to_applicant"),
    path(f"{CASE}/messages/read/", officer_messages.take_note_of_messages, name="take_note_of_messages"),
]
