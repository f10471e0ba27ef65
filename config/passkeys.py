"""Passkeys and other second factors: what the browser sends is judged here, and no page that changes them opens without one."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import download_recovery_codes, generate_recovery_codes, view_recovery_codes
from allauth.mfa.totp.views import ActivateTOTPView, deactivate_totp
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView, edit_webauthn
from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry import web
from registry.accounts.actions import accounts
from registry.accounts.models import User
from registry.errors import Reason, refuse_for
from registry.form_fields import short_text
from registry.json_reader import read_json

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


class Credential(forms.JSONField):
    """What a browser hands in, read as all JSON of others is. It is never shown again."""

    widget = forms.HiddenInput

    def __init__(self, otherwise: object) -> None:
        self.otherwise = otherwise
        super().__init__()

    def to_python(self, value: Any) -> Any:
        return _judged(lambda: read_json(value), self.otherwise) if value else None

    def bound_data(self, data: Any, initial: Any) -> Any:
        return initial


class Add(AddWebAuthnForm):
    """Every passkey is one to sign in with: it is kept on the device, and asks for a finger, a face or a PIN."""

    credential = Credential(NOT_MADE)
    name = short_text(NAME, LONGEST_NAME, help_text=_("So that you know it among others, for example “my telephone”."))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["passwordless"]

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        return cast("dict[str, Any]", _judged(super().clean, NOT_MADE))


class Edit(EditWebAuthnForm):
    name = short_text(NAME, LONGEST_NAME, required=_("Enter a name for the passkey."))


class _Shown(AuthenticateWebAuthnForm):
    credential = Credential(NOT_KNOWN)

    def clean_credential(self) -> Any:
        return _judged(super().clean_credential, NOT_KNOWN)


class Authenticate(_Shown):
    """After the password."""


class LogIn(_Shown, LoginWebAuthnForm):
    """In place of e-mail address and password."""


class Reauthenticate(_Shown, ReauthenticateWebAuthnForm):
    """Before something that asks once more who is there."""


class AddView(AddWebAuthnView):
    def form_valid(self, form: Add) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        user = cast(User, self.request.user)
        accounts.note_factor(user, verb="add_passkey", by=user, at=timezone.now())
        # It has just been shown: staff who had no second factor yet go on with it.
        record_authentication(self.request, user, "mfa", type="webauthn")
        return response


class ActivateAppView(ActivateTOTPView):
    def form_valid(self, form: forms.Form) -> HttpResponse:
        user = cast(User, self.request.user)
        with transaction.atomic():  # the mail that tells of it leaves after the commit
            response: HttpResponse = super().form_valid(form)
            accounts.note_factor(user, verb="set_up_second_factor", by=user, at=timezone.now())
        # The code of the app has just been typed: its owner goes on to the recovery codes.
        record_authentication(self.request, user, "mfa", type="totp")
        return response


class RemoveView(RemoveWebAuthnView):
    def form_valid(self, form: forms.Form) -> HttpResponse:
        user = cast(User, self.request.user)
        refuse_for(_stays(self.get_object()))
        response: HttpResponse = super().form_valid(form)
        accounts.note_factor(user, verb="remove_passkey", by=user, at=timezone.now())
        return response


def _stays(authenticator: Any) -> list[Reason]:
    if get_adapter().can_delete_authenticator(authenticator):
        return []
    text = _("Staff of the authority must keep a second factor. Set up another one before you remove this one.")
    return [Reason("last_factor", text)]


View = Callable[..., HttpResponseBase]


def needs_factor_in_hand(view: View) -> View:
    """For pages that add, remove or show ways to sign in: who has a second factor shows it again first.

    A password with one recovery code could otherwise add a factor, which would then count as one in hand. Who has none
    yet sets up the first one with the password just typed, as allauth asks.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        if isinstance(user, User) and not web.is_stepped_up(request) and has_factor(user):
            return web.to_step_up(request)
        return view(request, *args, **kwargs)

    return guarded


def has_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user, type__in=IN_HAND).exists())


def is_offered(request: HttpRequest) -> bool:
    """Whether this person has no passkey, and has not put off the offer of one for some time."""
    if not isinstance(request.user, User):
        return False
    offered_from = request.user.passkey_offer_from
    if offered_from is not None and timezone.localdate() < offered_from:
        return False
    return not Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN).exists()


IN_HAND = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
add = needs_factor_in_hand(AddView.as_view())
remove = needs_factor_in_hand(RemoveView.as_view())
edit = needs_factor_in_hand(edit_webauthn)
activate_app = needs_factor_in_hand(ActivateAppView.as_view())
deactivate_app = needs_factor_in_hand(deactivate_totp)
show_codes = needs_factor_in_hand(view_recovery_codes)
download_codes = needs_factor_in_hand(download_recovery_codes)
make_codes = needs_factor_in_hand(generate_recovery_codes)
