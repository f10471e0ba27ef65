"""How sign-up, sign-in and the second factor (allauth) fit this service."""

import time
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from config.ciphers import second_factors
from config.directory import session as directory_session
from registry import permissions
from registry.accounts.actions import accounts
from registry.accounts.models import User
from registry.directory import actions as directory
from registry.directory import rules as directory_rules
from registry.directory_service import staff_directory
from registry.errors import MailAway, refuse_for

# The mail of allauth to an address without an account.
UNKNOWN = "account/email/unknown_account"
# What can be shown at the door. Recovery codes stand in for one of these, and are none themselves.
SHOWN = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class AccountAdapter(DefaultAccountAdapter):
    def save_user(self, request: HttpRequest, user: AbstractBaseUser, form: BaseForm, commit: bool = True) -> User:
        """Whoever signs up is an applicant or a labour user, in the language of the page; other roles are given."""
        user = cast(User, user)
        user.email = form.cleaned_data["email"].lower()
        user.language = translation.get_language() or settings.LANGUAGE_CODE
        super().save_user(request, user, form, commit)
        if commit:
            accounts.join(user, role=form.cleaned_data["purpose"], by=user, at=timezone.now())
        return user

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Mails about an account too are sent as plain text and as a page, in the language of who reads them."""
        plain = super().render_mail(template_prefix, email, context, headers)
        mail = EmailMultiAlternatives(
            plain.subject, plain.body, plain.from_email, plain.to, headers=plain.extra_headers
        )
        page = {"language": translation.get_language(), "title": plain.subject, "body": plain.body.strip()}
        mail.attach_alternative(render_to_string("account/email/message.html", page), "text/html")
        return mail

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever has just typed the password or shown a passkey to sign in is not asked for it again at once."""
        fresh = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        records = get_authentication_records(self.request, self.request.user)
        if any(record["at"] > fresh and _says_who(record) for record in records):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        """The ways to show who one is, in our words: allauth calls a passkey a security key."""
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        for way in ways:
            if way["id"] == "mfa_reauthenticate:webauthn":
                way["description"] = gettext("Use a passkey")
        if (found := staff_directory()) and directory_session.has_record(self.request):
            name = gettext("Sign in again with %(name)s") % {"name": found.name}
            ways.append({"id": "directory", "description": name, "url": reverse("sign_in_again")})
        return ways

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **about: Any) -> HttpResponse | None:
        """Staff sign in by the directory, where there is one: the right password and a passkey lead to it, and no further."""
        response: HttpResponse | None = super().pre_login(request, user, **about)
        if response is None and directory_rules.signs_in_by_directory(cast(User, user)):
            clear_login(request)
            return render(request, "directory/only_there.html", {"provider": staff_directory()}, status=403)
        return response

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **about: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **about)
        person = cast(User, user)
        if directory_rules.is_break_glass(person):
            directory.sign_in_past_directory(person, by=person, at=timezone.now())
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Staff who ask for a new password are told where they sign in, and not that there is no such account.

        Raises `MailAway` where the email is not taken, whether there is such an account or not.
        """
        person = User.objects.filter(email=email.lower()).first()
        found = staff_directory()
        if found and person and directory_rules.signs_in_by_directory(person) and template_prefix == UNKNOWN:
            template_prefix, context = "account/email/by_directory", {**context, "directory": found.name}
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as fault:  # of the connection, or of SMTP
            raise MailAway from fault

    @transaction.atomic
    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Of the first address of an account nothing changes; another one changes how its owner signs in."""
        before = User.objects.get(pk=email_address.user_id).email
        if not super().confirm_email(request, email_address):
            return False
        owner = User.objects.get(pk=email_address.user_id)
        if owner.email != before:
            here = request.session.session_key or ""
            accounts.change_own_email(owner, before=before, here=here, by=owner, at=timezone.now())
        return True

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        owner = cast(User, user)
        refuse_for(directory_rules.password_blockers(owner))
        accounts.set_password(owner, password=password, by=owner, at=timezone.now())

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        user = request.user
        with translation.override(user.language if isinstance(user, User) else None):
            return resolve_url(settings.LOGIN_REDIRECT_URL)


class MFAAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        """The secret of a second factor is useless to who holds only a copy of the database."""
        return second_factors().close(text.encode(), at=timezone.now()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return second_factors().open(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Staff always keep a second factor: the last one only an administrator resets, and the trail says so."""
        others = Authenticator.objects.filter(user=authenticator.user, type__in=SHOWN).exclude(pk=authenticator.pk)
        return bool(others.exists()) or not permissions.is_staff(authenticator.user)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Whom a passkey is for: this installation, by the domain that people see."""
        here: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {"id": settings.PASSKEY_DOMAIN or here["id"], "name": settings.ORGANISATION_NAME}

    def generate_authenticator_name(self, user: AbstractBaseUser, type: str) -> str:  # noqa: A002 - allauth names it so
        return gettext("Passkey %(number)s") % {
            "number": Authenticator.objects.filter(user=user, type=type).count() + 1
        }


def _says_who(record: dict[str, Any]) -> bool:
    return bool(record["method"] in ("password", "socialaccount") or record.get("type") == Authenticator.Type.WEBAUTHN)
