from django.urls import URLPattern, path

from registry.views import auditor, holder, holidays, own_account, people_administrator, post, saved_views, staff

ORGANISATION = "organisations/<str:reference>"
MEMBER = f"{ORGANISATION}/people/<str:person>"
INVITATION = f"{ORGANISATION}/invitations/<str:invitation>"

urlpatterns: list[URLPattern] = [
    path("staff/organisations/", staff.organisations, name="organisations"),
    path("staff/organisations/<str:reference>/", staff.organisation, name="organisation"),
    path("staff/post/", post.letters_to_post, name="letters_to_post"),
    path("staff/post/print/", post.letters_to_print, name="letters_to_print"),
    path("staff/organisations/<str:reference>/hold/", staff.place_hold, name="place_hold"),
    path("staff/organisations/<str:reference>/lift-hold/", staff.lift_hold, name="lift_hold"),
    path("staff/premises/", staff.premises_list, name="premises"),
    path("staff/premises/<str:reference>/", staff.one_premises, name="one_premises"),
    path("staff/holidays/", holidays.holidays, name="holidays"),
    path("staff/holidays/add/", holidays.add_holiday, name="add_holiday"),
    path("staff/holidays/<slug:calendar>/<str:day>/remove/", holidays.remove_holiday, name="remove_holiday"),
    path("staff/organisations/list.csv", staff.organisations_csv, name="organisations_csv"),
    path("staff/views/", saved_views.saved_views, name="saved_views"),
    path("staff/views/keep/<slug:of_list>/", saved_views.keep_view, name="keep_view"),
    path("staff/views/<str:reference>/rename/", saved_views.rename_view, name="rename_view"),
    path("staff/views/<str:reference>/remove/", saved_views.remove_view, name="remove_view"),
    path("staff/trail/", auditor.trail, name="trail"),
    path("staff/trail/verify/", auditor.verify_trail, name="verify_trail"),
    path("staff/people/", people_administrator.people, name="people"),
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
    path(f"{ORGANISATION}/people/", holder.organisation_people, name="organisation_people"),
    path(f"{ORGANISATION}/people/invite/", holder.invite_to_act, name="invite_to_act"),
    path(f"{ORGANISATION}/leave/", holder.leave_organisation, name="leave_organisation"),
    path(f"{MEMBER}/change-kind/", holder.change_kind, name="change_kind"),
    path(f"{MEMBER}/remove/", holder.remove_member, name="remove_member"),
    path(f"{MEMBER}/consent/", holder.record_consent, name="record_consent"),
    path(f"{MEMBER}/withdraw-consent/", holder.withdraw_consent, name="withdraw_consent"),
    path(f"{INVITATION}/resend/", holder.resend_invitation, name="resend_invitation"),
    path(f"{INVITATION}/withdraw/", holder.withdraw_invitation, name="withdraw_invitation"),
    path("account/sessions/", own_account.own_sessions, name="own_sessions"),
    path("account/session-left/", own_account.session_left, name="session_left"),
    path("account/organisations/", holder.own_organisations, name="own_organisations"),
    path("account/invitations/<str:invitation>/accept/", holder.accept_invitation, name="accept_invitation"),
    path("account/invitations/<str:invitation>/decline/", holder.decline_invitation, name="decline_invitation"),
]
