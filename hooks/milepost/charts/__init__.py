"""The charts of a programme, a module each. To add one, write its module and list it here."""

from __future__ import annotations

from milepost.charts import progress
from milepost.charts.descriptor import Chart, ChartText
from milepost.charts.style import SCHEMES

CHARTS: tuple[Chart, ...] = (progress.CHART,)
"""Every chart, by name."""

__all__ = ["CHARTS", "SCHEMES", "Chart", "ChartText"]
