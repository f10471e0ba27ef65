"""Does the drawing of a round again from its file, and from nothing else: `python redraw.py V-XXXX-XXXX.json`.

It knows nothing of the project. The SHA-256 of the seed must be what was committed to, which stands in the trail from before
the list was fixed; the licences whose "seed:number" has the lowest SHA-256 are those on which the lot falls.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def faults(told: dict[str, Any]) -> list[str]:
    """What does not hold of a drawing."""
    seed = told["seed"]
    if seed is None:
        return ["It has not been drawn yet."]
    found = []
    if digest(seed) != told["commitment"]:
        found.append("The seed is not the one that was committed to.")
    lowest = sorted(told["numbers"], key=lambda number: digest(f"{seed}:{number}"))[: told["by_lot"]]
    if lowest != told["drawn"]:
        found.append(f"The lot falls on {', '.join(lowest)}.")
    return found


if __name__ == "__main__":
    wrong = faults(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    print("\n".join(wrong) or "The drawing comes to the same.")
    sys.exit(bool(wrong))
