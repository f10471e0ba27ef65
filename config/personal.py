"""What the libraries keep about people in tables of their own: under which terms, and who sees it."""

from registry.personal_data import NO_ONE, OWN, PersonalFields

PERSONAL = (
    PersonalFields("sessions.Session", "session_data session_key", terms=("account",), seen_with=(NO_ONE,)),
    PersonalFields("account.EmailAddress", "email user", terms=("account",), seen_with=(OWN,)),
    PersonalFields("account.EmailConfirmation", "key", terms=("account",), seen_with=(NO_ONE,)),
    PersonalFields("mfa.Authenticator", "data user", terms=("account",), seen_with=(NO_ONE,)),
    PersonalFields(
        "socialaccount.SocialAccount", "uid user extra_data provider", terms=("account",), seen_with=(NO_ONE,)
    ),
    PersonalFields("socialaccount.SocialToken", "token token_secret", terms=("account",), seen_with=(NO_ONE,)),
    PersonalFields(
        "django_tasks_database.DBTaskResult", "args_kwargs return_value traceback", terms=("work",), seen_with=(NO_ONE,)
    ),
)

#: Codes of a pack, marks over other columns, and words about no person.
NOT_PERSONAL = {
    "auth.Permission": "name codename",
    "auth.Group": "name",
    "socialaccount.SocialApp": "provider provider_id name client_id secret key settings",
    "contenttypes.ContentType": "app_label model",
    "django_tasks_database.DBTaskResult": "task_path worker_ids queue_name backend_name exception_class_path",
}
