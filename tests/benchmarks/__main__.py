"""Every benchmark by one command: `python -m tests.benchmarks`. Tables on standard output, in Markdown.

    python -m tests.benchmarks                                   1,200 providers, SQLite, some minutes
    python -m tests.benchmarks --providers 100000 --applications 200000
    python -m tests.benchmarks --database postgresql://user:password@host/name
    python -m tests.benchmarks --only public,pdf

A database is filled as `load_demo` fills it, and kept under var/benchmarks for the next run. One that is given with
`--database` is brought up to that size too, unless `--as-it-is` says that it is used as it is. The actions write: give
no database that anybody works with. Tools that are missing (wrk) are named, and the rest is measured.
"""

import argparse
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.benchmarks import data

# In this order; each can be run alone as `python -m tests.benchmarks.<part>`.
PARTS = ("public", "download", "many", "pdf", "actions", "lists", "form", "search", "loading")
TOLD_THE_DATABASE = frozenset({"lists"})


def main(arguments: Sequence[str]) -> int:
    asked = _read(arguments)
    env = data.environment(data.FOLDER / _name(asked), asked.database)
    if not asked.as_it_is:
        print(
            f"Preparing {asked.providers:,} providers and {asked.applications:,} applications (kept for the next run)"
        )
        data.set_up(env)
        try:
            spent = data.load(env, providers=asked.providers, applications=asked.applications)
        except subprocess.CalledProcessError as error:
            sys.exit(f"load_demo failed:\n{error.output}")
        print(f"Ready in {spent.seconds:.0f} s, memory grown by {spent.growth:.0f} MB")
    failed = [part for part in asked.only if not _run(part, env)]
    if failed:
        print(f"\nFailed: {', '.join(failed)}", file=sys.stderr)
    return len(failed)


def _run(part: str, env: Mapping[str, str]) -> bool:
    print(f"\n## {part}\n", flush=True)
    if not Path(__file__).with_name(f"{part}.py").exists():
        print("There is no such part.")
        return False
    given = [env["DATABASE_URL"]] if part in TOLD_THE_DATABASE else []
    command = [sys.executable, "-m", f"tests.benchmarks.{part}", *given]
    return subprocess.run(command, env=env, cwd=data.ROOT).returncode == 0


def _name(asked: argparse.Namespace) -> str:
    return "given" if asked.database else f"{asked.providers}-{asked.applications}"


def _read(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--providers", type=int, default=1200, help="how many are on the register (1200)")
    parser.add_argument("--applications", type=int, help="how many cases (a third of the providers)")
    parser.add_argument(
        "--database", default="", help="where, as in DATABASE_URL; SQLite under var/benchmarks if left out"
    )
    parser.add_argument("--as-it-is", action="store_true", help="load nothing into the database that is given")
    parser.add_argument("--only", default=",".join(PARTS), help=f"parts, by comma: {', '.join(PARTS)}")
    asked = parser.parse_args(arguments)
    asked.only = asked.only.split(",")
    asked.applications = asked.providers // 3 if asked.applications is None else asked.applications
    return asked


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
