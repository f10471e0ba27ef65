"""A real clamd that knows one signature, our own: it starts in a moment and asks nobody for anything."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from registry.uploads.scanner import _asked
from tests.registry.uploads.corpus import EICAR

SETTINGS = """
Foreground yes
LogFile {folder}/log
LocalSocket {socket}
DatabaseDirectory {folder}/signatures
StreamMaxLength 12M
AlertExceedsMax yes
"""


def program() -> str | None:
    return shutil.which("clamd", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")


@contextmanager
def running() -> Iterator[str]:
    """The address of a scanner, for as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="registry-clamd-") as name:
        folder = Path(name)
        (folder / "signatures").mkdir()
        (folder / "signatures" / "own.ndb").write_text(f"Own.Test.Eicar:0:*:{EICAR.hex()}\n")
        address = f"{folder}/clamd.ctl"
        (folder / "conf").write_text(SETTINGS.format(folder=folder, socket=address))
        process = subprocess.Popen(
            [program() or "clamd", "-c", str(folder / "conf")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            _wait_for(address, process)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    for _try in range(600):
        try:
            assert _asked(address, b"hello").endswith("OK")
            return
        except OSError:
            assert process.poll() is None, "clamd stopped"
            time.sleep(0.05)
    raise AssertionError("clamd does not answer")
