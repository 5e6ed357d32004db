"""Back-links: every place that names an entity, by field or in a sentence, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from conftest import SmallProject
from milepost.model.backlinks import backlinks
from milepost.model.portal import Ref


def labels(project: SmallProject, entity_id: str) -> list[str]:
    portal = project.check().portal
    assert portal is not None, project.text
    return [link.label for link in backlinks(portal).get(Ref("demo", entity_id), ())]


def test_fields_and_sentences_that_name_an_entity_are_listed_once_each(
    small_project: Callable[..., SmallProject],
) -> None:
    project = small_project(
        {
            "data/programmes/demo/registers/risks.yml": "- {id: R-01, description: T1 may slip., status: open}\n",
            "data/programmes/demo/registers/decisions.yml": """\
                - {id: D-01, date: 2025-01-02, decision: Go., refs: [T1]}
                """,
        },
        milestones="- {id: M1, title: First, includes: [T1], objective: T1 is what matters here.}\n",
        tasks="""\
            - {id: T1, summary: About T1 itself.}
            - {id: T2, depends_on: [T1]}
            - {id: T3, summary: Runs `T1` twice.}
            """,
        tracker="""\
            activity:
              - {date: 2025-03-04, text: T1 moved.}
            checkpoints:
              - {title: Review, week: 3, refs: [T1]}
            """,
    )
    assert labels(project, "T1") == [
        "M1 First, Demo",
        "T2, Demo",
        "D-01, Demo",
        "R-01, Demo",
        "Activity of 4 Mar 2025, Demo",
        "Checkpoint: Review, Demo",
    ]


def test_another_programme_is_reached_by_its_full_name_only(small_project: Callable[..., SmallProject]) -> None:
    project = small_project(
        {
            "data/portfolio.yml": """\
                title: P
                publisher: O
                programmes: [demo, other]
                feed_authority: demo.example,2026
                """,
            "data/programmes/other/programme.yml": "id: other\ntitle: Other\nrecorded: 2026-01-01\n",
            "data/programmes/other/tasks.yml": '- {id: T7, summary: "Waits for [[demo/T1]], not for T2."}\n',
        },
        tasks="- id: T1\n- id: T2\n",
    )
    assert labels(project, "T1") == ["T7, Other"]
    assert labels(project, "T2") == []
