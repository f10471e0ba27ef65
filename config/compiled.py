"""Compiles the catalogues of translations, as they are not in the repository: `python -m config.compiled` (docs/decisions/0095).

Needs no settings and no gettext, so it can run before anything else does.
"""

import os
import tempfile
from pathlib import Path

import polib

LOCALE = Path(__file__).parent / "locale"


def is_stale(source: Path) -> bool:
    """Whether this django.po has no django.mo beside it that was compiled from what it is now."""
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns != source.stat().st_mtime_ns


def stale(locale: Path = LOCALE) -> list[Path]:
    """Every django.po that must be compiled."""
    return [source for source in sorted(locale.glob("*/LC_MESSAGES/django.po")) if is_stale(source)]


def compile_catalogues(locale: Path = LOCALE) -> int:
    """Compile every catalogue that has changed; says how many. Each is replaced as a whole: processes may do it at once."""
    found = stale(locale)
    for source in found:
        _compile(source)
    return len(found)


def _compile(source: Path) -> None:
    changed = source.stat()
    content = polib.pofile(str(source)).to_binary()
    handle, scratch = tempfile.mkstemp(dir=source.parent, suffix=".scratch")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.chmod(scratch, 0o644)
    os.utime(scratch, ns=(changed.st_atime_ns, changed.st_mtime_ns))
    os.replace(scratch, source.with_suffix(".mo"))


if __name__ == "__main__":
    compile_catalogues()
