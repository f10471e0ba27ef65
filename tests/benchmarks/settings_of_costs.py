"""The settings of the product, with limits that hold nothing back while their cost is measured."""

from config import settings
from config.settings import *  # noqa: F403

LIMITS = dict.fromkeys(settings.LIMITS, (1_000_000, 60))
LIMITS_FILE = ""
ALLOWED_HOSTS = ["*"]
SECURE_SSL_REDIRECT = False
