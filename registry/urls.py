from django.urls import URLPattern, path

from registry.views import auditor, people_administrator, staff

urlpatterns: list[URLPattern] = [
    path("staff/organisations/", staff.organisations, name="organisations"),
    path("staff/organisations/<str:reference>/", staff.organisation, name="organisation"),
    path("staff/premises/", staff.premises_list, name="premises"),
    path("staff/premises/<str:reference>/", staff.one_premises, name="one_premises"),
    path("staff/trail/", auditor.trail, name="trail"),
    path("staff/trail/verify/", auditor.verify_trail, name="verify_trail"),
    path("staff/people/", people_administrator.people, name="people"),
    path("staff/people/invite/", people_administrator.invite, name="invite"),
    path("staff/people/<str:reference>/", people_administrator.person, name="person"),
    path("staff/people/<str:reference>/change-roles/", people_administrator.change_roles, name="change_roles"),
    path(
        "staff/people/<str:reference>/reset-second-factor/",
        people_administrator.reset_second_factor,
        name="reset_second_factor",
    ),
    path("staff/people/<str:reference>/off-board/", people_administrator.off_board, name="off_board"),
]
