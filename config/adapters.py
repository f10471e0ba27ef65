"""How sign-up, sign-in and the second factor (allauth) fit this service."""

import base64
import hashlib
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.forms import BaseForm
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils import timezone, translation

from registry import permissions
from registry.actions import accounts
from registry.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        """Whoever signs up is an applicant or a labour user, in the language of the page; other roles are given."""
        user.email = form.cleaned_data["email"].lower()
        user.language = translation.get_language() or settings.LANGUAGE_CODE
        super().save_user(request, user, form, commit)
        if commit:
            accounts.join(user, role=form.cleaned_data["purpose"], by=user, at=timezone.now())
        return user

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever has just typed the password to sign in is not asked for it again at once."""
        fresh = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        records = get_authentication_records(self.request, self.request.user)
        if any(record["method"] == "password" and record["at"] > fresh for record in records):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def set_password(self, user: User, password: str) -> None:
        accounts.set_password(user, password=password, by=user, at=timezone.now())

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        user = request.user
        with translation.override(user.language if isinstance(user, User) else None):
            return resolve_url(settings.LOGIN_REDIRECT_URL)


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    def encrypt(self, text: str) -> str:
        """The secret of a second factor is useless to who holds only a copy of the database."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Staff cannot take their second factor off: an administrator resets it, and the trail says so."""
        return not permissions.is_staff(authenticator.user)


def _cipher() -> Fernet:
    key = hashlib.sha256(b"second factor:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
