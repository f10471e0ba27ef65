"""Passkeys: what the browser hands in is judged here, and each one that comes or goes is on the trail."""

from collections.abc import Callable
from typing import Any, cast

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.actions import accounts
from registry.errors import Reason, refuse_for
from registry.models import User

NOT_MADE = _("The passkey could not be added. Try again, or use another device.")
NOT_KNOWN = _("This passkey did not work. Try again, or sign in another way.")
NAME = _("Name of the passkey")
#: The most that a name may hold, and the most passkeys that one person keeps.
LONGEST_NAME, MOST = 60, 20


def _judged(judge: Callable[[], Any], otherwise: object) -> Any:
    """Whatever is wrong with what a browser hands in, the person reads one sentence: it is not typed, and not theirs to mend."""
    try:
        return judge()
    except (forms.ValidationError, TypeError, ValueError, KeyError, AttributeError) as wrong:
        raise forms.ValidationError(cast(str, otherwise)) from wrong


class Add(AddWebAuthnForm):  # type: ignore[misc]
    """Every passkey is one to sign in with: it is kept on the device, and asks for a finger, a face or a PIN."""

    passwordless = None
    name = forms.CharField(
        label=NAME,
        help_text=_("So that you know it among others, for example “my telephone”."),
        required=False,
        max_length=LONGEST_NAME,
    )

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        return cast("dict[str, Any]", _judged(super().clean, NOT_MADE))


class Edit(EditWebAuthnForm):  # type: ignore[misc]
    name = forms.CharField(
        label=NAME, max_length=LONGEST_NAME, error_messages={"required": _("Enter a name for the passkey.")}
    )


class _Shown(AuthenticateWebAuthnForm):  # type: ignore[misc]
    def clean_credential(self) -> Any:
        return _judged(super().clean_credential, NOT_KNOWN)


class Authenticate(_Shown):
    """After the password."""


class LogIn(_Shown, LoginWebAuthnForm):  # type: ignore[misc]
    """In place of e-mail address and password."""


class Reauthenticate(_Shown, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """Before something that asks once more who is there."""


class AddView(AddWebAuthnView):  # type: ignore[misc]
    def form_valid(self, form: Add) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        user = cast(User, self.request.user)
        accounts.add_passkey(user, by=user, at=timezone.now())
        # It has just been shown: staff who had no second factor yet go on with it.
        record_authentication(self.request, user, "mfa", type="webauthn")
        return response


class RemoveView(RemoveWebAuthnView):  # type: ignore[misc]
    def form_valid(self, form: forms.Form) -> HttpResponse:
        user = cast(User, self.request.user)
        refuse_for(_stays(self.get_object()))
        response: HttpResponse = super().form_valid(form)
        accounts.remove_passkey(user, by=user, at=timezone.now())
        return response


def _stays(authenticator: Any) -> list[Reason]:
    if get_adapter().can_delete_authenticator(authenticator):
        return []
    text = _("Whoever works for the authority keeps a second factor. Set up another one before you remove this one.")
    return [Reason("last_factor", text)]


add = AddView.as_view()
remove = RemoveView.as_view()
