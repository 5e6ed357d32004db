"""Writes the golden files anew: `.venv/bin/python site_tests/golden/renew.py`. Then read what `git diff` shows."""

from __future__ import annotations

import shutil

from produce import EXPECTED, produced


def renew() -> None:
    """Put what is produced now in the place of what was expected."""
    files = produced()
    shutil.rmtree(EXPECTED, ignore_errors=True)
    for name, content in files.items():
        path = EXPECTED / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8", newline="\n")


if __name__ == "__main__":
    renew()
