"""The charts of a programme, a module each. To add one, write its module and list it here."""

from __future__ import annotations

from milepost.charts import burn_up, coverage, progress, sprints, timeline
from milepost.charts.descriptor import Chart, ChartText, Subject
from milepost.charts.style import SCHEMES

CHARTS: tuple[Chart, ...] = (
    burn_up.CHART,
    coverage.CHART,
    progress.CHART,
    sprints.CHART,
    timeline.CHART,
)
"""Every chart, by name."""

__all__ = ["CHARTS", "SCHEMES", "Chart", "ChartText", "Subject"]
