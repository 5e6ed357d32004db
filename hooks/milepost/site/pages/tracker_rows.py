"""The rows of the tables of a tracker: the programme of each, its record, and its route on the tracker's page."""

from __future__ import annotations

from milepost.data.records.tracker import Checkpoint, Meeting, Metric
from milepost.model.anchors import checkpoint_routes, meeting_routes, metric_routes
from milepost.model.portal import ProgrammeNode
from milepost.site.pages.answers import Answers


def checkpoints(answers: Answers) -> list[tuple[ProgrammeNode, Checkpoint, str]]:
    """The checkpoints of the programmes that the answers are about, the first one first."""
    routes = {
        (programme.slug, checkpoint.name): route
        for programme in {programme.slug: programme for programme, _ in answers.checkpoints}.values()
        for checkpoint, route in zip(
            programme.tracker.checkpoints, checkpoint_routes(programme.slug, programme.tracker), strict=True
        )
    }
    return [
        (programme, checkpoint, routes[programme.slug, checkpoint.name])
        for programme, checkpoint in answers.checkpoints
    ]


def meetings(programme: ProgrammeNode) -> list[tuple[ProgrammeNode, Meeting, str]]:
    """The meetings of a programme."""
    routes = meeting_routes(programme.slug, programme.tracker)
    return [(programme, meeting, route) for meeting, route in zip(programme.tracker.cadence, routes, strict=True)]


def metrics(programme: ProgrammeNode) -> list[tuple[ProgrammeNode, Metric, str]]:
    """The metrics of a programme."""
    routes = metric_routes(programme.slug, programme.tracker)
    return [(programme, metric, route) for metric, route in zip(programme.tracker.metrics, routes, strict=True)]
