"""A key for signing: made for the operator, kept nowhere."""

import io
import re

from django.core.management import call_command

from registry import signing


def test_a_new_key_is_printed_with_its_public_half() -> None:
    out = io.StringIO()

    call_command("new_signing_key", stdout=out)

    private = re.search(r"SIGNING_KEY=(\S{43})\n", out.getvalue())
    assert private
    assert signing.public_key(private[1]) in out.getvalue()
