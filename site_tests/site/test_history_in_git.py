"""The data's own history: what its revisions in git tell, and what is said where git holds less than all of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from conftest import BASE_FILES, TODAY, milepost, write_files, write_project
from milepost.check.run import check_project
from milepost.data.records.snapshot import Snapshot
from milepost.history.git import Revision, RevisionError, daily_revisions, revision, write_data
from milepost.history.revisions import read_past
from milepost.history.timeline import all_events, series
from milepost.model.portal import Portal, Ref
from milepost.report import Report, make_report
from milepost.site.build import build
from milepost.site.pages.activity import KIND as PAGES_OF_ACTIVITY
from milepost.site.pages.task import KIND as TASK_PAGES
from milepost.text.html import inline

TASKS = "- {id: T1, title: Dredge, progress: 10}\n- {id: T2, title: Survey, progress: 20, owner: editor}\n"
FORMS = ("atom.xml", "feed.json", "rss.xml")
TASKS_FILE = "data/programmes/demo/tasks.yml"


SIGNER = """\
#!/bin/sh
case "$*" in
  *--verify*) echo 'gpg: Good signature of the crew' >&2; echo '[GNUPG:] GOODSIG 1 crew' ;;
  *) cat > /dev/null; echo '[GNUPG:] SIG_CREATED ' >&2
     printf -- '-----BEGIN PGP SIGNATURE-----\\n\\nabcd\\n-----END PGP SIGNATURE-----\\n' ;;
esac
"""
"""Signs as gpg does, and finds every signature good."""


class Repository:
    """A repository that a test writes commit by commit."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str, day: str = "2026-01-01") -> str:
        names = {f"GIT_{who}_{what}": "crew" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        moment = {"GIT_AUTHOR_DATE": f"{day}T12:00:00Z", "GIT_COMMITTER_DATE": "2026-09-09T09:09:09Z"}
        command = ["git", "-C", str(self.folder), *arguments]
        done = subprocess.run(command, env=os.environ | names | moment, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def commit(self, day: str, tasks: str = TASKS) -> str:
        write_files(self.folder, {**BASE_FILES, TASKS_FILE: tasks})
        self.git("add", "--all", day=day)
        self.git("commit", "--quiet", "--allow-empty", "--message", "A change", day=day)
        return self.git("rev-parse", "HEAD")

    @property
    def portal(self) -> Portal:
        portal = check_project(self.folder, TODAY).portal
        assert portal is not None
        return portal


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repository")


def told(repository: Repository) -> list[tuple[str, str]]:
    events = all_events(repository.portal, read_past(repository.folder, TODAY))
    return [(event.key, event.text) for event in events]


class TestWhatHappened:
    def test_a_figure_that_moved_between_two_days_is_an_event_of_the_later(self, repository: Repository) -> None:
        repository.commit("2026-02-01")
        repository.commit("2026-02-03", TASKS.replace("10", "15"))
        assert told(repository) == [("demo/T1/2026-02-03/standing", "T1 moved from 10 % to 15 %.")]

    def test_the_changes_of_one_day_are_one_event(self, repository: Repository) -> None:
        repository.commit("2026-02-01")
        repository.commit("2026-02-03", TASKS.replace("10", "12"))
        repository.commit("2026-02-03", TASKS.replace("10", "15"))
        assert told(repository) == [("demo/T1/2026-02-03/standing", "T1 moved from 10 % to 15 %.")]

    def test_what_was_taken_back_on_the_same_day_did_not_happen(self, repository: Repository) -> None:
        repository.commit("2026-02-01")
        repository.commit("2026-02-03", TASKS.replace("10", "12"))
        repository.commit("2026-02-03")
        assert told(repository) == []

    def test_an_update_written_with_the_figure_is_that_event(self, repository: Repository) -> None:
        repository.commit("2026-02-01")
        update = "progress: 15, updates: [{date: 2026-02-02, text: Deeper}]"
        repository.commit("2026-02-03", TASKS.replace("progress: 10", update))
        (event,) = all_events(repository.portal, read_past(repository.folder, TODAY))
        assert (event.key, event.text) == ("demo/T1/2026-02-02", "Deeper")
        assert [(move.before, move.after) for move in event.moves] == [(10, 15)]

    def test_a_clock_that_went_back_moves_no_earlier_day(self, repository: Repository) -> None:
        repository.commit("2026-02-01")
        repository.commit("2026-02-05", TASKS.replace("10", "15"))
        repository.commit("2026-02-03", TASKS.replace("10", "30"))
        assert told(repository) == [("demo/T1/2026-02-05/standing", "T1 moved from 10 % to 30 %.")]

    def test_events_of_a_renamed_entity_keep_their_keys(self, repository: Repository) -> None:
        repository.commit("2026-02-01")
        repository.commit("2026-02-03", TASKS.replace("10", "15"))
        before = told(repository)
        repository.commit("2026-02-09", TASKS.replace("10", "15").replace("id: T1,", "id: T7, formerly: [T1],"))
        assert told(repository) == [("demo/T1/2026-02-09/name", "T1 is now called T7."), *before]
        _, event = all_events(repository.portal, read_past(repository.folder, TODAY))
        assert (event.ref, event.route) == (Ref("demo", "T7"), "demo/T7.html#change-T1-2026-02-03-standing")

    def test_what_moved_leads_to_the_place_on_its_page_that_tells_it_among_the_reports(
        self, repository: Repository
    ) -> None:
        parts = ", subtasks: [{id: T1.1, progress: 10}], updates: [{date: 2026-02-02, text: Deeper}]"
        written = TASKS.replace("progress: 10", "progress: 10" + parts)
        repository.commit("2026-02-01", written)
        repository.commit("2026-02-03", written.replace("10", "15"))
        report = make_report(check_project(repository.folder, TODAY), read_past(repository.folder, TODAY))
        page = next(page for page in TASK_PAGES.make(report) if page.route == "demo/T1.html")
        reports = BeautifulSoup(page.markdown, "html.parser").select(".mp-update")
        assert [found["id"] for found in reports] == [
            "change-T1.1-2026-02-03-standing",
            "change-T1-2026-02-03-standing",
            "2026-02-02",
        ]
        assert "T1 moved from 10 % to 15 %." in reports[1].get_text()
        moved = {event.route for event in report.events}
        assert moved == {f"demo/T1.html#{found['id']}" for found in reports}

    def test_events_of_what_is_gone_are_told_of_its_programme(self, repository: Repository) -> None:
        repository.commit("2026-02-01")
        repository.commit("2026-02-03", TASKS.replace("10", "15"))
        repository.commit("2026-02-09", TASKS.splitlines(keepends=True)[1])
        events = all_events(repository.portal, read_past(repository.folder, TODAY))
        assert [(str(event.ref), event.text) for event in events] == [
            ("demo", "T1 was removed: Dredge."),
            ("demo", "T1 moved from 10 % to 15 %."),
        ]


def test_the_series_of_an_entity_are_its_dated_figures_and_those_of_the_revisions(repository: Repository) -> None:
    dated = "progress: 10, updates: [{date: 2026-01-20, text: Begun, progress: 5}]"
    repository.commit("2026-02-01", TASKS.replace("progress: 10", dated))
    repository.commit("2026-02-03", TASKS.replace("progress: 10", dated.replace("10", "15")))
    found = series(repository.portal, read_past(repository.folder, TODAY))
    days = {str(ref): [(day.isoformat(), int(figure)) for day, figure in figures] for ref, figures in found.items()}
    assert days == {
        "demo/T1": [("2026-01-20", 5), ("2026-02-01", 10), ("2026-02-03", 15)],
        "demo/T2": [("2026-02-01", 20)],
        # A task counts for nothing until its first figure is known.
        "demo": [("2026-01-20", 2), ("2026-02-01", 15), ("2026-02-03", 17)],
    }


def test_the_day_on_which_data_was_entered_says_nothing_of_when_its_figures_were_reached(
    repository: Repository,
) -> None:
    repository.commit("2026-02-01")
    repository.commit("2026-02-03", TASKS.replace("Survey", "A survey"))
    assert series(repository.portal, read_past(repository.folder, TODAY)) == {}


class TestReadingGit:
    def test_the_data_is_written_as_it_was_and_nothing_else_is_touched(
        self, repository: Repository, tmp_path: Path
    ) -> None:
        first = repository.commit("2026-02-01")
        repository.commit("2026-02-03", "- {id: T9}\n")
        (repository.folder / TASKS_FILE).write_text("- {id: T10}\n", "utf-8")
        write_data(repository.folder, first, tmp_path / "then")
        assert (tmp_path / "then" / TASKS_FILE).read_text("utf-8") == TASKS
        assert (repository.folder / TASKS_FILE).read_text("utf-8") == "- {id: T10}\n"
        assert repository.git("status", "--porcelain") == f"M {TASKS_FILE}"

    def test_a_link_in_the_data_is_not_followed(self, repository: Repository, tmp_path: Path) -> None:
        (repository.folder / "data").mkdir()
        (repository.folder / "data/secret.yml").symlink_to("/etc/hostname")
        commit = repository.commit("2026-02-01")
        write_data(repository.folder, commit, tmp_path / "then")
        assert not (tmp_path / "then/data/secret.yml").exists()
        assert not (tmp_path / "then/data/secret.yml").is_symlink()

    def test_a_revision_has_the_day_of_its_author_in_utc(self, repository: Repository) -> None:
        repository.commit("2026-02-01")
        write_files(repository.folder, {TASKS_FILE: "- {id: T1}\n"})
        late = {"GIT_AUTHOR_DATE": "2026-02-03T23:30:00-05:00", "GIT_COMMITTER_DATE": "2026-02-09T00:00:00Z"}
        names = {f"GIT_{who}_{what}": "crew" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        command = ["git", "-C", str(repository.folder), "commit", "--quiet", "--all", "--message", "Late"]
        subprocess.run(command, env=os.environ | names | late, check=True)
        assert revision(repository.folder, "HEAD").day == date(2026, 2, 4)

    @pytest.mark.parametrize("name", ["nowhere", "--output=stolen", "HEAD:data"])
    def test_a_name_that_is_no_commit_is_refused(self, repository: Repository, name: str) -> None:
        repository.commit("2026-02-01")
        with pytest.raises(RevisionError):
            revision(repository.folder, name)
        assert not list(repository.folder.glob("**/stolen"))

    def test_a_day_whose_data_is_not_sound_is_left_out_and_counted(self, repository: Repository) -> None:
        repository.commit("2026-02-01")
        repository.commit("2026-02-02", "- {id: T1, progres: 3}\n")
        repository.commit("2026-02-03", TASKS.replace("10", "15"))
        past = read_past(repository.folder, TODAY)
        assert ([day.isoformat() for day, _ in past.days], past.unreadable) == (["2026-02-01", "2026-02-03"], 1)
        assert told(repository) == [("demo/T1/2026-02-03/standing", "T1 moved from 10 % to 15 %.")]

    def test_what_people_set_for_their_own_eyes_changes_no_answer(self, repository: Repository) -> None:
        signer = repository.folder.parent / "signer"
        signer.write_text(SIGNER, "utf-8")
        signer.chmod(0o755)
        repository.git("config", "gpg.program", str(signer))
        repository.git("config", "commit.gpgSign", "true")
        repository.commit("2026-02-01")
        commit = repository.commit("2026-02-03", TASKS.replace("10", "15"))
        plain = told(repository), revision(repository.folder, "HEAD"), daily_revisions(repository.folder)
        assert plain[1] == Revision(commit, date(2026, 2, 3))
        settings = {
            "log.showSignature": "true",
            "log.follow": "true",
            "log.decorate": "full",
            "color.ui": "always",
            "core.quotePath": "true",
            "i18n.logOutputEncoding": "UTF-16",
            "format.pretty": "raw",
        }
        for name, value in settings.items():
            repository.git("config", name, value)
        assert "Good signature" in repository.git("-c", "i18n.logOutputEncoding=UTF-8", "log", "-1")
        assert (told(repository), revision(repository.folder, "HEAD"), daily_revisions(repository.folder)) == plain

    def test_what_stopped_git_is_told_and_not_what_it_warned_of_before(
        self, repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        git = tmp_path / "git"
        git.write_text(
            "#!/bin/sh\nprintf 'warning: a setting is old\\nerror: the disk is full\\nhint: free it\\n' >&2\nexit 1\n"
        )
        git.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
        with pytest.raises(RevisionError, match=r"^git says: the disk is full$"):
            revision(repository.folder, "HEAD")

    def test_a_folder_that_is_no_repository_says_so(self, tmp_path: Path) -> None:
        past = read_past(tmp_path, TODAY)
        assert past.days == ()
        assert past.gap.startswith("The data's history could not be read: git says: not a git repository")

    def test_a_repository_without_a_commit_has_no_past(self, repository: Repository) -> None:
        assert daily_revisions(repository.folder) == ()

    def test_a_shallow_clone_says_that_it_is_one(self, repository: Repository, tmp_path: Path) -> None:
        repository.commit("2026-02-01")
        repository.commit("2026-02-03", TASKS.replace("10", "15"))
        shallow = tmp_path / "shallow"
        repository.git("clone", "--quiet", "--depth=1", f"file://{repository.folder}", str(shallow))
        past = read_past(shallow, TODAY)
        assert len(past.days) == 1
        assert "without its whole history" in past.gap


class TestWhatWasPublished:
    """The snapshots of the ledger, as the commits have them that it names."""

    def row(self, name: str, commit: str) -> Snapshot:
        return Snapshot.model_construct(
            id=name, date=TODAY, as_of=TODAY, commit=commit, data="", payload="", reason="", approved_by=""
        )

    def test_a_snapshot_has_the_portal_of_its_commit_and_the_pages_of_then(self, repository: Repository) -> None:
        write_files(repository.folder, {"content/handbook/audit.md": "# Audit\n", "content/picture.svg": "<svg/>"})
        commit = repository.commit("2026-02-01")
        (repository.folder / "content/handbook/audit.md").unlink()
        repository.commit("2026-02-03", "- {id: T9}\n")
        (published,) = read_past(repository.folder, TODAY, [self.row("2026-1", commit)]).published
        assert published.row.id == "2026-1"
        assert {"demo/T1.html", "demo/index.html", "handbook/audit.html", "changelog.html"} <= published.pages
        assert "demo/T9.html" not in published.pages
        assert not [page for page in published.pages if "picture" in page]

    def test_a_snapshot_whose_commit_is_not_at_hand_is_left_out(self, repository: Repository) -> None:
        commit = repository.commit("2026-02-01")
        rows = [self.row("2026-1", "0" * 40), self.row("2026-2", commit)]
        assert [found.row.id for found in read_past(repository.folder, TODAY, rows).published] == ["2026-2"]

    def test_a_snapshot_whose_commit_is_no_part_of_the_history_is_left_out_though_it_is_here(
        self, repository: Repository
    ) -> None:
        """Another copy of the repository does not have it, and would give other bytes of the same commit."""
        repository.commit("2026-02-01")
        beside = repository.commit("2026-02-02", TASKS.replace("10", "15"))
        repository.git("reset", "--quiet", "--hard", "HEAD~1")
        assert revision(repository.folder, beside).commit == beside
        assert read_past(repository.folder, TODAY, [self.row("2026-1", beside)]).published == ()
        repository.git("merge", "--quiet", "--no-ff", "--no-edit", "--strategy=ours", beside)
        assert len(read_past(repository.folder, TODAY, [self.row("2026-1", beside)]).published) == 1


class TestWithoutTheWholeHistory:
    """What is known is told, and that it is not all is said; what is published is refused."""

    @pytest.fixture
    def shallow(self, tmp_path: Path) -> Path:
        original = Repository(tmp_path / "original")
        copied = write_project(tmp_path / "copied", BASE_FILES)
        (copied / "content/index.md").write_text("# Home\n", "utf-8")
        shutil.copytree(copied, original.folder, dirs_exist_ok=True)
        for message in ("One", "Two"):
            with (original.folder / "data/portfolio.yml").open("a", encoding="utf-8") as file:
                file.write(f"# {message}\n")
            original.git("add", "--all")
            original.git("commit", "--quiet", "--message", message)
        original.git("clone", "--quiet", "--depth=1", f"file://{original.folder}", str(tmp_path / "shallow"))
        return tmp_path / "shallow"

    def test_a_shallow_clone_is_built_and_its_changelog_says_so(self, shallow: Path) -> None:
        done = milepost("build", folder=shallow, handbook=False)
        assert done.returncode == 0, done.stderr
        assert "fetched without its whole history" in (shallow / "site/changelog.html").read_text("utf-8")
        refused = milepost("build", "--whole-history", folder=shallow, handbook=False)
        assert refused.returncode == 1
        assert "fetched without its whole history" in refused.stderr
        assert "git fetch --unshallow" in refused.stderr
        assert "site/ is as it was" in refused.stderr

    def test_a_full_clone_says_nothing_of_it(self, repository: Repository) -> None:
        repository.commit("2026-02-01")
        repository.commit("2026-02-03", TASKS.replace("10", "15"))
        assert "Told from the data" not in artifacts_of(repository)["changelog.md"]


class TestTheCommand:
    def test_one_figure_changed_is_one_event_in_each_form(self, repository: Repository) -> None:
        repository.commit("2026-02-01")
        repository.commit("2026-02-03", TASKS.replace("10", "15"))
        text = milepost("diff", "HEAD~1", "HEAD", folder=repository.folder).stdout
        assert "2026-02-03  progressed  T1 moved from 10 % to 15 %." in text
        assert text.endswith("One thing happened.\n")
        (event,) = json.loads(milepost("diff", "HEAD~1", "--format", "json", folder=repository.folder).stdout)["events"]
        assert (event["kind"], event["moves"]) == ("progressed", [{"entity": "demo/T1", "before": 10, "after": 15}])

    def test_a_folder_can_be_compared_with_a_revision(self, repository: Repository, tmp_path: Path) -> None:
        repository.commit("2026-02-01")
        other = tmp_path / "other"
        write_files(other, {**BASE_FILES, TASKS_FILE: TASKS})
        done = milepost("diff", "HEAD", str(other), folder=repository.folder)
        assert done.stdout == "Nothing happened: both say the same.\n"

    def test_a_snapshot_of_the_ledger_stands_for_its_commit(self, repository: Repository) -> None:
        commit = repository.commit("2026-02-01")
        digest = "0" * 64
        ledger = f"""\
            - id: "2026-02-01"
              date: 2026-02-01
              as_of: 2026-02-01
              commit: "{commit}"
              data: "{digest}"
              payload: "{digest}"
              reason: First
              approved_by: editor
            """
        write_files(repository.folder, {"data/snapshots.yml": ledger})
        repository.commit("2026-02-03", TASKS.replace("10", "15"))
        text = milepost("diff", "2026-02-01", folder=repository.folder).stdout
        assert "T1 moved from 10 % to 15 %." in text

    def test_what_cannot_be_compared_is_wrong_usage(self, repository: Repository) -> None:
        repository.commit("2026-02-01", "- {id: T1, progres: 3}\n")
        missing = milepost("diff", "nowhere", folder=repository.folder)
        assert missing.returncode == 2
        assert "nowhere is not a folder that holds data/, a snapshot or a revision" in missing.stderr
        unsound = milepost("diff", "HEAD", folder=repository.folder)
        assert unsound.returncode == 2
        assert "is not sound, first data/programmes/demo/tasks.yml:1:12" in unsound.stderr

    def test_markdown_of_strangers_words_mentions_nobody_and_stays_in_its_table(self, repository: Repository) -> None:
        repository.commit("2026-02-01")
        words = "'@octo #12 https://evil.example | a cell'"
        repository.commit("2026-02-03", TASKS + f"- {{id: T3, title: {words}}}\n")
        made = milepost("diff", "HEAD~1", "--format", "markdown", folder=repository.folder).stdout
        (row,) = [line for line in made.splitlines() if "T3" in line]
        assert "@octo" not in row
        assert "#12" not in row
        assert "https://" not in row
        assert row.count("|") - row.count("\\|") == 4

    def test_markdown_of_more_than_a_comment_holds_ends_with_a_row_and_says_so(self, repository: Repository) -> None:
        repository.commit("2026-02-01")
        many = "".join(f"- {{id: N{number}, title: '{'long ' * 40}'}}\n" for number in range(400))
        repository.commit("2026-02-03", TASKS + many)
        made = milepost("diff", "HEAD~1", "HEAD", "--format", "markdown", folder=repository.folder).stdout
        assert 60_000 < len(made) < 65_536
        *rows, _, end = made.splitlines()
        assert rows[-1].endswith(" |")
        told = sum(row.startswith("| 2026-") for row in rows)
        assert end == f"A comment holds no more than {told} of the 400 things that happened; milepost diff tells all."
        whole = milepost("diff", "HEAD~1", "HEAD", folder=repository.folder).stdout
        assert whole.endswith("400 things happened.\n")

    def test_markdown_that_a_comment_holds_is_whole(self, repository: Repository) -> None:
        repository.commit("2026-02-01")
        repository.commit("2026-02-03", TASKS.replace("10", "15").replace("20", "25"))
        made = milepost("diff", "HEAD~1", "HEAD", "--format", "markdown", folder=repository.folder).stdout
        assert made == (
            "### Demo\n\n| Day | Kind | What happened |\n|---|---|---|\n"
            "| 2026-02-03 | progressed | T1 moved from 10 % to 15 %. |\n"
            "| 2026-02-03 | progressed | T2 moved from 20 % to 25 %. |\n\n2 things happened.\n"
        )


def artifacts_of(repository: Repository) -> dict[str, str]:
    checked = check_project(repository.folder, TODAY)
    report = make_report(checked, read_past(repository.folder, TODAY), site_address="https://demo.example/")
    return {artifact.path: artifact.content for artifact in build(report)}


def test_one_figure_changed_is_told_where_it_concerns_someone_and_nowhere_else(repository: Repository) -> None:
    """In what moved, the changelogs, the month's activity, and the feeds of all, of its programme and of its owner."""
    programmes = {
        "data/portfolio.yml": "title: D\npublisher: D\nprogrammes: [demo, other]\nfeed_authority: d.example,2026\n",
        "data/people.yml": "- {id: editor, title: Editor, kind: role}\n- {id: pilot, title: Pilot, kind: role}\n",
        "data/programmes/other/programme.yml": "id: other\ntitle: Other\nowner: pilot\nrecorded: 2026-01-01\n",
        "data/programmes/other/tasks.yml": "- {id: T1, owner: pilot, progress: 20}\n",
        "data/programmes/demo/programme.yml": "id: demo\ntitle: Demo\nrecorded: 2026-01-01\n",
        TASKS_FILE: "- {id: T1, owner: editor, progress: 10}\n- {id: T2, owner: pilot, progress: 20}\n",
    }
    write_files(repository.folder, programmes)
    repository.git("add", "--all", day="2026-02-01")
    repository.git("commit", "--quiet", "--message", "Enter", day="2026-02-01")
    before = artifacts_of(repository)
    (repository.folder / TASKS_FILE).write_text(programmes[TASKS_FILE].replace("10", "15"), "utf-8")
    repository.git("commit", "--quiet", "--all", "--message", "Report", day="2026-02-03")
    after = artifacts_of(repository)
    sentence, key = "moved from 10 % to 15 %", "demo/T1/2026-02-03/standing"
    telling = {path for path, text in after.items() if sentence in text or key in text}
    feeds = {f"feeds/{name}{form}" for name in ("", "demo/", "owners/editor/") for form in FORMS}
    pages = {"index.md", "changelog.md", "demo/index.md", "demo/T1.md", "demo/changelog.md", "activity/2026-02.md"}
    assert telling == {*pages, *feeds}
    assert not any(sentence in text or key in text for text in before.values())
    # The list of all feeds is dated by their newest item.
    for path in after.keys() - {"feeds/feeds.opml"}:
        if path.startswith("feeds/") and path not in feeds:
            assert after[path] == before[path], f"{path} changed, and nothing happened to what it tells of"


def test_what_the_documents_date_stands_in_the_activity_once_each(own_report: Report) -> None:
    """Updates, the log, decisions and approvals: each of their days, in the words of the data."""
    rows = [row for page in PAGES_OF_ACTIVITY.make(own_report) for row in page.markdown.split("<tr>") if "<td" in row]
    dated = 0
    for programme in own_report.portal.programmes:
        reports = [(update.date, update.text) for node in programme.work for update in node.record.updates]
        log = [(entry.date, entry.text) for entry in programme.tracker.activity]
        decisions = [(day, entry.sentence) for entry in programme.registers["decisions"] for day, _ in entry.days]
        for day, text in (*reports, *log, *decisions):
            dated += 1
            shown = BeautifulSoup(str(inline(text, lambda _: None)), "html.parser").get_text()
            telling = [
                row for row in rows
                if f'datetime="{day}"' in row and shown in BeautifulSoup(row, "html.parser").get_text()
            ]  # fmt: skip
            assert len(telling) == 1, f"{programme.slug}, {day}: {text}"
    assert dated >= 28
