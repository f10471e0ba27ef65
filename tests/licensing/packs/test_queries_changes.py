"""What two versions of a scheme say differently, in words."""

import re
from io import StringIO

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def test_texts_are_shown_as_they_are_written() -> None:
    shown = StringIO()
    call_command("compare_packs", "gla-food/2018-10-01", "gla-food/2025-04-28", stdout=shown)

    assert "built-in" not in shown.getvalue()
    assert re.search(r"fees\.amounts\.application\.A\n  - 2600\n  \+ 4000", shown.getvalue())
