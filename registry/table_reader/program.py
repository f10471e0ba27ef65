"""The rows of a stranger's file: run as a program of its own, with limits that the system keeps.

    python program.py <folder of the product> < given > rows.json

The answer is the rows, and the encoding that was guessed. A file that is not taken ends it with the status `REFUSED`, and the
code of the reason.
"""

import json
import os
import resource
import sys
from dataclasses import asdict

MEMORY = 300 * 1024 * 1024
SECONDS = 2
REFUSED = 10


def main(arguments: list[str]) -> int:
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    os.nice(10)  # after who waits for a page
    sys.path.insert(0, *arguments)
    from registry import table_reader  # noqa: PLC0415 - found only now
    from registry.errors import Refused  # noqa: PLC0415

    try:
        read = table_reader.read_file(sys.stdin.buffer.read())
    except Refused as refused:
        sys.stdout.write(refused.reasons[0].code)
        return REFUSED
    json.dump(asdict(read), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
