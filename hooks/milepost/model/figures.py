"""The keys of figures: each figure of the portal that a page may show as a percentage has one.

A key is the name of an entity, of a part of it or of one of its days, then what kind of figure it is:

- `fixnado/M3:reported`, `fixnado/M3:computed`: what a line of data states, what the parts give;
- `edulure/T4:by-sprints`: what another cut of the same work gives;
- `edulure/S1A/2:reported`, `demo/M1/exit-1:computed`: the second item of a sprint, a criterion;
- `fixnado/T1A:row`: what the tracker's row of a task states;
- `fixnado/T1A/2025-10-15:reported`: a dated report, by its anchor;
- `fixnado/T1A/2025-10-15:dated`: the figure that was known of that day, whoever reported it;
- `fixnado/2025-10-15:computed`: the mean of a programme's dated figures on that day;
- `fixnado/T1A/2025-10-15/T1A:before`, `:after`: from where to where a figure moved with an event;
- `s/2025-10-21/fixnado/M3:reported`: any of the first four, as a snapshot has it;
- `snapshots/2025-10-21/now/fixnado/T1A/2025-10-15/T1A:before`: from where to where a figure moved with an event between
  the two states that a page compares.
"""

from __future__ import annotations

from datetime import date

from milepost.data.records.update import Update
from milepost.model.portal import Ref
from milepost.model.progress import Computed, Progress


def reported_key(ref: Ref) -> str:
    """The key of the figure that a line of data states of an entity."""
    return f"{ref}:reported"


def computed_key(ref: Ref, progress: Progress, computed: Computed) -> str:
    """The key of one of the figures that are computed of an entity: of its parts, or of another cut of its work."""
    return f"{ref}:computed" if computed is progress.computed else f"{ref}:by-{computed.basis}"


def leading_key(ref: Ref, progress: Progress) -> str:
    """The key of the figure that is read first of an entity: the reported one, else the computed one."""
    return f"{ref}:reported" if progress.reported is not None else f"{ref}:{progress.figure_kind}"


def row_key(ref: Ref) -> str:
    """The key of the figure that the tracker's row of a task states."""
    return f"{ref}:row"


def update_key(ref: Ref, update: Update) -> str:
    """The key of the figure that a dated report of an entity states."""
    return f"{ref}/{update.anchor}:reported"


def dated_key(ref: Ref, day: date) -> str:
    """The key of the last figure of a milestone or task that is dated on a day."""
    return f"{ref}/{day.isoformat()}:dated"


def mean_key(programme: str, day: date) -> str:
    """The key of the mean of a programme's dated figures on a day."""
    return f"{programme}/{day.isoformat()}:computed"
