from django.urls import URLPattern, path

from compliance.follow_ups.views import holder, remedies
from compliance.follow_ups.views import officer as follow_ups

FOLLOW_UP = "staff/follow-ups/<str:reference>"

urlpatterns: list[URLPattern] = [
    path("staff/organisations/<str:reference>/remedies/", remedies.of_organisation, name="remedies_of_organisation"),
    path(f"{FOLLOW_UP}/", follow_ups.follow_up, name="follow_up"),
    path(f"{FOLLOW_UP}/files/<str:document>/", follow_ups.follow_up_file, name="follow_up_file"),
    path("follow-ups/<str:reference>/", holder.own_follow_up, name="own_follow_up"),
    path("follow-ups/<str:reference>/files/<str:document>/", holder.own_follow_up_file, name="own_follow_up_file"),
]
