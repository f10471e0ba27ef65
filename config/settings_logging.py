"""The settings of logs: what is written, and below which addresses nothing is."""

from typing import Any

from config.environment import env

# Nothing below these addresses is written to a log: who looked up which business concerns no one else (docs/rules.md G15).
UNLOGGED_PATHS = (
    *(
        "/check/",
        "/help/",
        "/notes/",
        "/materials/news/",
        "/report/",
        "/api/v1/register",
        "/api/v1/check-many",
        "/c/",
        "/badge/",
        "/follow/",
        "/proofs/",
        "/verify/",
        "/part/",
        "/reconcile/",
        "/telephone/",
    ),
)
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"unlogged": {"()": "config.logs.Unlogged"}},
    "formatters": {"json": {"()": "config.logs.json_lines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["unlogged"], "formatter": "json"}},
    # Who asked what of cases by a key: written down whatever else is.
    # What the client did wrong is answered with 400 or 413, and is no error of ours.
    "loggers": {
        "staff_api": {"level": "INFO"},
        # Who signed in, how, and who was refused.
        "sign_in": {"level": "INFO"},
        "django.security.RequestDataTooBig": {"level": "CRITICAL"},
        "django.security.TooManyFieldsSent": {"level": "CRITICAL"},
        "django.security.TooManyFilesSent": {"level": "CRITICAL"},
    },
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", "WARNING")},
}
