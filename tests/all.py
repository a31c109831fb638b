"""Everything that must hold before a change is done: format, lint, types, import contracts, tests.

`python -m tests.all` runs all; `python -m tests.all lint` only what needs no test run.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
TOOLS = Path(sys.executable).parent
STATIC = (
    (str(TOOLS / "ruff"), "check", "extractor", "tests"),
    (str(TOOLS / "ruff"), "format", "--check", "extractor", "tests"),
    (str(TOOLS / "mypy"),),
    (str(TOOLS / "lint-imports"),),
)
TESTS = ((sys.executable, "-m", "pytest"),)


def main() -> int:
    """Run the steps, all of them even if one fails; the exit status is 0 only if none did."""
    steps = STATIC if sys.argv[1:] == ["lint"] else STATIC + TESTS
    failed = []
    for step in steps:
        name = " ".join([Path(step[0]).name, *step[1:]])
        print(f"\n== {name}", flush=True)
        if subprocess.run(step, cwd=ROOT, check=False).returncode:
            failed.append(name)
    print("\nfailed: " + "; ".join(failed) if failed else "\nall passed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
