"""What loading and importing take: time, and memory that must not grow with what is loaded.

`python -m tests.benchmarks.loading [PROVIDERS]` fills a database of its own under var/benchmarks, anew each time.
"""

# ruff: noqa: E402 — Django is set up before its models are imported
import shutil
import sys

import django

django.setup()

from tests.benchmarks import data, frame

PROVIDERS = 5_000
PREMISES = data.ROOT / "config" / "demo" / "food-establishments.csv"


def measure(providers: int = PROVIDERS) -> None:
    """On SQLite: the file is thrown away, so that nothing is there already."""
    folder = data.FOLDER / "loading"
    shutil.rmtree(folder, ignore_errors=True)
    env = data.environment(folder, "")
    data.set_up(env)
    spent = {
        f"load_demo: {providers:,} providers, {providers // 3:,} applications": data.load(
            env, providers=providers, applications=providers // 3
        ),
        "import_premises: 6,344 premises": frame.watch(data.manage("import_premises", str(PREMISES)), env),
        "the same edition again": frame.watch(data.manage("import_premises", str(PREMISES)), env),
        f"rebuild_index: {providers:,} providers": frame.watch(data.manage("rebuild_index"), env),
    }
    frame.table(
        "Loading on SQLite: seconds with the start of the process, and megabytes",
        ["what", "seconds", "memory after a quarter of the time", "at the most", "growth"],
        [
            [name, f"{of.seconds:.1f}", f"{of.early:.0f}", f"{of.most:.0f}", f"{of.growth:.0f}"]
            for name, of in spent.items()
        ],
    )
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    print(frame.machine())
    measure(*map(int, sys.argv[1:]))
