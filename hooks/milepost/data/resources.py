"""The folders that the package carries besides its code.

`overrides` and `handbook` are those of the repository, to which links lead here; a wheel holds what stands in them.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent.parent

THEME_FOLDER = _PACKAGE / "overrides"
"""What Milepost adds to the theme: templates, styles and script, always those of the pages that this version makes."""
HANDBOOK_FOLDER = _PACKAGE / "handbook"
"""The pages of the handbook; a portal that has its own of the same name shows that instead."""
EXAMPLE_FOLDER = _PACKAGE / "example"
"""A portal whose data has every field of every kind of file, for the data reference."""
SKELETON_FOLDER = _PACKAGE / "skeleton"
"""What a new portal begins with."""
