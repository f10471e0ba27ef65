"""Encrypting a copy for a place that others can read, by the program age."""

import shutil
import subprocess
from pathlib import Path


class NoAge(Exception):
    """In words for who runs the service."""


def needs_age() -> None:
    if not shutil.which("age"):
        raise NoAge("To encrypt, install age: apt-get install age")


def encrypt(path: Path, into: Path, *, name: str, recipients: Path) -> Path:
    """One file of age, in which the file or folder is called `name`; there whole or not at all. Raises `NoAge`."""
    needs_age()
    part = into.with_name(f".{into.name}.unfinished")
    packed = ["tar", "--create", "--directory", str(path.parent), f"--transform=s,^{path.name},{name},", path.name]
    try:
        with subprocess.Popen(packed, stdout=subprocess.PIPE) as tar:
            command = ["age", "--recipients-file", str(recipients), "--output", str(part)]
            done = subprocess.run(command, stdin=tar.stdout, capture_output=True, text=True, check=False)
        if done.returncode or tar.returncode:
            raise NoAge(f"age: {done.stderr.strip() or 'the copy could not be packed'}")
        return part.rename(into)
    finally:
        part.unlink(missing_ok=True)


def decrypt(file: Path, into: Path, *, identity: Path) -> Path:
    """What is in the file, in this folder. Raises `NoAge`."""
    needs_age()
    command = ["age", "--decrypt", "--identity", str(identity), str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as age:
        unpacked = subprocess.run(
            ["tar", "--extract", "--directory", str(into)], stdin=age.stdout, capture_output=True, check=False
        )
        said = age.stderr.read().decode() if age.stderr else ""
    if age.returncode or unpacked.returncode:
        raise NoAge(f"age: {said.strip() or 'this is no copy'}")
    return next(into.iterdir())
