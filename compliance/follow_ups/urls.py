from django.urls import URLPattern, path

from compliance.addresses import ONE
from compliance.follow_ups.views import holder, remedies
from compliance.follow_ups.views import officer as follow_ups

FOLLOW_UP = "staff/follow-ups/<str:reference>"

urlpatterns: list[URLPattern] = [
    path(f"{ONE}/follow-ups/ask/", follow_ups.ask, name="ask_follow_up"),
    path(f"{ONE}/remedies/record/", remedies.record, name="record_remedy"),
    path(f"{ONE}/remedies/<int:number>/confirm/", remedies.confirm, name="confirm_remedy"),
    path(f"{ONE}/remedies/<int:number>/turn-down/", remedies.turn_down, name="turn_down_remedy"),
    path("staff/remedies/", remedies.remedies, name="remedies"),
    path("staff/organisations/<str:reference>/remedies/", remedies.of_organisation, name="remedies_of_organisation"),
    path("staff/remedies/list.csv", remedies.remedies_csv, name="remedies_csv"),
    path("staff/follow-ups/", follow_ups.follow_ups, name="follow_ups"),
    path("staff/follow-ups/list.csv", follow_ups.follow_ups_csv, name="follow_ups_csv"),
    path(f"{FOLLOW_UP}/", follow_ups.follow_up, name="follow_up"),
    path(f"{FOLLOW_UP}/accept/", follow_ups.accept, name="accept_follow_up"),
    path(f"{FOLLOW_UP}/send-back/", follow_ups.send_back, name="send_back_follow_up"),
    path(f"{FOLLOW_UP}/fail/", follow_ups.fail, name="fail_follow_up"),
    path(f"{FOLLOW_UP}/extend/", follow_ups.extend, name="extend_follow_up"),
    path(f"{FOLLOW_UP}/visit/", follow_ups.visit, name="visit_follow_up"),
    path(f"{FOLLOW_UP}/files/<str:document>/", follow_ups.follow_up_file, name="follow_up_file"),
    path("follow-ups/<str:reference>/", holder.own_follow_up, name="own_follow_up"),
    path("follow-ups/<str:reference>/files/<str:document>/", holder.own_follow_up_file, name="own_follow_up_file"),
]
