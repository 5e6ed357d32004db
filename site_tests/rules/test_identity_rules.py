"""What the rules about ids, references, owners and the place of work find, and what they must leave alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conftest import SmallProject, marked

Project = Callable[..., SmallProject]


def of(rule: str, project: SmallProject) -> list[tuple[str, int, int]]:
    """Where `rule` finds something: file, line and column."""
    return [(file, line, column) for file, line, column, found in project.found if found == rule]


def at(file: str, places: list[tuple[int, int]]) -> list[tuple[str, int, int]]:
    return [(f"{file}.yml", line, column) for line, column in places]


TWO_PROGRAMMES = "title: P\npublisher: O\nprogrammes: [demo, phase-2]\nfeed_authority: demo.example,2026\n"
SECOND = {
    "data/portfolio.yml": TWO_PROGRAMMES,
    "data/programmes/phase-2/programme.yml": "id: phase-2\ntitle: Second\nowner: editor\nrecorded: 2026-01-01\n",
}
"""A second programme, whose name has the form of an id as well."""


class TestDependencyCycle:
    def test_a_circle_is_told_once_from_its_earliest_place_and_in_full(self, small_project: Project) -> None:
        tasks, places = marked(
            """\
            - {id: T1, depends_on: [T4, »T2]}
            - {id: T2, depends_on: [T3]}
            - {id: T3, depends_on: [T1, T4]}
            - {id: T4}
            """
        )
        project = small_project(tasks=tasks)
        assert of("dependency-cycle", project) == at("tasks", places)
        assert "T1 depends on T2, T2 on T3, and T3 on T1: none of them can come first" in project.text
        assert "tasks.yml:1:29, tasks.yml:2:25, tasks.yml:3:25." in project.text

    def test_milestones_and_tasks_can_be_in_one(self, small_project: Project) -> None:
        milestones, places = marked("- {id: M1, depends_on: [»T1], includes: [T1]}\n")
        project = small_project(milestones=milestones, tasks="- {id: T1, depends_on: [M1]}\n")
        assert of("dependency-cycle", project) == at("milestones", places)
        assert "M1 depends on T1, and T1 on M1" in project.text

    def test_what_depends_on_itself_is_one(self, small_project: Project) -> None:
        tasks, places = marked("- {id: T1, depends_on: [»T1, T1]}\n")
        project = small_project(tasks=tasks)
        assert of("dependency-cycle", project) == at("tasks", places)
        assert "T1 depends on itself\n" in project.text

    def test_each_of_several_is_told_also_where_they_share_work(self, small_project: Project) -> None:
        tasks, places = marked(
            """\
            - {id: T1, depends_on: [»T2]}
            - {id: T2, depends_on: [T1, »T3]}
            - {id: T3, depends_on: [T2]}
            - {id: T8, depends_on: [»T9]}
            - {id: T9, depends_on: [T8]}
            """
        )
        assert of("dependency-cycle", small_project(tasks=tasks)) == at("tasks", places)

    def test_a_second_circle_through_the_same_place_is_told_from_there_as_well(self, small_project: Project) -> None:
        tasks, places = marked(
            "- {id: T1, depends_on: [»T2]}\n- {id: T2, depends_on: [T1, T3]}\n- {id: T3, depends_on: [T1]}\n"
        )
        project = small_project(tasks=tasks)
        assert of("dependency-cycle", project) == at("tasks", places * 2)
        assert "] T1 depends on T2, and T2 on T1: " in project.text
        assert "] T1 depends on T2, T2 on T3, and T3 on T1: " in project.text

    def test_work_that_waits_for_a_circle_is_not_part_of_it(self, small_project: Project) -> None:
        tasks, places = marked(
            "- {id: T0, depends_on: [T1]}\n- {id: T1, depends_on: [»T2]}\n- {id: T2, depends_on: [T1, T3]}\n- id: T3\n"
        )
        project = small_project(tasks=tasks)
        assert of("dependency-cycle", project) == at("tasks", places)
        assert "T0" not in project.text

    def test_two_ways_to_the_same_work_are_no_circle(self, small_project: Project) -> None:
        tasks = (
            "- {id: T1, depends_on: [T2, T3]}\n- {id: T2, depends_on: [T4]}\n- {id: T3, depends_on: [T4]}\n- id: T4\n"
        )
        assert of("dependency-cycle", small_project(tasks=tasks)) == []

    def test_the_same_ids_in_two_programmes_are_not_one_circle(self, small_project: Project) -> None:
        project = small_project(
            {**SECOND, "data/programmes/phase-2/tasks.yml": "- {id: T2, depends_on: [T1]}\n- id: T1\n"},
            tasks="- {id: T1, depends_on: [T2]}\n- id: T2\n",
        )
        assert of("dependency-cycle", project) == []


class TestAmbiguousReference:
    def test_a_name_of_a_programme_and_of_an_id_is_found_in_the_text_that_uses_it(self, small_project: Project) -> None:
        tasks, places = marked(
            """\
            - id: phase-2
              summary: »Comes before [[phase-2]].
            """
        )
        project = small_project(SECOND, tasks=tasks)
        assert project.found == [("tasks.yml", *places[0], "ambiguous-reference")]
        assert "phase-2 is a programme, and the task at data/programmes/demo/tasks.yml:1:7" in project.text
        assert "Write [[demo/phase-2]] for the task" in project.text

    def test_an_id_that_something_had_before_is_one_as_well(self, small_project: Project) -> None:
        tasks, places = marked("- {id: T1, formerly: [phase-2], notes: [»'See [[phase-2]] and [[phase-2]].']}\n")
        assert of("ambiguous-reference", small_project(SECOND, tasks=tasks)) == at("tasks", places)

    def test_the_programme_s_own_name_can_be_an_id_in_it(self, small_project: Project) -> None:
        tasks, places = marked("- {id: phase-2, summary: »'See [[phase-2]].'}\n")
        project = small_project({**SECOND, "data/programmes/phase-2/tasks.yml": tasks})
        assert of("ambiguous-reference", project) == at("tasks", places)

    def test_a_name_that_says_its_programme_is_left_alone(self, small_project: Project) -> None:
        project = small_project(
            SECOND, tasks="- {id: phase-2, summary: 'See [[demo/phase-2]], phase-2, `[[phase-2]]`.'}\n"
        )
        assert of("ambiguous-reference", project) == []

    def test_elsewhere_the_name_means_the_programme_alone(self, small_project: Project) -> None:
        files = {
            **SECOND,
            "data/portfolio.yml": TWO_PROGRAMMES + "summary: See [[phase-2]].\n",
            "data/programmes/phase-2/tasks.yml": "- {id: T1, summary: 'See [[phase-2]].'}\n",
        }
        assert of("ambiguous-reference", small_project(files, tasks="- id: phase-2\n")) == []


NO_OWNER = "id: demo\ntitle: Demo\nrecorded: 2026-01-01\n"


class TestUnowned:
    def test_open_work_without_an_owner_in_a_programme_without_one_is_found(self, small_project: Project) -> None:
        milestones, of_milestones = marked("- id: »M1\n  includes: [T1, T2]\n")
        tasks, of_tasks = marked("- {id: »T1, status: in-progress}\n- {progress: 40, id: »T2}\n")
        project = small_project(programme=NO_OWNER, milestones=milestones, tasks=tasks)
        assert of("unowned", project) == [*at("milestones", of_milestones), *at("tasks", of_tasks)]
        assert project.check().is_sound

    @pytest.mark.parametrize(
        "done",
        ["status: complete", "completed: 2026-01-02", "progress: 100", "subtasks: [{id: T1.1, progress: 100}]"],
    )
    def test_work_that_is_done_needs_none(self, small_project: Project, done: str) -> None:
        assert of("unowned", small_project(programme=NO_OWNER, tasks=f"- {{id: T1, {done}}}\n")) == []

    def test_an_approved_milestone_needs_none(self, small_project: Project) -> None:
        milestones = "- {id: M1, approval: {date: 2026-01-02}}\n"
        assert of("unowned", small_project(programme=NO_OWNER, milestones=milestones)) == []

    def test_a_status_weighs_more_than_a_figure(self, small_project: Project) -> None:
        project = small_project(programme=NO_OWNER, tasks="- {id: T1, status: blocked, progress: 100}\n")
        assert of("unowned", project) == [("tasks.yml", 1, 8)]

    @pytest.mark.parametrize("programme", [NO_OWNER + "owner: editor\n", NO_OWNER + "closed: 2026-02-01\n"])
    def test_an_owned_or_closed_programme_is_left_alone(self, small_project: Project, programme: str) -> None:
        assert of("unowned", small_project(programme=programme, tasks="- id: T1\n")) == []

    def test_an_owner_of_its_own_or_of_its_row_is_enough(self, small_project: Project) -> None:
        project = small_project(
            programme=NO_OWNER,
            milestones="- {id: M1, owner: editor, includes: [T1, T2]}\n",
            tasks="- {id: T1, owner: editor}\n- id: T2\n",
            tracker="rows: [{task: T2, owner: editor}]\n",
        )
        assert of("unowned", project) == []

    def test_it_can_be_accepted(self, small_project: Project) -> None:
        accept = "[{rule: unowned, figures: {owner: none}, reason: It is for sale.}]"
        assert small_project(programme=NO_OWNER, tasks=f"- {{id: T1, accept: {accept}}}\n").found == []


class TestOrphanTask:
    def test_a_task_that_no_milestone_takes_is_found(self, small_project: Project) -> None:
        tasks, places = marked("- id: T1\n- {title: Two, id: »T2}\n")
        project = small_project(milestones="- {id: M1, includes: [T1]}\n", tasks=tasks)
        assert project.found == [(*place, "orphan-task") for place in at("tasks", places)]
        assert project.check().is_sound

    def test_a_design_task_is_one_only_among_design_milestones(self, small_project: Project) -> None:
        tasks = "- {id: T1, track: design}\n"
        assert of("orphan-task", small_project(milestones="- {id: M1}\n", tasks=tasks)) == []
        assert of("orphan-task", small_project(milestones="- {id: M1, track: design}\n", tasks=tasks)) != []

    @pytest.mark.parametrize(
        ("milestone", "task"),
        [
            ("includes: [T1]", "id: T1"),
            ("includes: [{task: T1, role: scoped}]", "id: T1"),
            ("includes: [{task: T1, subtasks: [T1.1]}]", "id: T1, subtasks: [{id: T1.1}]"),
            ("weight: 1", "id: T1, milestones: [M1]"),
            ("track: design", "id: T1"),
        ],
    )
    def test_one_that_is_taken_in_any_way_is_left_alone(
        self, small_project: Project, milestone: str, task: str
    ) -> None:
        project = small_project(milestones=f"- {{id: M1, {milestone}}}\n", tasks=f"- {{{task}}}\n")
        assert of("orphan-task", project) == []

    def test_one_whose_row_names_its_milestone_is_left_alone(self, small_project: Project) -> None:
        project = small_project(
            milestones="- {id: M1}\n", tasks="- {id: T1}\n", tracker="rows: [{task: T1, milestone: M1}]\n"
        )
        assert of("orphan-task", project) == []

    def test_without_milestones_or_after_the_last_report_it_is_left_alone(self, small_project: Project) -> None:
        assert of("orphan-task", small_project(tasks="- id: T1\n")) == []
        closed = small_project(programme=NO_OWNER + "closed: undated\n", milestones="- id: M1\n", tasks="- id: T1\n")
        assert of("orphan-task", closed) == []

    def test_it_can_be_accepted(self, small_project: Project) -> None:
        accept = "[{rule: orphan-task, figures: {milestones: none}, reason: It stands alone.}]"
        project = small_project(milestones="- id: M1\n", tasks=f"- {{id: T1, accept: {accept}}}\n")
        assert project.found == []
