"""The second gate: every reference leads somewhere, and every id names one thing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conftest import BASE_FILES, SmallProject, marked

Project = Callable[..., SmallProject]

PORTFOLIO = "title: P\npublisher: O\nfeed_authority: demo.example,2026\n"
TASKS = """\
    - id: T1
      formerly: [T0]
      subtasks: [{id: T1.1}, {id: T1.2}]
      sprints: [{id: S1}]
    - id: T2
      subtasks: [{id: T2.1}]
    """
MILESTONES = "- {id: M1, track: design}\n- {id: M2, track: design}\n"
RISKS = "- {id: R-01, description: It rains, mitigation: A roof, status: open}\n"
DECISIONS = "- {id: D-01, date: 2025-01-01, decision: Begin, rationale: Why not}\n"


def rich(small_project: Project, files: dict[str, str] | None = None, **named: str) -> SmallProject:
    """A project with something of every kind to refer to; a test replaces the file that it is about."""
    registers = {
        "data/programmes/demo/registers/risks.yml": RISKS,
        "data/programmes/demo/registers/decisions.yml": DECISIONS,
    }
    return small_project({**registers, **(files or {})}, **{"tasks": TASKS, "milestones": MILESTONES, **named})


def at(file: str, places: list[tuple[int, int]], rule: str = "unknown-reference") -> list[tuple[str, int, int, str]]:
    """The findings that are expected of `rule`, one at each place."""
    return [(file, line, column, rule) for line, column in places]


def test_the_project_that_these_tests_start_from_is_sound(small_project: Project) -> None:
    assert rich(small_project).diagnostics == ()


class TestUnknown:
    @pytest.mark.parametrize(
        "milestone",
        [
            "- {id: M1, owner: »nobody}",
            "- {id: M1, depends_on: [M2, »M9]}",
            "- {id: M1, depends_on: [»R-01]}",
            "- {id: M1, includes: [T1, »T9]}",
            "- {id: M1, includes: [»M1]}",
            "- {id: M1, includes: [»T1.1]}",
            "- {id: M1, includes: [{task: »T9}]}",
            "- {id: M1, includes: [{task: T1, subtasks: [T1.1, »T9.1]}]}",
            "- {id: M1, includes: [{task: T1, subtasks: [»T2.1]}]}",
            "- {id: M1, includes: [{task: T1, subtasks: [»S1]}]}",
            "- {id: M1, approval: {date: 2025-01-01, by: »nobody}}",
            "- {id: M1, updates: [{date: 2025-01-01, text: Begun, refs: [T1, »T9]}]}",
            "- {id: M1, accept: [{rule: rollup-mismatch, figures: {reported: 1}, reason: So it is, by: »nobody}]}",
        ],
    )
    def test_what_a_milestone_refers_to_is_there(self, small_project: Project, milestone: str) -> None:
        text, places = marked(milestone + "\n- id: M2\n")
        assert rich(small_project, milestones=text).found == at("milestones.yml", places)

    @pytest.mark.parametrize(
        "task",
        [
            "- {id: T1, owner: »nobody}",
            "- {id: T1, depends_on: [M1, »T9]}",
            "- {id: T1, depends_on: [»R-01]}",
            "- {id: T1, milestones: [M1, »M9]}",
            "- {id: T1, milestones: [»T1]}",
            "- {id: T1, subtasks: [{id: T1.1, owner: »nobody}]}",
            "- {id: T1, updates: [{date: 2025-01-01, text: Begun, refs: [M1, »T9]}]}",
            "- {id: T1, accept: [{rule: status-mismatch, figures: {status: x}, reason: So it is, by: »nobody}]}",
            """\
            - id: T1
              subtasks:
                - id: T1.1
                  accept: [{rule: status-mismatch, figures: {status: x}, reason: So it is, by: »nobody}]
            """,
            """\
            - id: T1
              sprints:
                - id: S1
                  accept: [{rule: rollup-mismatch, figures: {reported: 1}, reason: So it is, by: »nobody}]
            """,
        ],
    )
    def test_what_a_task_refers_to_is_there(self, small_project: Project, task: str) -> None:
        text, places = marked(task)
        assert rich(small_project, tasks=text).found == at("tasks.yml", places)

    @pytest.mark.parametrize(
        "tracker",
        [
            "rows: [{task: »T9}]",
            "rows: [{task: »T1.1}]",
            "rows: [{task: T1, milestone: »M9}]",
            "rows: [{task: T1, milestone: »T2}]",
            "rows: [{task: T1, owner: »nobody}]",
            "rows: [{task: T1, accept: [{rule: rollup-mismatch, figures: {reported: 1}, reason: So, by: »nobody}]}]",
            "activity: [{date: 2025-01-01, text: Begun, refs: [T1, »T9]}]",
            "checkpoints: [{title: Look, week: 1, refs: [»T9]}]",
            "cadence: [{frequency: weekly, title: Meeting, attendees: [editor, »nobody]}]",
        ],
    )
    def test_what_a_tracker_refers_to_is_there(self, small_project: Project, tracker: str) -> None:
        text, places = marked(tracker)
        assert rich(small_project, tracker=text).found == at("tracker.yml", places)

    @pytest.mark.parametrize(
        ("register", "entry"),
        [
            ("risks", "- {id: R-01, description: It rains, status: open, owner: »nobody}"),
            ("risks", "- {id: R-01, description: It rains, status: open, refs: [T1, »T9]}"),
            ("issues", "- {id: I-01, description: It rains, status: open, refs: [»T9]}"),
            ("decisions", "- {id: D-01, date: 2025-01-01, decision: Begin, owner: »nobody}"),
            ("decisions", "- {id: D-01, date: 2025-01-01, decision: Begin, supersedes: [»D-09]}"),
            ("decisions", "- {id: D-01, date: 2025-01-01, decision: Begin, supersedes: [»R-01]}"),
        ],
    )
    def test_what_a_register_refers_to_is_there(self, small_project: Project, register: str, entry: str) -> None:
        text, places = marked(entry)
        project = rich(small_project, {f"data/programmes/demo/registers/{register}.yml": text})
        assert project.found == at(f"{register}.yml", places)

    def test_who_answers_for_a_programme_is_there(self, small_project: Project) -> None:
        text, places = marked("""\
            id: demo
            title: Demo
            recorded: 2026-01-01
            owner: »nobody
            accept: [{rule: rollup-mismatch, figures: {reported: 1}, reason: So it is, by: »nobody}]
            """)
        assert small_project(programme=text).found == at("programme.yml", places)

    @pytest.mark.parametrize("reference", ["M2", "T1.2", "S1", "R-01", "D-01"])
    def test_a_report_may_refer_to_anything_that_has_an_id(self, small_project: Project, reference: str) -> None:
        tracker = f"activity: [{{date: 2026-11-01, text: Begun, refs: [{reference}]}}]\n"
        assert rich(small_project, tracker=tracker).diagnostics == ()

    def test_every_unknown_reference_is_reported_in_one_run(self, small_project: Project) -> None:
        project = rich(
            small_project,
            milestones="- {id: M1, owner: nobody, depends_on: [M8, M9], includes: [T8, T9]}\n",
            tracker="rows: [{task: T7, milestone: M7, owner: noone}]\n",
        )
        assert len(project.found) == 8
        assert {rule for *_, rule in project.found} == {"unknown-reference"}

    @pytest.mark.parametrize(
        ("milestone", "meant"),
        [
            ("{id: M1, includes: [t1]}", "T1"),
            ("{id: M1, owner: edtor}", "editor"),
            ("{id: M1, includes: [{task: T1, subtasks: [T1.11]}]}", "T1.1"),
        ],
    )
    def test_the_nearest_known_name_is_proposed(self, small_project: Project, milestone: str, meant: str) -> None:
        (finding,) = rich(small_project, milestones=f"- {milestone}\n- id: M2\n").diagnostics
        assert f"Did you mean {meant}?" in finding.hint

    def test_what_was_renamed_is_named_as_it_is_called_now(self, small_project: Project) -> None:
        (finding,) = rich(small_project, milestones="- {id: M1, includes: [T0]}\n- id: M2\n").diagnostics
        assert (finding.message, finding.hint) == ("there is no task T0 any more: it is T1 now", "Write T1.")

    @pytest.mark.parametrize(
        ("milestone", "hint"),
        [
            (
                "{id: M1, includes: [QX99Z]}",
                "Write the id of something in this programme, or enter QX99Z in tasks.yml first.",
            ),
            ("{id: M1, depends_on: [QX99Z]}", "Write the id of something in this programme, or enter QX99Z first."),
            ("{id: M1, objective: 'As [[QX99Z]] says'}", "Write [[ID]] for what stands in this programme, "),
        ],
    )
    def test_where_nothing_is_near_it_is_said_how_references_are_written(
        self, small_project: Project, milestone: str, hint: str
    ) -> None:
        many = "".join(f"- {{id: T{number}}}\n" for number in range(10, 30))
        (finding,) = small_project(milestones=f"- {milestone}\n", tasks=many).diagnostics
        assert finding.hint.startswith(hint)

    def test_where_a_new_programme_is_made_is_said(self, small_project: Project) -> None:
        portfolio = BASE_FILES["data/portfolio.yml"].replace("[demo]", "[demo, harbour]")
        (finding,) = small_project({"data/portfolio.yml": portfolio}).diagnostics
        assert finding.hint.endswith("Where harbour is new, make data/programmes/harbour/programme.yml.")

    def test_an_id_that_another_thing_took_is_looked_for_there(self, small_project: Project) -> None:
        project = small_project(
            milestones="- {id: M1, includes: [T6A, T6B]}\n", tasks="- {id: T5C}\n- {id: T6B}\n- {id: T5C}\n"
        )
        (finding,) = [found for found in project.diagnostics if found.rule == "unknown-reference"]
        assert finding.hint == (
            "An id is given twice, T5C at data/programmes/demo/tasks.yml:1:8 and "
            "T5C at data/programmes/demo/tasks.yml:3:8: is one of them T6A?"
        )

    def test_where_a_new_owner_is_entered_is_said(self, small_project: Project) -> None:
        (finding,) = rich(small_project, milestones="- {id: M1, owner: harbour-master}\n- id: M2\n").diagnostics
        assert finding.hint.endswith("Where harbour-master is new, add an entry to data/people.yml first.")


class TestProse:
    @pytest.mark.parametrize("target", ["T1", "T1.1", "M1", "R-01", "demo", "demo/T1", "demo/M2", "T0"])
    def test_a_reference_in_a_sentence_leads_to_whatever_has_an_id(self, small_project: Project, target: str) -> None:
        assert rich(small_project, tracker=f"title: 'As [[{target}]] says'\n").diagnostics == ()

    @pytest.mark.parametrize("target", ["T9", "demo/T9", "other", "other/T1", "demo/", "/T1", "demo/T1/T1", "editor"])
    def test_one_that_leads_nowhere_is_reported_at_its_sentence(self, small_project: Project, target: str) -> None:
        text, places = marked(f"activity:\n  - date: 2025-01-01\n    text: »'As [[{target}]] says'\n")
        assert rich(small_project, tracker=text).found == at("tracker.yml", places)

    def test_two_in_one_sentence_are_reported_each(self, small_project: Project) -> None:
        project = rich(small_project, tracker="title: '[[T8]] and [[T9]]'\n")
        assert sorted(found.message for found in project.diagnostics) == [
            "there is no entity T8",
            "there is no entity T9",
        ]

    def test_one_in_code_is_shown_as_it_is(self, small_project: Project) -> None:
        assert rich(small_project, tracker="title: 'Write `[[T9]]` for a link'\n").diagnostics == ()

    def test_the_portfolio_must_say_of_which_programme(self, small_project: Project) -> None:
        portfolio = PORTFOLIO + "programmes: [demo]\nsummary: 'See [[{}]]'\n"
        assert rich(small_project, {"data/portfolio.yml": portfolio.format("demo/T1")}).diagnostics == ()
        project = rich(small_project, {"data/portfolio.yml": portfolio.format("T1")})
        assert project.found == [("portfolio.yml", 5, 10, "unknown-reference")]
        assert "demo/T1" in project.diagnostics[0].hint


class TestDuplicates:
    @pytest.mark.parametrize(
        "tasks",
        [
            "- {id: T1}\n- {id: T1}\n",
            "- {id: t1}\n- {id: T1}\n",
            "- {id: T1, subtasks: [{id: T1}]}\n",
            "- {id: T1, sprints: [{id: T1}]}\n",
            "- {id: T1}\n- {id: T2, formerly: [T1]}\n",
            "- {id: T1, formerly: [T1]}\n",
            "- {id: M1}\n",
            "- {id: r-01}\n",
        ],
        ids=["tasks", "case twins", "subtask", "sprint", "another's former id", "own former id", "milestone", "risk"],
    )
    def test_an_id_that_stands_twice_is_reported_at_each_place(self, small_project: Project, tasks: str) -> None:
        project = small_project({"data/programmes/demo/registers/risks.yml": RISKS}, milestones=MILESTONES, tasks=tasks)
        assert [rule for *_, rule in project.found] == ["duplicate-id", "duplicate-id"]
        one, two = project.diagnostics
        assert str(two.location) in one.message
        assert str(one.location) in two.message

    def test_an_id_that_stands_in_two_files_is_reported_in_both(self, small_project: Project) -> None:
        project = small_project(
            {"data/programmes/demo/tasks/more.yml": "- {id: T2}\n- {id: T1}\n"}, tasks="- {id: T1}\n"
        )
        assert project.found == [("tasks.yml", 1, 8, "duplicate-id"), ("more.yml", 2, 8, "duplicate-id")]

    def test_one_that_stands_three_times_is_reported_three_times(self, small_project: Project) -> None:
        project = small_project(tasks="- {id: T1}\n- {id: T2}\n- {id: T1}\n- {id: T1}\n")
        assert project.found == [("tasks.yml", line, 8, "duplicate-id") for line in (1, 3, 4)]

    def test_two_programmes_may_use_the_same_ids(self, small_project: Project) -> None:
        project = small_project(
            {
                "data/portfolio.yml": PORTFOLIO + "programmes: [demo, other]\n",
                "data/programmes/other/programme.yml": "id: other\ntitle: Other\nowner: editor\nrecorded: 2026-01-01\n",
                "data/programmes/other/tasks.yml": "- {id: T1}\n",
            },
            tasks="- {id: T1}\n",
        )
        assert project.diagnostics == ()

    def test_a_person_stands_once(self, small_project: Project) -> None:
        project = small_project(
            {"data/people.yml": "- {id: editor, title: E, kind: role}\n- {id: editor, title: F, kind: team}\n"}
        )
        assert project.found == [("people.yml", 1, 8, "duplicate-id"), ("people.yml", 2, 8, "duplicate-id")]

    def test_a_task_has_one_row(self, small_project: Project) -> None:
        project = rich(small_project, tracker="rows:\n  - task: T1\n  - task: T2\n  - task: T1\n")
        assert project.found == [("tracker.yml", 2, 11, "duplicate-id"), ("tracker.yml", 4, 11, "duplicate-id")]

    def test_a_milestone_includes_the_whole_of_a_task_once(self, small_project: Project) -> None:
        project = rich(small_project, milestones="- id: M1\n  includes: [T1, T2, {task: T1}]\n")
        assert project.found == [("milestones.yml", 2, 14, "duplicate-id"), ("milestones.yml", 2, 29, "duplicate-id")]

    def test_parts_of_a_task_may_be_included_by_and_by(self, small_project: Project) -> None:
        text = "- id: M1\n  track: design\n  includes: [{task: T1, subtasks: [T1.1]}, {task: T1, subtasks: [T1.2]}]\n"
        assert rich(small_project, milestones=text).diagnostics == ()


class TestUpdates:
    @pytest.mark.parametrize("where", ["milestones", "tasks"])
    def test_two_reports_of_one_day_need_an_id(self, small_project: Project, where: str) -> None:
        entity = "M1" if where == "milestones" else "T1"
        text = "- id: {}\n  updates:\n    - {{date: 2025-01-01, text: One}}\n    - {{date: 2025-01-01, text: Two}}\n"
        project = small_project(**{where: text.format(entity)})
        assert project.found == [
            (f"{where}.yml", 3, 14, "duplicate-id"),
            (f"{where}.yml", 4, 14, "duplicate-id"),
        ]

    def test_two_entries_of_the_log_of_one_day_need_an_id(self, small_project: Project) -> None:
        text = "activity:\n  - {date: 2025-01-01, text: One}\n  - {date: 2025-01-01, text: Two}\n"
        assert [entry[1:] for entry in small_project(tracker=text).found] == [
            (2, 12, "duplicate-id"),
            (3, 12, "duplicate-id"),
        ]

    @pytest.mark.parametrize(
        ("second", "sound"),
        [
            ("date: 2025-01-01, id: U2", True),
            ("date: 2025-01-02", True),
            ("date: 2025-01-01, id: U1", False),
            ("date: 2025-01-01, id: u1", False),
        ],
    )
    def test_an_id_of_its_own_tells_reports_of_one_day_apart(
        self,
        small_project: Project,
        second: str,
        sound: bool,  # noqa: FBT001
    ) -> None:
        updates = f"[{{date: 2025-01-01, id: U1, text: One}}, {{{second}, text: Two}}]"
        text = f"- {{id: T1, status: complete, updates: {updates}}}\n"
        assert (small_project(tasks=text).diagnostics == ()) is sound

    def test_reports_of_different_entities_may_share_a_day(self, small_project: Project) -> None:
        text = "".join(f"- {{id: T{number}, updates: [{{date: 2026-11-01, text: One}}]}}\n" for number in (1, 2))
        assert small_project(tasks=text).diagnostics == ()


class TestPortfolio:
    def test_a_programme_that_is_listed_has_a_folder(self, small_project: Project) -> None:
        project = small_project({"data/portfolio.yml": PORTFOLIO + "programmes: [demo, gone]\n"})
        assert project.found == [("portfolio.yml", 4, 20, "unknown-reference")]

    def test_a_folder_is_listed(self, small_project: Project) -> None:
        project = small_project({"data/portfolio.yml": PORTFOLIO + "programmes: [gone]\n"})
        assert [(entry.path, entry.rule) for entry in project.diagnostics][-1:] == [
            ("data/programmes/demo/programme.yml", "unknown-reference")
        ]

    def test_a_programme_is_listed_once(self, small_project: Project) -> None:
        project = small_project({"data/portfolio.yml": PORTFOLIO + "programmes: [demo, demo]\n"})
        assert project.found == [("portfolio.yml", 4, 14, "duplicate-id"), ("portfolio.yml", 4, 20, "duplicate-id")]

    def test_a_programme_is_called_as_its_folder(self, small_project: Project) -> None:
        project = small_project(programme="id: other\ntitle: Demo\nrecorded: 2026-01-01\n")
        assert project.found == [("programme.yml", 1, 5, "invalid-id")]

    @pytest.mark.parametrize("slug", ["feeds", "registers", "removed", "search", "who-meets"])
    def test_a_programme_is_not_called_as_a_page_of_the_portal(self, slug: str, small_project: Project) -> None:
        project = small_project(
            {
                "data/portfolio.yml": PORTFOLIO + f"programmes: [demo, {slug}]\n",
                f"data/programmes/{slug}/programme.yml": f"id: {slug}\ntitle: Any\nrecorded: 2026-01-01\n",
            }
        )
        assert project.found == [("programme.yml", 1, 5, "invalid-id")]

    def test_the_order_of_the_portfolio_is_kept_whatever_the_folders_are_called(self, small_project: Project) -> None:
        names = ["zulu", "demo", "alpha"]
        heads = {
            f"data/programmes/{name}/programme.yml": f"id: {name}\ntitle: {name}\nrecorded: 2026-01-01\n"
            for name in names
        }
        project = small_project({"data/portfolio.yml": PORTFOLIO + f"programmes: [{', '.join(names)}]\n", **heads})
        portal = project.check().portal
        assert portal is not None
        assert [programme.slug for programme in portal.programmes] == names


class TestFormerIds:
    """What refers to a renamed id leads to what it became, or is an error, but is never dropped in silence."""

    def test_a_task_that_is_included_by_its_former_id_is_included(self, small_project: Project) -> None:
        checked = rich(small_project, milestones="- {id: M1, includes: [T0]}\n").check()
        if checked.portal is None:
            assert [found.rule for found in checked.diagnostics] == ["unknown-reference"]
        else:
            assert [task.ref.id for task in checked.portal.programmes[0].milestones[0].tasks] == ["T1"]

    def test_a_task_that_is_included_in_part_by_its_former_id_is_included(self, small_project: Project) -> None:
        checked = rich(small_project, milestones="- {id: M1, includes: [{task: T0, role: scoped}]}\n").check()
        if checked.portal is None:
            assert [found.rule for found in checked.diagnostics] == ["unknown-reference"]
        else:
            assert [task.ref.id for _, task in checked.portal.programmes[0].milestones[0].partial] == ["T1"]

    def test_a_row_that_names_its_task_by_a_former_id_reports_it(self, small_project: Project) -> None:
        checked = rich(small_project, tracker="rows: [{task: T0, progress: 40}]\n").check()
        if checked.portal is None:
            assert [found.rule for found in checked.diagnostics] == ["unknown-reference"]
        else:
            assert checked.portal.programmes[0].tasks[0].progress.figure == 40

    def test_a_dependency_on_a_former_id_can_be_shown(self, small_project: Project) -> None:
        checked = rich(small_project, milestones="- {id: M1, depends_on: [T0]}\n").check()
        if checked.portal is None:
            assert [found.rule for found in checked.diagnostics] == ["unknown-reference"]
        else:
            assert checked.portal.find("T0", "demo") is not None
