"""Making an account: all of it, or nothing where the email with the code is not taken."""

from allauth.account.views import signup
from django.db import transaction

sign_up = transaction.atomic(signup)
