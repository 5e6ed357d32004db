"""The charts, a module each. To add one, write its module and list it here."""

from __future__ import annotations

from milepost.site.charts import activity_calendar, burn_up, coverage, progress, risk_matrix, sprints, timeline
from milepost.site.charts.descriptor import Chart, ChartText, Subject, subject_of_portfolio, subject_of_programme
from milepost.site.charts.style import SCHEMES

CHARTS: tuple[Chart, ...] = (
    activity_calendar.CHART,
    burn_up.CHART,
    coverage.CHART,
    progress.CHART,
    risk_matrix.CHART,
    sprints.CHART,
    timeline.CHART,
)
"""Every chart, by name."""

__all__ = ["CHARTS", "SCHEMES", "Chart", "ChartText", "Subject", "subject_of_portfolio", "subject_of_programme"]
