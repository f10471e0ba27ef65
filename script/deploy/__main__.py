"""Writes all files that are made: `python -m script.deploy`."""

import sys
from itertools import chain

from script.deploy import compose, kubernetes, systemd


def main() -> int:
    for path, words in chain(systemd.files(), compose.files(), kubernetes.files()):
        path.write_text(words)
    systemd.DOCUMENT.write_text(systemd.document())
    return 0


if __name__ == "__main__":
    sys.exit(main())
