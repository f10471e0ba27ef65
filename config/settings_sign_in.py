"""The settings of signing in: the same everywhere, but for the directory of the authority."""

from urllib.parse import urlsplit

from config.environment import env, secret, toml_in

AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "config.passwords.CommonOrBreached"},
    {"NAME": "config.passwords.WordsOfTheService"},
]
BREACHED_PASSWORDS = env("BREACHED_PASSWORDS", "")
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "config.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FORM_CLASS = "config.sign_up.SignUp"
ACCOUNT_FORMS = {
    "signup": "config.sign_up_form.SignUpForm",
    "add_email": "config.own_sign_in.NewEmail",
    "reset_password": "config.own_sign_in.ResetPassword",
}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGOUT_REDIRECT_URL = "start"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600  # allauth has a quarter of an hour (docs/security/asvs.md, 6.5.5)
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True  # no mail carries a link to a sign-in
ACCOUNT_EMAIL_NOTIFICATIONS = True  # tells the owner when a password or a second factor changes
ACCOUNT_CHANGE_EMAIL = True  # one address: another takes its place once a code has shown that it is theirs
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_ADAPTER = "config.adapters.MFAAdapter"
ACCOUNT_SESSION_REMEMBER = False  # signed in until the browser closes, 12 hours at most
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a passkey is two factors: the device, and the finger, face or PIN
MFA_FORMS = {
    "add_webauthn": "config.passkeys.Add",
    "edit_webauthn": "config.passkeys.Edit",
    "authenticate_webauthn": "config.passkeys.Authenticate",
    "login_webauthn": "config.passkeys.LogIn",
    "reauthenticate_webauthn": "config.passkeys.Reauthenticate",
}

# The directory of the authority, and a provider for citizens: one file (docs/operations.md). None: people sign in here alone.
DIRECTORY = toml_in(env("DIRECTORY_FILE", ""))
DIRECTORY_SECRET = secret("DIRECTORY_SECRET", "")
CITIZENS_SECRET = secret("CITIZENS_SECRET", "")
# To whose pages the form for signing in leads, so that browsers let it.
DIRECTORY_PAGES = sorted(
    {
        "{0.scheme}://{0.netloc}".format(urlsplit(page))
        for said in DIRECTORY.values()
        for page in (said.get("issuer", ""), *said.get("pages", ()))
        if urlsplit(page).netloc  # the name of an entity of SAML need be no address
    }
)
SOCIALACCOUNT_ADAPTER = "config.directory.adapters.SocialAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 4
