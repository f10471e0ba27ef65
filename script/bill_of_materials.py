"""Write docs/bill-of-materials.json (CycloneDX): what an installation holds, and what the theme was built from.

    python script/bill_of_materials.py PYTHON

PYTHON is the Python of an environment in which requirements/saml.txt is installed. script/lock makes one and calls this.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
BILL = ROOT / "docs/bill-of-materials.json"
# What an environment brings itself is no part of the product.
NOT_OURS = {"pip", "setuptools", "wheel"}
# Whose metadata names a licence otherwise than by its SPDX identifier.
OTHERWISE = {"protobuf": "BSD-3-Clause"}


def main(python: str) -> None:
    """Write the bill of the environment of this Python, and say how many components it has."""
    bill = made_by_cyclonedx(python)
    bill["components"] = [one for one in bill["components"] if one["name"] not in NOT_OURS] + theme()
    for one in bill["components"]:
        if not one.get("licenses") and one["name"] in OTHERWISE:
            one["licenses"] = [{"license": {"id": OTHERWISE[one["name"]]}}]
    left = {one["bom-ref"] for one in bill["components"]} | {bill["metadata"]["component"]["bom-ref"]}
    bill["dependencies"] = [one for one in bill["dependencies"] if one["ref"] in left]
    BILL.write_text(json.dumps(bill, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
    print(f"{BILL.relative_to(ROOT)}: {len(bill['components'])} components")


def made_by_cyclonedx(python: str) -> dict[str, Any]:
    """The bill as cyclonedx-py makes it, without the time and the number that would differ each time."""
    tool = Path(sys.executable).with_name("cyclonedx-py")
    options = [
        "--pyproject",
        "pyproject.toml",
        "--output-reproducible",
        "--output-format",
        "JSON",
        "--spec-version",
        "1.6",
    ]
    result = subprocess.run(
        [tool, "environment", *options, python], cwd=ROOT, check=True, capture_output=True, text=True
    )
    found: dict[str, Any] = json.loads(result.stdout, object_hook=_without_addresses)
    return found


def _without_addresses(part: dict[str, Any]) -> dict[str, Any]:
    """Addresses of other projects change without a new version."""
    part.pop("externalReferences", None)
    return part


def theme() -> list[dict[str, Any]]:
    """The packages of config/theme whose files are served, as components."""
    packages = json.loads((ROOT / "config/static/vendor/manifest.json").read_text())["packages"]
    return [
        {
            "bom-ref": f"{one['name']}@{one['version']}",
            "type": "library",
            "name": one["name"],
            "version": one["version"],
            "purl": f"pkg:npm/{one['name'].replace('@', '%40')}@{one['version']}",
            "licenses": [{"license": {"id": one["licence"]}}],
        }
        for one in packages
    ]


if __name__ == "__main__":
    main(sys.argv[1])
