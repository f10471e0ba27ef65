from django.urls import URLPattern, path

from registry.memberships import views as holder

ORGANISATION = "organisations/<str:reference>"
MEMBER = f"{ORGANISATION}/people/<str:person>"
INVITATION = f"{ORGANISATION}/invitations/<str:invitation>"

urlpatterns: list[URLPattern] = [
    path(f"{ORGANISATION}/people/", holder.organisation_people, name="organisation_people"),
    path(f"{ORGANISATION}/people/invite/", holder.invite_to_act, name="invite_to_act"),
    path(f"{ORGANISATION}/leave/", holder.leave_organisation, name="leave_organisation"),
    path(f"{MEMBER}/change-kind/", holder.change_kind, name="change_kind"),
    path(f"{MEMBER}/remove/", holder.remove_member, name="remove_member"),
    path(f"{MEMBER}/consent/", holder.record_consent, name="record_consent"),
    path(f"{MEMBER}/withdraw-consent/", holder.withdraw_consent, name="withdraw_consent"),
    path(f"{INVITATION}/resend/", holder.resend_invitation, name="resend_invitation"),
    path(f"{INVITATION}/withdraw/", holder.withdraw_invitation, name="withdraw_invitation"),
    path("account/organisations/", holder.own_organisations, name="own_organisations"),
    path("account/invitations/<str:invitation>/accept/", holder.accept_invitation, name="accept_invitation"),
    path("account/invitations/<str:invitation>/decline/", holder.decline_invitation, name="decline_invitation"),
]
