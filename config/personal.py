"""What the libraries keep about people in tables of their own: under which terms, and who sees it."""

from registry.personal_data import NO_ONE, OWN, held_for

PERSONAL = {
    held_for("account", NO_ONE): {
        "sessions.Session": "session_data session_key",
        "account.EmailConfirmation": "key",
        "mfa.Authenticator": "data user",
        "socialaccount.SocialAccount": "uid user extra_data provider",
        "socialaccount.SocialToken": "token token_secret",
    },
    held_for("account", OWN): {"account.EmailAddress": "email user"},
    held_for("work", NO_ONE): {"django_tasks_database.DBTaskResult": "args_kwargs return_value traceback"},
}

#: Codes of a pack, marks over other columns, and words about no person.
NOT_PERSONAL = {
    "auth.Permission": "name codename",
    "auth.Group": "name",
    "socialaccount.SocialApp": "provider provider_id name client_id secret key settings",
    "contenttypes.ContentType": "app_label model",
    "django_tasks_database.DBTaskResult": "task_path worker_ids queue_name backend_name exception_class_path",
}
