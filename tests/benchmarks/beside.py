"""The look-up while hostile PDFs are uploaded and the trail is verified: `python -m tests.benchmarks.beside`.

On the sample data, with the server and the worker started as in earnest. `--data FOLDER` takes a VAR_DIR in which
`load_demo` has been run, and copies its database; without it a small sample is loaded first.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.serving.attack import Attack
from tests.serving.started import ROOT, SETTINGS, a_start, a_worker

BAR = 0.5  # seconds, for 95 of 100 look-ups
WAYS = {
    "nothing beside": {},
    "hostile PDFs uploaded": {"uploads": True},
    "the trail verified": {"verifying": True},
    "both": {"uploads": True, "verifying": True},
}
LIFTED = "read=1000000/60 look_up=1000000/60 api=1000000/60 upload=1000000/60"
DEMO = {"DEMO": "1", "CLAMD_ADDRESS": "none", "LIMITS": LIFTED, "DRAFTS": "120"}


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--seed", type=int, default=15)
    options.add_argument("--providers", type=int, default=300)
    options.add_argument("--data", type=Path)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = given.data or _sample(Path(folder) / "sample", given.providers)
        place = Path(folder) / "service"
        place.mkdir()
        # Twenty files at most go to one draft.
        with a_start(place, data / "registry.sqlite3", **DEMO) as started, a_worker(started):
            attack = Attack(started, seed=given.seed)
            attack.look_ups(5)
            worst = 0.0
            for what, beside in WAYS.items():
                answers = attack.look_ups(given.seconds, **beside)
                print(f"{what}: {answers}", flush=True)
                worst = max(worst, 60.0 if answers.bad else answers.within)
            print("the worker:", attack.done_by_the_worker())
    print("passed" if worst < BAR else "FAILED")
    return 0 if worst < BAR else 1


def _sample(folder: Path, providers: int) -> Path:
    folder.mkdir()
    environment = {**os.environ, **SETTINGS, **DEMO, "VAR_DIR": str(folder)}
    environment.pop("DATABASE_URL", None)
    for command in (["set_up"], ["load_demo", "--providers", str(providers)]):
        subprocess.run(
            [sys.executable, "manage.py", *command], env=environment, cwd=ROOT, check=True, stdout=sys.stderr
        )
    return folder


if __name__ == "__main__":
    sys.exit(main())
