"""Puts a changed copy of one module in the place of the true one, for `script/mutate`: `pytest -p tests.mutant`."""

import os
import subprocess
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any
from unittest.mock import patch

_TRUE, _COPY = os.environ["MUTANT_OF"], os.environ["MUTANT"]
_read = SourceFileLoader.get_code
_start = subprocess.Popen.__init__


def _get_code(self: SourceFileLoader, fullname: str) -> CodeType | None:
    if Path(self.path).resolve() != Path(_TRUE):
        return _read(self, fullname)
    return compile(Path(_COPY).read_text(), self.path, "exec", dont_inherit=True)


SourceFileLoader.get_code = _get_code  # type: ignore[method-assign, assignment]


def _start_copy(program: Any, args: Any, *more: Any, **options: Any) -> None:
    """A module that is run as a program of its own is run as its copy."""
    _start(
        program, [_COPY if one == _TRUE else one for one in args] if isinstance(args, list) else args, *more, **options
    )


patch.object(subprocess.Popen, "__init__", _start_copy).start()
