"""The graph: who belongs to whom, what each figure rests on, as of which day, and what a name stands for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from conftest import TODAY, SmallProject, marked
from milepost.history.timeline import Past
from milepost.model.portal import MilestoneNode, Portal, ProgrammeNode, Ref, TaskNode
from milepost.model.progress import Basis
from milepost.report import make_report
from milepost.site.build import build

Project = Callable[..., SmallProject]


def portal_of(project: SmallProject) -> Portal:
    portal = project.check().portal
    assert portal is not None, project.text
    return portal


def programme_of(project: SmallProject) -> ProgrammeNode:
    return portal_of(project).programmes[0]


def milestone(programme: ProgrammeNode, name: str) -> MilestoneNode:
    return next(node for node in programme.milestones if node.ref.id == name)


def task(programme: ProgrammeNode, name: str) -> TaskNode:
    return next(node for node in programme.tasks if node.ref.id == name)


class TestTasksOfMilestones:
    @pytest.mark.parametrize(
        "files",
        [
            {"milestones": "- {id: M1, includes: [T1]}\n", "tasks": "- id: T1\n"},
            {"milestones": "- id: M1\n", "tasks": "- {id: T1, milestones: [M1]}\n"},
            {"milestones": "- id: M1\n", "tasks": "- id: T1\n", "tracker": "rows: [{task: T1, milestone: M1}]\n"},
            {
                "milestones": "- {id: M1, includes: [T1]}\n",
                "tasks": "- {id: T1, milestones: [M1]}\n",
                "tracker": "rows: [{task: T1, milestone: M1}]\n",
            },
        ],
        ids=["the milestone says so", "the task says so", "the row says so", "all three say so"],
    )
    def test_a_task_belongs_to_its_milestone_whoever_says_so(
        self, small_project: Project, files: dict[str, str]
    ) -> None:
        programme = programme_of(small_project(**files))
        assert [node.ref.id for node in milestone(programme, "M1").tasks] == ["T1"]
        assert task(programme, "T1").milestones == ("M1",)
        assert programme.loose_tasks == ()

    def test_a_task_can_be_in_several_milestones_and_names_them_in_their_order(self, small_project: Project) -> None:
        programme = programme_of(
            small_project(
                milestones="- id: M2\n- {id: M1, includes: [T1]}\n- id: M3\n",
                tasks="- {id: T1, milestones: [M3, M2]}\n",
            )
        )
        assert task(programme, "T1").milestones == ("M2", "M1", "M3")

    def test_the_tasks_of_a_milestone_stand_in_the_order_of_the_tasks(self, small_project: Project) -> None:
        programme = programme_of(
            small_project(milestones="- {id: M1, includes: [T2, T3, T1]}\n", tasks="- id: T3\n- id: T1\n- id: T2\n")
        )
        assert [node.ref.id for node in milestone(programme, "M1").tasks] == ["T3", "T1", "T2"]

    @pytest.mark.parametrize("part", ["{task: T1, role: scoped}", "{task: T1, subtasks: [T1.1]}"])
    def test_a_task_in_part_counts_for_nothing_and_is_said_to_be_missing(
        self, small_project: Project, part: str
    ) -> None:
        programme = programme_of(
            small_project(
                milestones=f"- {{id: M1, includes: [{part}, T2]}}\n",
                tasks="- {id: T1, progress: 0, subtasks: [{id: T1.1}]}\n- {id: T2, progress: 80}\n",
            )
        )
        node = milestone(programme, "M1")
        assert [inner.ref.id for inner in node.tasks] == ["T2"]
        assert [inner.ref.id for _, inner in node.partial] == ["T1"]
        computed = node.progress.computed
        assert computed is not None
        assert computed.value == 80
        assert (len(computed.counted), len(computed.parts)) == (1, 2)
        assert [entry.why_missing for entry in computed.parts if entry.id == "T1"] == ["taken in part only"]
        assert [inner.ref.id for inner in programme.loose_tasks] == ["T1"]

    def test_a_task_in_no_milestone_is_listed_by_its_programme(self, small_project: Project) -> None:
        programme = programme_of(small_project(milestones="- {id: M1, includes: [T1]}\n", tasks="- id: T1\n- id: T2\n"))
        assert [node.ref.id for node in programme.loose_tasks] == ["T2"]


class TestFigures:
    def test_a_row_reports_the_figure_status_and_owner_of_its_task(self, small_project: Project) -> None:
        tracker, [place] = marked("rows:\n  - {task: T1, owner: editor, status: in-progress, progress: »40}\n")
        project = small_project(tasks="- id: T1\n", tracker=tracker)
        node = task(programme_of(project), "T1")
        assert node.progress.reported is not None
        assert node.progress.reported.value == 40
        location = node.progress.reported.location
        assert (location.path, location.line, location.column) == ("data/programmes/demo/tracker.yml", *place)
        assert (node.owner, node.status) == ("editor", "in-progress")

    def test_what_the_task_says_itself_comes_first(self, small_project: Project) -> None:
        project = small_project(
            tasks="- {id: T1, progress: 40, status: in-progress}\n",
            tracker="rows: [{task: T1, progress: 40, status: in-progress}]\n",
        )
        node = task(programme_of(project), "T1")
        assert node.progress.reported is not None
        assert node.progress.reported.location.path.endswith("tasks.yml")

    def test_figures_roll_up_from_subtasks_to_the_programme(self, small_project: Project) -> None:
        programme = programme_of(
            small_project(
                milestones="- {id: M1, weight: 2, includes: [T1, T2]}\n- id: M2\n",
                tasks="""\
                - id: T1
                  weight: 2
                  subtasks: [{id: T1.1, progress: 100, weight: 3}, {id: T1.2, progress: 0}]
                - {id: T2, progress: 0}
                - {id: T3, progress: 10}
                """,
            )
        )
        assert task(programme, "T1").progress.figure == 75
        assert milestone(programme, "M1").progress.figure == 50
        assert milestone(programme, "M2").progress.figure is None
        computed = programme.progress.computed
        assert computed is not None
        assert computed.basis is Basis.PARTS
        assert [entry.id for entry in computed.parts] == ["M1", "M2", "T3"]
        assert computed.value == Fraction(2 * 50 + 10, 3)

    def test_a_sprint_is_another_cut_that_is_compared_and_not_counted(self, small_project: Project) -> None:
        project = small_project(
            tasks="""\
            - id: T1
              subtasks: [{id: T1.1, progress: 50}]
              sprints:
                - {id: S1, items: [{text: One, progress: 100, weight: 3}, {text: Two, progress: 20}]}
                - {id: S2, progress: 20}
            """
        )
        progress = task(programme_of(project), "T1").progress
        assert progress.figure == 50
        (cut,) = progress.breakdowns
        assert cut.basis is Basis.SPRINTS
        assert cut.value == 50

    def test_criteria_give_the_figure_only_where_the_data_asks_for_it(self, small_project: Project) -> None:
        criteria = "exit_criteria: [{text: One, met: true}, {text: Two, met: false}, Three]"
        programme = programme_of(
            small_project(milestones=f"- {{id: M1, basis: criteria, {criteria}}}\n- {{id: M2, {criteria}}}\n")
        )
        computed = milestone(programme, "M1").progress.computed
        assert computed is not None
        assert (computed.basis, computed.value) == (Basis.CRITERIA, Fraction(100, 3))
        assert milestone(programme, "M2").progress.computed is None

    def test_criteria_that_are_achieved_as_a_whole_are_all_met(self, small_project: Project) -> None:
        text = "- {id: M1, basis: criteria, exit_criteria: {criteria: [One, Two], achieved: By a test}}\n"
        assert milestone(programme_of(small_project(milestones=text)), "M1").progress.figure == 100

    def test_each_part_is_placed_at_the_line_of_its_figure(self, small_project: Project) -> None:
        tasks, places = marked(
            """\
            - id: T1
              subtasks:
                - {id: T1.1, progress: »100}
                - id: T1.2
                  progress: »0
                - id: »T1.3
            """
        )
        computed = task(programme_of(small_project(tasks=tasks)), "T1").progress.computed
        assert computed is not None
        assert [(entry.location.line, entry.location.column) for entry in computed.parts] == places


class TestTheDay:
    HEAD = "id: demo\ntitle: Demo\nrecorded: 2026-01-01\n"

    def test_a_programme_that_still_reports_is_judged_as_of_today(self, small_project: Project) -> None:
        assert programme_of(small_project(programme=self.HEAD)).as_of == TODAY

    def test_a_closed_one_is_judged_as_of_its_last_report(self, small_project: Project) -> None:
        project = small_project(programme=self.HEAD + "closed: 2024-06-02\n")
        assert programme_of(project).as_of == date(2024, 6, 2)

    def test_one_closed_without_a_day_is_judged_as_of_the_day_it_was_recorded(self, small_project: Project) -> None:
        project = small_project(programme=self.HEAD + "closed: undated\n")
        assert programme_of(project).as_of == date(2026, 1, 1)


class TestFind:
    def portal(self, small_project: Project) -> Portal:
        head = "id: {0}\ntitle: {0}\nrecorded: 2026-01-01\n"
        return portal_of(
            small_project(
                {
                    "data/portfolio.yml": "title: P\npublisher: O\nprogrammes: [demo, other]\n"
                    "feed_authority: demo.example,2026\n",
                    "data/programmes/other/programme.yml": head.format("other"),
                    "data/programmes/other/tasks.yml": "- {id: T1, title: Theirs}\n- id: T9\n",
                    "data/programmes/demo/registers/risks.yml": "- {id: R-01, description: Rain, status: open}\n",
                },
                milestones="- id: M1\n",
                tasks="- {id: T1, formerly: [T0], title: Ours, subtasks: [{id: T1.1}], sprints: [{id: S1}]}\n",
            )
        )

    @pytest.mark.parametrize(
        ("target", "ref", "kind", "route"),
        [
            ("T1", Ref("demo", "T1"), "task", "demo/T1.html"),
            ("T1.1", Ref("demo", "T1.1"), "subtask", "demo/T1.html#T1.1"),
            ("S1", Ref("demo", "S1"), "sprint", "demo/T1.html#S1"),
            ("M1", Ref("demo", "M1"), "milestone", "demo/M1.html"),
            ("R-01", Ref("demo", "R-01"), "risks", "demo/risks.html#R-01"),
            ("demo", Ref("demo"), "programme", "demo/index.html"),
            ("other", Ref("other"), "programme", "other/index.html"),
            ("other/T1", Ref("other", "T1"), "task", "other/T1.html"),
            ("demo/T1", Ref("demo", "T1"), "task", "demo/T1.html"),
        ],
    )
    def test_a_name_stands_for_one_entity_and_its_page(
        self, small_project: Project, target: str, ref: Ref, kind: str, route: str
    ) -> None:
        entity = self.portal(small_project).find(target, "demo")
        assert entity is not None
        assert (entity.ref, entity.kind, entity.route) == (ref, kind, route)

    @pytest.mark.parametrize("target", ["T9", "T2", "nowhere", "nowhere/T1", "other/T1.1", "/T1"])
    def test_a_name_that_a_programme_does_not_know_stands_for_nothing(
        self, small_project: Project, target: str
    ) -> None:
        assert self.portal(small_project).find(target, "demo") is None

    def test_outside_of_a_programme_an_id_alone_stands_for_nothing(self, small_project: Project) -> None:
        portal = self.portal(small_project)
        assert portal.find("T1") is None
        assert portal.find("demo/T1") is not None

    @pytest.mark.parametrize("target", ["T0", "demo/T0"])
    def test_a_former_id_stands_for_what_it_became(self, small_project: Project, target: str) -> None:
        """The second gate lets it pass in a sentence, so it must lead somewhere."""
        entity = self.portal(small_project).find(target, "demo")
        assert entity is not None
        assert entity.ref == Ref("demo", "T1")

    def test_every_entity_knows_its_own_name(self, small_project: Project) -> None:
        portal = self.portal(small_project)
        assert all(entity.ref == ref for ref, entity in portal.entities.items())
        assert len(portal.entities) == 9


def test_a_portfolio_without_programmes_is_refused_or_can_be_built(small_project: Project) -> None:
    project = small_project(
        {"data/portfolio.yml": "title: P\npublisher: O\nprogrammes: []\nfeed_authority: demo.example,2026\n"}
    )
    (project.folder / "data/programmes/demo/programme.yml").unlink()
    checked = project.check()
    assert not checked.is_sound or list(build(make_report(checked, Past(), site_address="https://demo.example/")))
