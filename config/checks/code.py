"""What is installed: no demonstration, no admin site, all middleware, translations compiled."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from config.compiled import stale


@register(Tags.translation, deploy=True)
def catalogues_are_compiled(**_: Any) -> list[CheckMessage]:
    """Without them everyone reads English, whatever they asked for."""
    if not (found := stale()):
        return []
    names = ", ".join(source.parent.parent.name for source in found)
    message = f"Translations are not compiled, or have changed since: {names}."
    return [Error(message, hint="Run python -m config.compiled, or manage.py set_up.", id="config.E020")]


@register(Tags.security, deploy=True)
def demo_is_off(**_: Any) -> list[CheckMessage]:
    if not settings.DEMO:
        return []
    return [
        Error(
            "DEMO is on: anyone could sign in as anyone with one click.",
            hint="Unset the environment variable DEMO.",
            id="config.E001",
        )
    ]


@register(Tags.security, deploy=True)
def no_way_past_the_permissions(**_: Any) -> list[CheckMessage]:
    """The admin site writes rows without asking any rule, and leaves nothing on the trail (docs/rules.md T46)."""
    if "django.contrib.admin" not in settings.INSTALLED_APPS:
        return []
    return [Error("The Django admin is installed: it goes round every rule and the trail.", id="config.E003")]


@register(Tags.security, deploy=True)
def sign_in_is_asked_for(**_: Any) -> list[CheckMessage]:
    needed = {"config.middleware.SignInMiddleware", "config.middleware.SecondFactorMiddleware"}
    return [
        Error(f"{name} is not in MIDDLEWARE.", id="config.E004") for name in sorted(needed - {*settings.MIDDLEWARE})
    ]
