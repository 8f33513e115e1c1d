"""What the project is built of: `licences` checks and writes docs/licences.csv, `sbom` writes a CycloneDX list to stdout.

Names, versions and hashes come from locks/runtime.txt and locks/dev.txt, licences from the metadata of what is installed.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import uuid
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LIST = ROOT / "docs" / "licences.csv"
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)(?:\s*;\s*[^\\]+)?\s*\\?$", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_ALLOWED = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python-2|Python Software|MPL|Mozilla|LGPL|Lesser General|HPND|Unlicense|0BSD|Zlib|CC0|Public Domain"
    r"|CNRI|ZPL|Zope|Artistic",
    re.IGNORECASE,
)
_REFUSED = re.compile(r"AGPL|Affero|(?<!L)GPL(?!-\d.*exception)|SSPL|BUSL|Commons Clause", re.IGNORECASE)


def locked(name: str) -> dict[str, tuple[str, list[str]]]:
    """Version and hashes of each package of a lock, by its normalised name."""
    text = (ROOT / "locks" / f"{name}.txt").read_text(encoding="utf-8")
    found: dict[str, tuple[str, list[str]]] = {}
    pins = list(_PIN.finditer(text))
    for pin, following in zip(pins, [*pins[1:], None], strict=True):
        part = text[pin.end() : following.start() if following else len(text)]
        found[normal(pin[1])] = (pin[2], _HASH.findall(part))
    return found


def normal(name: str) -> str:
    """A package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


ELSEWHERE = {"colorama": "BSD-3-Clause"}
"""The licences of packages that are installed on other systems only."""


def licence_of(name: str) -> str:
    """The licence that an installed package states, '' where it states none or is not installed."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ELSEWHERE.get(normal(name), "")
    if expression := told.get("License-Expression"):
        return str(expression)
    classified = [each.rpartition(" :: ")[2] for each in told.get_all("Classifier") or () if each.startswith("License")]
    stated = str(told.get("License") or "").strip().splitlines()
    return "; ".join(each for each in classified if each != "OSI Approved") or (stated[0] if stated else "")


def faults(rows: list[tuple[str, str, str, str]]) -> list[str]:
    """One line for each package whose licence is not known, or is none that goes with this project's."""
    told = []
    for name, version, _, licence in rows:
        choices = re.split(r"\s+OR\s+|;", licence)
        if not any(_ALLOWED.search(choice) and not _REFUSED.search(choice) for choice in choices):
            told.append(
                f"{name} {version}: licence '{licence or 'not stated'}' is not among those allowed; see scripts/supply.py"
            )
    return told


def licences() -> list[tuple[str, str, str, str]]:
    """Name, version, where it is used and licence of every locked package."""
    runtime, dev = locked("runtime"), locked("dev")
    every = {
        **{name: ("development", *pin) for name, pin in dev.items()},
        **{name: ("runtime", *pin) for name, pin in runtime.items()},
    }
    return [(name, version, use, licence_of(name)) for name, (use, version, _) in sorted(every.items())]


def as_csv(rows: list[tuple[str, str, str, str]]) -> str:
    """The list as docs/licences.csv holds it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("package", "version", "use", "licence"))
    writer.writerows(rows)
    return out.getvalue()


def sbom() -> dict[str, Any]:
    """A CycloneDX 1.6 list of the runtime: version, hashes, licence and package URL of each; the same for the same lock."""
    components = []
    for name, (version, hashes) in sorted(locked("runtime").items()):
        purl = f"pkg:pypi/{name}@{version}"
        component: dict[str, Any] = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
        component["properties"] = [{"name": "sha256 of a released file", "value": value} for value in hashes]
        if licence := licence_of(name):
            component["licenses"] = [{"license": {"name": licence}}]
        components.append(component)
    version = re.search(
        r'"([^"]+)"', (ROOT / "budgetdata" / "base" / "version.py").read_text(encoding="utf-8").split("VERSION")[-1]
    )
    whole = {
        "type": "application",
        "bom-ref": "budgetdata",
        "name": "budgetdata",
        "version": version[1] if version else "",
    }
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps([whole, components], sort_keys=True))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {"component": whole},
        "components": components,
        "dependencies": [{"ref": "budgetdata", "dependsOn": [component["bom-ref"] for component in components]}],
    }


def main(task: str) -> int:
    """Do one task; 1 where a licence is unknown or not allowed."""
    if task == "sbom":
        sys.stdout.write(json.dumps(sbom(), indent=1, ensure_ascii=False) + "\n")
        return 0
    rows = licences()
    LIST.write_text(as_csv(rows), encoding="utf-8")
    for fault in faults(rows):
        print(fault, file=sys.stderr)
    print(f"{LIST.relative_to(ROOT)}: {len(rows)} packages")
    return 1 if faults(rows) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
