import subprocess
import sys
from pathlib import Path

from registry import checks, schemes
from tests.registry.schemes.drafts import a_draft


def test_sound_packs_let_the_deploy_go_on() -> None:
    assert checks.scheme_packs() == []


def test_a_broken_pack_stops_the_deploy_with_file_key_and_reason(tmp_path: Path) -> None:
    draft = a_draft(tmp_path)
    draft.spoil("standards.toml", "points = 4", "points = 0")

    with schemes.use([draft.root]):
        (error,) = checks.scheme_packs()

    assert error.is_serious()
    assert error.msg == "car-wash/base/standards.toml: standards[1.2].points: must be greater than 0"


def test_django_runs_the_check_on_every_start() -> None:
    code = (
        "import django; django.setup(); from django.core.checks.registry import registry; print(registry.get_checks())"
    )
    registered = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "scheme_packs" in registered.stdout
