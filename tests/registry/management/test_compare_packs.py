from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from registry import schemes
from tests.registry.schemes.drafts import FIRST, PACKS, SECOND


def compared(old: str, new: str) -> list[str]:
    out = StringIO()
    with schemes.use([PACKS]):
        call_command("compare_packs", old, new, stdout=out)
    return out.getvalue().splitlines()


def test_each_key_that_differs_is_said_with_its_file_and_both_values() -> None:
    assert compared(f"car-wash/{FIRST}", f"car-wash/{SECOND}") == [
        "car-wash/2031-01-01.toml: fees.amounts.application.small",
        "  - 12.50",
        "  + 15.00",
        f"1 differences between car-wash {FIRST} and car-wash {SECOND}.",
    ]


def test_a_version_differs_from_itself_in_nothing() -> None:
    assert compared(f"car-wash/{FIRST}", f"car-wash/{FIRST}")[0].startswith("0 differences")


@pytest.mark.parametrize("named", ["car-wash/2030-01-02", "car-wash", "nails/2030-01-01", "car-wash/x"])
def test_a_version_that_is_not_there_is_said(named: str) -> None:
    with pytest.raises(CommandError, match="There is no version"):
        compared(f"car-wash/{FIRST}", named)
