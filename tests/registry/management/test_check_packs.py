from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from registry import schemes
from tests.registry.schemes.drafts import a_draft


def test_sound_packs_are_counted_with_what_needs_review() -> None:
    out = StringIO()

    call_command("check_packs", stdout=out)

    assert "gla-food 2012-05-01: 37 standards" in out.getvalue()
    assert "facts need review" in out.getvalue()
    assert "scheme.version" not in out.getvalue()


def test_what_needs_review_is_listed_on_request() -> None:
    out = StringIO()

    call_command("check_packs", "--review", stdout=out)

    assert "  scheme.version: The standards booklet says May 2012; the day is not confirmed." in out.getvalue()
    assert "  standards[5.5]: glaa-web 2018" in out.getvalue()


def test_every_fault_of_every_pack_is_printed(tmp_path: Path) -> None:
    draft = a_draft(tmp_path, later=True)
    draft.spoil("checks.toml", 'code = "police"', 'code = "water"')
    draft.change("[fees.bands.small]\nfrom = 1\n")
    err = StringIO()

    with (
        schemes.use([tmp_path / "nowhere", draft.root]),
        pytest.raises(CommandError, match="3 faults in the scheme packs"),
    ):
        call_command("check_packs", stderr=err)

    assert err.getvalue().splitlines() == [
        "nowhere: there is no such folder of packs",
        "car-wash/base/checks.toml: checks[water]: is there 2 times",
        "car-wash/2031-01-01.toml: fees.bands[small].from: the lowest band must begin at 0",
    ]
