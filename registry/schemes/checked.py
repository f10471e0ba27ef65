"""Which folders of packs have passed every check, so that a process that starts need not repeat the slow ones.

A folder is known by the digest of all its files and of the code that checks them. Change either, and it is checked again.
"""

import hashlib
from pathlib import Path

_CODE = Path(__file__).parent
_places: list[Path] = []


def keep_in(file: Path) -> None:
    """Keep the digests of folders that have passed in this file. Until this is called nothing is kept."""
    _places[:] = [file]


def digest_of(*roots: Path) -> str:
    """The SHA-256 of folders of packs and of the code that checks them, as hexadecimal digits."""
    files = [*_CODE.glob("*.py"), *(path for root in roots for path in root.rglob("*") if path.is_file())]
    digest = hashlib.sha256()
    for path in sorted(set(files)):
        content = path.read_bytes()
        digest.update(f"{path}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def has_passed(digest: str) -> bool:
    return any(digest in _read(file) for file in _places)


def record(digest: str) -> None:
    """Keep that a folder with this digest has passed. Where the file cannot be written, the next process checks again."""
    for file in _places:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("\n".join([*_read(file)[-7:], digest]) + "\n")
        except OSError:
            return


def _read(file: Path) -> list[str]:
    try:
        return file.read_text().split()
    except OSError:
        return []
