from django.urls import URLPattern, path

from registry import steps
from registry.accounts import views as people_administrator
from registry.accounts.lists import ACCESS_REQUESTS, PEOPLE
from registry.accounts.steps import ACCESS_REQUEST
from registry.worklists.lists import urls as list_urls

urlpatterns: list[URLPattern] = [
    *list_urls((ACCESS_REQUESTS, PEOPLE)),
    *steps.urls((ACCESS_REQUEST,)),
    path("staff/access/<str:reference>/", people_administrator.access_request, name="access_request"),
    path("staff/people/invite/", people_administrator.invite, name="invite"),
    path("staff/people/<str:reference>/", people_administrator.person, name="person"),
    path("staff/people/<str:reference>/change-roles/", people_administrator.change_roles, name="change_roles"),
    path("staff/people/<str:reference>/change-team/", people_administrator.change_team, name="change_team"),
    path(
        "staff/people/<str:reference>/reset-second-factor/",
        people_administrator.reset_second_factor,
        name="reset_second_factor",
    ),
    path("staff/people/<str:reference>/off-board/", people_administrator.off_board, name="off_board"),
    path("staff/people/<str:reference>/keys/<str:key>/revoke/", people_administrator.take_key, name="take_key"),
    path("account/keys/", people_administrator.keys, name="keys"),
    path("account/keys/make/", people_administrator.make_key, name="make_key"),
    path("account/keys/<str:reference>/revoke/", people_administrator.revoke_key, name="revoke_key"),
    path("account/keys/<str:reference>/step-up/", people_administrator.step_up_key, name="step_up_key"),
    path("account/name/", people_administrator.change_own_name, name="change_own_name"),
    path("account/sessions/", people_administrator.own_sessions, name="own_sessions"),
    path("account/session-left/", people_administrator.session_left, name="session_left"),
]
