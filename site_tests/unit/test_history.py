"""What happened: each event told once, under a name that neither edits nor moves of the data change."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conftest import SmallProject
from milepost.model.events import Event, events_from_data, of_programme
from milepost.report import Report

Project = Callable[..., SmallProject]


def events_of(project: SmallProject) -> tuple[Event, ...]:
    portal = project.check().portal
    assert portal is not None, project.text
    return events_from_data(portal)


@pytest.fixture(scope="module")
def own_events(own_report: Report) -> tuple[Event, ...]:
    return own_report.events


def keys(project: SmallProject) -> list[str]:
    return [event.key for event in events_of(project)]


class TestToldOnce:
    def test_a_day_of_completion_is_an_event(self, small_project: Project) -> None:
        project = small_project(tasks="- {id: T1, completed: 2025-01-31}\n")
        (event,) = events_of(project)
        assert (str(event.ref), event.day.isoformat(), event.kind) == ("demo/T1", "2025-01-31", "completed")
        assert event.route == "demo/T1.html"

    def test_it_is_not_told_again_where_a_report_of_that_day_tells_it(self, small_project: Project) -> None:
        project = small_project(
            tasks="- {id: T1, completed: 2025-01-31, updates: [{date: 2025-01-31, kind: completed, text: Done}]}\n"
        )
        assert keys(project) == ["demo/T1/2025-01-31"]

    def test_it_is_told_beside_a_report_of_another_day(self, small_project: Project) -> None:
        project = small_project(
            tasks="- {id: T1, completed: 2025-01-31, updates: [{date: 2025-01-30, text: Nearly}]}\n"
        )
        assert keys(project) == ["demo/T1/completed", "demo/T1/2025-01-30"]

    def test_an_approval_is_an_event_unless_a_report_of_that_day_tells_it(self, small_project: Project) -> None:
        approval = "approval: {date: 2025-01-31, evidence: [Minutes]}"
        (event,) = events_of(small_project(milestones=f"- {{id: M1, {approval}}}\n"))
        assert (event.key, event.kind, event.evidence) == ("demo/M1/approved", "approved", ("Minutes",))
        update = "updates: [{date: 2025-01-31, kind: approved, text: Passed}]"
        assert keys(small_project(milestones=f"- {{id: M1, {approval}, {update}}}\n")) == ["demo/M1/2025-01-31"]

    def test_an_entry_of_the_log_tells_it_for_whatever_it_refers_to(self, small_project: Project) -> None:
        project = small_project(
            tasks="- {id: T1, completed: 2025-01-31}\n- {id: T2, completed: 2025-01-31}\n",
            tracker="activity: [{date: 2025-01-31, kind: completed, text: Both are done, refs: [T1, T2]}]\n",
        )
        assert keys(project) == ["demo/activity/2025-01-31"]

    def test_a_subtask_is_told_of_unless_its_task_reports_that_day(self, small_project: Project) -> None:
        task = "- id: T1\n  subtasks: [{id: T1.1, completed: 2025-01-31}]\n"
        assert keys(small_project(tasks=task)) == ["demo/T1.1/completed"]
        update = "  updates: [{date: 2025-01-31, text: T1.1 is done, refs: [T1.1]}]\n"
        assert keys(small_project(tasks=task + update)) == ["demo/T1/2025-01-31"]

    def test_a_subtask_is_not_told_of_again_where_the_log_tells_of_it(self, small_project: Project) -> None:
        project = small_project(
            tasks="- id: T1\n  subtasks: [{id: T1.1, completed: 2025-01-31}]\n",
            tracker="activity: [{date: 2025-01-31, kind: completed, text: T1.1 is done, refs: [T1.1]}]\n",
        )
        assert keys(project) == ["demo/activity/2025-01-31"]

    def test_entries_of_registers_are_opened_closed_and_decided(self, small_project: Project) -> None:
        registers = "data/programmes/demo/registers"
        project = small_project(
            {
                f"{registers}/risks.yml": "- {id: R-01, description: Rain, status: closed, raised: 2025-01-01, "
                "closed: 2025-01-03}\n- {id: R-02, description: Snow, status: open}\n",
                f"{registers}/issues.yml": "- {id: I-01, description: Mud, status: open, raised: 2025-01-02}\n",
                f"{registers}/decisions.yml": "- {id: D-01, date: 2025-01-04, decision: Go, refs: [R-01]}\n",
            }
        )
        assert [(event.key, event.kind.value) for event in events_of(project)] == [
            ("demo/D-01/decided", "decided"),
            ("demo/R-01/closed", "closed"),
            ("demo/I-01/opened", "opened"),
            ("demo/R-01/opened", "opened"),
        ]
        assert events_of(project)[0].refs == ("R-01",)

    def test_the_project_tells_nothing_twice(self, own_events: tuple[Event, ...]) -> None:
        assert len({event.key for event in own_events}) == len(own_events)

    def test_the_documents_of_the_project_tell_this_many_events(self, own_events: tuple[Event, ...]) -> None:
        """fixnado: 15 updates and DM3 and DM4's 3; marketplace-launch: 7 entries of the log and 3 decisions."""
        counts = {slug: len(of_programme(own_events, slug)) for slug in {event.ref.programme for event in own_events}}
        assert counts == {"fixnado": 18, "marketplace-launch": 10}


class TestOrder:
    def test_the_newest_comes_first_and_those_of_a_day_by_name(self, small_project: Project) -> None:
        project = small_project(
            milestones="- {id: M1, updates: [{date: 2025-01-02, text: Two}, {date: 2025-01-03, text: Three}]}\n",
            tasks="- {id: T2, updates: [{date: 2025-01-02, text: Two}]}\n- {id: T1, completed: 2025-01-02}\n",
        )
        assert keys(project) == [
            "demo/M1/2025-01-03",
            "demo/M1/2025-01-02",
            "demo/T1/completed",
            "demo/T2/2025-01-02",
        ]

    def test_an_update_is_told_at_its_own_anchor(self, small_project: Project) -> None:
        project = small_project(
            tasks="""\
            - id: T1
              updates:
                - {date: 2025-01-01, text: One, evidence: [a.md], refs: [T1]}
                - {date: 2025-01-01, id: U2, text: Two}
            """
        )
        one, two = events_of(project)
        assert (one.route, two.route) == ("demo/T1.html#2025-01-01", "demo/T1.html#2025-01-01-U2")
        assert (one.evidence, one.refs) == (("a.md",), ("T1",))

    def test_an_entry_of_the_log_is_about_what_it_refers_to_first_or_else_the_programme(
        self, small_project: Project
    ) -> None:
        project = small_project(
            tasks="- id: T1\n- id: T2\n",
            tracker="activity: [{date: 2025-01-02, text: A, refs: [T2, T1]}, {date: 2025-01-01, text: B}]\n",
        )
        first, second = events_of(project)
        assert (str(first.ref), str(second.ref)) == ("demo/T2", "demo")
        assert first.route == "demo/tracker.html#2025-01-02"


ONE = (
    "- {id: T1, completed: 2025-01-05, updates: [{date: 2025-01-01, text: Begn}, {date: 2025-01-02, text: Going on}]}\n"
)
TWO = "- {id: T2, updates: [{date: 2025-01-01, text: Begun}, {date: 2025-01-01, id: U2, text: And more}]}\n"


class TestKeysLast:
    """A feed item's id rests on the key: when it changes, every reader sees the item as new."""

    KEYS = (
        "demo/T1/completed",
        "demo/T1/2025-01-02",
        "demo/T1/2025-01-01",
        "demo/T2/2025-01-01",
        "demo/T2/2025-01-01-U2",
    )

    @pytest.mark.parametrize(
        "files",
        [
            {"tasks.yml": ONE + TWO},
            {"tasks.yml": TWO + ONE},
            {"tasks.yml": TWO, "tasks/old.yml": ONE},
            {"tasks/2025/a.yml": TWO, "tasks/b.yml": ONE},
            {"tasks.yml": ONE.replace("Begn", "Begun at last") + TWO},
            {"tasks.yml": ONE.replace("id: T1", "id: T1, title: A title, track: design, progress: 100") + TWO},
            {"tasks.yml": ONE.replace("id: T1", "id: T7, formerly: [T1]") + TWO},
            {"tasks.yml": ONE.replace("id: T1", "id: T8, formerly: [T1, T7]") + TWO},
            {
                "tasks.yml": "- {id: T2, updates: [{id: U2, date: 2025-01-01, text: And more}, "
                "{date: 2025-01-01, text: Begun}]}\n" + ONE
            },
        ],
        ids=[
            "as first written",
            "tasks reordered",
            "task moved to a file of its own",
            "all moved to other files",
            "text mended",
            "other fields added",
            "renamed",
            "renamed twice",
            "updates reordered",
        ],
    )
    def test_the_keys_stay_as_they_were(self, small_project: Project, files: dict[str, str]) -> None:
        project = small_project({f"data/programmes/demo/{name}": text for name, text in files.items()})
        assert keys(project) == list(self.KEYS)

    def test_a_renamed_entry_of_a_register_keeps_its_key(self, small_project: Project) -> None:
        risk = "- {{id: {}, description: Rain, status: open, raised: 2025-01-01}}\n"
        path = "data/programmes/demo/registers/risks.yml"
        before = keys(small_project({path: risk.format("R-01")}))
        assert keys(small_project({path: risk.format("R-07, formerly: [R-01]")})) == before

    def test_a_renamed_task_is_told_of_at_its_new_address(self, small_project: Project) -> None:
        project = small_project(tasks="- {id: T7, formerly: [T1], completed: 2025-01-05}\n")
        (event,) = events_of(project)
        assert (event.key, event.route) == ("demo/T1/completed", "demo/T7.html")
