"""Puts a changed copy of one module in the place of the true one, for `script/mutate`: `pytest -p tests.mutant`."""

import os
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType

_TRUE, _COPY = os.environ["MUTANT_OF"], os.environ["MUTANT"]
_read = SourceFileLoader.get_code


def _get_code(self: SourceFileLoader, fullname: str) -> CodeType | None:
    if Path(self.path).resolve() != Path(_TRUE):
        return _read(self, fullname)
    return compile(Path(_COPY).read_text(), self.path, "exec", dont_inherit=True)


SourceFileLoader.get_code = _get_code  # type: ignore[method-assign, assignment]
