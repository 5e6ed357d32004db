"""Writes a data folder of as many made-up tasks as wanted: the same for the same number, sound, and of every kind.

    python site_tests/bench/made_up.py FOLDER --tasks 2000

The tasks stand in programmes of at most 200, each with milestones, subtasks, sprints, updates, a tracker and registers.
What is measured on it holds for data that people keep: a task has as many values, and as much text, as one of the
project's own five programmes has on average, its share of milestones, trackers and registers included.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

TASKS_A_PROGRAMME = 200
TASKS_A_MILESTONE = 10
OWNERS = tuple(f"team-{number}" for number in range(1, 13))
FIRST_DAY = date(2025, 1, 6)
LAST_DAY = date(2026, 6, 26)
FIGURES = (80, 40)
"""The figures of a task's subtasks; the task reports their mean."""
TASKS_A_SPRINT = 5
"""Of so many tasks one has a sprint."""
SENTENCES = tuple(
    f"{said}, and so it goes on for as many words as people write when they tell what was done, what was found and "
    "what is left to do before the next one of these reports is due."
    for said in (
        "The survey of the north basin is delivered",
        "Rooms and doors are mapped",
        "The contracts for `pumps` are ready to be signed",
        "Samples were taken at nine places",
    )
)


def files(tasks: int) -> Iterator[tuple[str, str]]:
    """Every file of a data folder with that many tasks: its path below the project, and its text."""
    sizes = [min(TASKS_A_PROGRAMME, tasks - first) for first in range(0, tasks, TASKS_A_PROGRAMME)]
    slugs = [f"programme-{number}" for number in range(1, len(sizes) + 1)]
    head = "title: Made-up portfolio\npublisher: Nobody\nfeed_authority: made-up.example,2026\n"
    yield "data/portfolio.yml", f"{head}programmes: [{', '.join(slugs)}]\n"
    yield "data/people.yml", "".join(f"- {{id: {owner}, title: Team {owner[5:]}, kind: team}}\n" for owner in OWNERS)
    for slug, size in zip(slugs, sizes, strict=True):
        base = f"data/programmes/{slug}"
        numbers = range(1, size + 1)
        yield f"{base}/programme.yml", _programme(slug)
        yield f"{base}/milestones.yml", "".join(_milestone(group) for group in _groups(numbers))
        yield f"{base}/tasks.yml", "\n".join(map(_task, numbers))
        yield f"{base}/tracker.yml", _tracker(numbers)
        yield f"{base}/registers/risks.yml", "".join(map(_risk, numbers[::TASKS_A_MILESTONE]))
        yield f"{base}/registers/decisions.yml", "".join(map(_decision, numbers[::TASKS_A_MILESTONE]))


def write(folder: Path, tasks: int) -> None:
    """Write the data of that many tasks into `folder`."""
    for name, text in files(tasks):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def _programme(slug: str) -> str:
    return (
        f"id: {slug}\ntitle: Made-up {slug}\nowner: {OWNERS[0]}\nstart: {FIRST_DAY}\nclosed: {LAST_DAY}\n"
        f"recorded: {LAST_DAY}\nsummary: One of several, to be measured.\n"
        "links:\n  - {title: The plan, address: https://plans.example/made-up}\n"
    )


def _groups(numbers: range) -> Iterator[range]:
    return (numbers[first : first + TASKS_A_MILESTONE] for first in range(0, len(numbers), TASKS_A_MILESTONE))


def _milestone(tasks: range) -> str:
    number = tasks[0] // TASKS_A_MILESTONE + 1
    return (
        f"- id: M{number}\n  title: Milestone {number}\n  owner: {_owner(number)}\n"
        "  window: {weeks: [0, 90]}\n"
        f"  includes: [{', '.join(f'T{task}' for task in tasks)}]\n"
        f"  objective: What [[T{tasks[0]}]] and its neighbours are for.\n"
        "  exit_criteria:\n"
        "    - {text: The basin is deep enough., met: true, evidence: [soundings.csv]}\n"
        "    - The contracts are signed.\n"
    )


def _task(number: int) -> str:
    parts = "".join(
        f"    - {{id: T{number}.{part}, title: Part {part}, progress: {figure}}}\n"
        for part, figure in enumerate(FIGURES, start=1)
    )
    mean = sum(FIGURES) // len(FIGURES)
    return (
        f"- id: T{number}\n  title: Task {number}\n  owner: {_owner(number)}\n  status: in-progress\n"
        f"  progress: {mean}\n"
        f"  summary: {_sentence(number)!r}\n"
        "  coverage: {backend: Serves what the others show., design: Says how it looks.}\n"
        f"  subtasks:\n{parts}"
        f"{_sprint(number, mean) if number % TASKS_A_SPRINT == 0 else ''}"
        f"  notes:\n    - {_sentence(number + 2)!r}\n    - {_sentence(number + 3)!r}\n"
        f"  updates:\n    - date: {_day(number, 0)}\n"
        f"      text: {_sentence(number + 1)!r}\n"
        f"      progress: {mean}\n"
        f"      evidence: [https://evidence.example/T{number}]\n"
        f"      refs: [T{max(1, number - 1)}]\n"
    )


def _sprint(number: int, figure: int) -> str:
    return (
        f"  sprints:\n    - {{id: S{number}, title: Sprint of T{number}, progress: {figure}, "
        f"items: [{{text: First half, progress: {figure}}}, {{text: Second half, progress: {figure}}}]}}\n"
    )


def _tracker(numbers: Iterable[int]) -> str:
    rows = "".join(
        f"  - {{task: T{number}, owner: {_owner(number)}, date: {_day(number, 1)}, note: {_sentence(number)!r}}}\n"
        for number in numbers
    )
    return (
        f"title: Tracker\nupdated: {LAST_DAY}\nrows:\n{rows}"
        "activity:\n"
        f"  - {{date: {_day(1, 0)}, text: Work began., refs: [T1]}}\n"
        f"  - {{date: {_day(1, 1)}, text: Work went on., refs: [T1]}}\n"
        f"cadence:\n  - {{frequency: weekly, title: Review, attendees: [{OWNERS[0]}, {OWNERS[1]}]}}\n"
    )


def _risk(number: int) -> str:
    return (
        f"- {{id: R-{number // TASKS_A_MILESTONE + 1}, description: T{number} may be late., status: open, "
        f"impact: high, mitigation: A second team stands by., owner: {_owner(number)}, refs: [T{number}]}}\n"
    )


def _decision(number: int) -> str:
    return (
        f"- {{id: D-{number // TASKS_A_MILESTONE + 1}, date: {_day(number, 0)}, decision: Begin with T{number}., "
        f"rationale: The others wait for it., owner: {_owner(number)}}}\n"
    )


def _owner(number: int) -> str:
    return OWNERS[number % len(OWNERS)]


def _sentence(number: int) -> str:
    return SENTENCES[number % len(SENTENCES)]


def _day(number: int, report: int) -> date:
    """The day of a report: each task's are a year apart, those of neighbours a day."""
    return FIRST_DAY + timedelta(days=365 * report + number % 100)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tasks", type=int, default=2000)
    arguments = parser.parse_args()
    write(arguments.folder, arguments.tasks)
