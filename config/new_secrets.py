"""Fresh secrets for a first installation, as lines for the environment: `python -m config.new_secrets`.

Needs no settings, as the settings need these. Nothing is kept: what is printed twice is different twice.
"""

import secrets
import sys

from registry import signing

#: 48 bytes are 64 characters.
BYTES = 48


def lines() -> list[str]:
    """`NAME=value`, for each key that must be the installation's own."""
    return [
        f"SECRET_KEY={secrets.token_urlsafe(BYTES)}",
        f"NAMES_KEY={secrets.token_urlsafe(BYTES)}",
        f"SEALING_KEYS={secrets.token_urlsafe(BYTES)}",
        f"SIGNING_KEY={signing.new_private_key()}",
    ]


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines()) + "\n")
