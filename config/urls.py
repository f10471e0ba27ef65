from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from compliance import urls as compliance
from config import api, own_sign_in, passkeys
from config.api import staff as staff_api
from config.directory import views as directory
from config.routes import by_first_part
from config.views import health, languages, pages, preview, telephone
from public_lookup import urls as public_lookup

handler400 = "config.views.faults.bad_request"
handler403 = "config.views.faults.forbidden"
handler404 = "config.views.faults.not_found"
handler500 = "config.views.faults.server_error"

PAGES = [
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("cookies/", pages.cookies, name="cookies"),
    path("privacy/", pages.privacy, name="privacy"),
    path("terms/", pages.terms, name="terms"),
    path("contact/", pages.contact, name="contact"),
    path("account/", pages.account, name="account"),
    path("account/step-up/", pages.step_up, name="account_step_up"),
    path("home/", pages.home, name="home"),
    path("apply/<str:reference>/preview/", preview.preview_entry, name="preview_entry"),
    path("staff/", pages.staff_home, name="staff_home"),
    path("staff/languages/", languages.languages, name="languages"),
    path("staff/languages/<slug:code>.po", languages.catalogue, name="catalogue"),
    path("staff/find/", pages.staff_find, name="staff_find"),
    # Answer 404 outside the demo.
    path("demo/", pages.demo, name="demo"),
    path("demo/mail/", pages.demo_mail, name="demo_mail"),
    path("demo/telephone/", telephone.demo_telephone, name="demo_telephone"),
    path("demo/receiver/", pages.demo_receiver, name="demo_receiver"),
]

# What has one address whatever the language.
urlpatterns = [
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("health/look-up", health.look_up, name="look_up"),
    path("health/worker", health.worker, name="worker"),
    path("metrics", health.metrics, name="metrics"),
    path(".well-known/security.txt", pages.security_txt, name="security_txt"),
    path(".well-known/change-password", pages.change_password, name="change_password"),
    path(".well-known/jwks.json", pages.public_keys, name="public_keys"),
    path("robots.txt", pages.robots_txt, name="robots_txt"),
    path("favicon.ico", pages.favicon, name="favicon"),
    path("account/directory/signed-in/", directory.callback, {"kind": "directory"}, name="directory_callback"),
    path("account/citizens/signed-in/", directory.callback, {"kind": "citizens"}, name="citizens_callback"),
    path("account/directory/saml/", directory.take_answer, {"kind": "directory"}, name="directory_saml"),
    path("account/directory/saml/answer/", directory.use_answer, {"kind": "directory"}, name="directory_answer"),
    path("account/directory/saml/metadata.xml", directory.metadata, {"kind": "directory"}, name="directory_metadata"),
    path("account/directory/log-out/", directory.log_out, name="directory_log_out"),
    path("api/v1/", api.urls()),
    path("api/staff/v1/openapi.json", staff_api.openapi, name="staff-openapi"),
    path("api/staff/v1/", staff_api.urls()),
    *public_lookup.data_files,
    *public_lookup.webhooks,
    *compliance.webhooks,
]

urlpatterns += i18n_patterns(
    *by_first_part(
        [
            path("", pages.start, name="start"),
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
            path("account/directory/sign-in/", directory.sign_in, {"kind": "directory"}, name="directory_sign_in"),
            path("account/citizens/sign-in/", directory.sign_in, {"kind": "citizens"}, name="citizens_sign_in"),
            path("account/directory/again/", directory.sign_in_again, name="sign_in_again"),
            path("account/signup/", own_sign_in.sign_up, name="account_signup"),
            path("account/email/", own_sign_in.change_email, name="account_email"),
            path("account/passkey-offer/close/", pages.close_passkey_offer, name="close_passkey_offer"),
            path("account/logout/", pages.sign_out, name="account_logout"),
            path("account/", include("allauth.account.urls")),
            path("account/2fa/", include("allauth.mfa.urls")),
            path("", include("public_lookup.urls")),
            path("", include("compliance.urls")),
            path("", include("licensing.urls")),
            path("", include("registry.urls")),
        ]
    ),
    prefix_default_language=False,
)
