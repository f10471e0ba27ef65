from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from config import api, passkeys, views
from config.api import staff as staff_api
from public_lookup import urls as public_lookup

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.server_error"

PAGES = [
    path("accessibility/", views.accessibility, name="accessibility"),
    path("cookies/", views.cookies, name="cookies"),
    path("privacy/", views.privacy, name="privacy"),
    path("terms/", views.terms, name="terms"),
    path("contact/", views.contact, name="contact"),
    path("account/", views.account, name="account"),
    path("account/step-up/", views.step_up, name="account_step_up"),
    path("home/", views.home, name="home"),
    path("staff/", views.staff_home, name="staff_home"),
    path("staff/find/", views.staff_find, name="staff_find"),
    # Answer 404 outside the demo.
    path("demo/", views.demo, name="demo"),
    path("demo/mail/", views.demo_mail, name="demo_mail"),
    path("demo/receiver/", views.demo_receiver, name="demo_receiver"),
]

# What has one address whatever the language.
urlpatterns = [
    path("health/live", views.live, name="live"),
    path("health/ready", views.ready, name="ready"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path(".well-known/change-password", views.change_password, name="change_password"),
    path(".well-known/jwks.json", views.public_keys, name="public_keys"),
    path("robots.txt", views.robots_txt, name="robots_txt"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("api/v1/", api.urls()),
    path("api/staff/v1/openapi.json", staff_api.openapi, name="staff-openapi"),
    path("api/staff/v1/", staff_api.urls()),
    *public_lookup.data_files,
]

urlpatterns += i18n_patterns(
    path("", views.start, name="start"),
    *PAGES,
    # Ours go before allauth's, of the same name: what comes and goes is on the trail, and staff keep a second factor.
    path("account/2fa/webauthn/add/", passkeys.add, name="mfa_add_webauthn"),
    path("account/2fa/webauthn/keys/<int:pk>/remove/", passkeys.remove, name="mfa_remove_webauthn"),
    path("account/2fa/webauthn/keys/<int:pk>/edit/", passkeys.edit, name="mfa_edit_webauthn"),
    path("account/2fa/totp/activate/", passkeys.activate_app, name="mfa_activate_totp"),
    path("account/2fa/totp/deactivate/", passkeys.deactivate_app, name="mfa_deactivate_totp"),
    path("account/2fa/recovery-codes/", passkeys.show_codes, name="mfa_view_recovery_codes"),
    path("account/2fa/recovery-codes/download/", passkeys.download_codes, name="mfa_download_recovery_codes"),
    path("account/2fa/recovery-codes/generate/", passkeys.make_codes, name="mfa_generate_recovery_codes"),
    path("account/passkey-offer/close/", views.close_passkey_offer, name="close_passkey_offer"),
    path("account/logout/", views.sign_out, name="account_logout"),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("", include("public_lookup.urls")),
    path("", include("compliance.urls")),
    path("", include("licensing.urls")),
    path("", include("registry.urls")),
    prefix_default_language=False,
)
