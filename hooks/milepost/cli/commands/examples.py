"""Examples of each command, for the handbook; a test runs them all on the project's own data."""

from __future__ import annotations

from collections.abc import Mapping

EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "build": ("milepost build", "milepost build --as-of 2026-12-01 --site preview"),
    "check": ("milepost check", "milepost check --strict --rule rollup-mismatch", "milepost check --format sarif"),
    "diff": ("milepost diff HEAD~1", "milepost diff HEAD~1 HEAD --format markdown"),
    "digest": ("milepost digest --since 2025-10-14", "milepost digest --since 2025-10-14 --format html"),
    "explain": ("milepost explain rollup-mismatch",),
    "export": ("milepost export --format json",),
    "init": ("milepost init portal", 'milepost init portal --title "Harbour office" --programme "New ferry"'),
    "schema": ("milepost schema", "milepost schema tasks"),
    "serve": ("milepost serve", "milepost serve --address 127.0.0.1:8080"),
    "snapshot cite": ("milepost snapshot cite fixnado/T1A", "milepost snapshot cite fixnado/M1 --format bibtex"),
    "snapshot create": (
        'milepost snapshot create 2025-10-21 --reason "Report to the board" --approved-by programme-manager',
    ),
    "snapshot list": ("milepost snapshot list",),
    "snapshot restore": ("milepost snapshot restore --site site",),
    "snapshot verify": ("milepost snapshot verify 2025-10-21", "milepost snapshot verify 2025-10-21 --rebuild"),
}
"""By the command's name."""
