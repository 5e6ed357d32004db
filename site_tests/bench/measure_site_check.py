"""What it costs to check the built site: milliseconds of the processor's time a page, reading and judging side by side.

`python site_tests/bench/measure_site_check.py` builds the project's own site and checks it several times; the first run
also loads what the later ones find at hand.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent.parent))

from conftest import PROJECT, SITE_ADDRESS, TODAY, milepost
from milepost.check.rules import judge_site
from milepost.check.run import check_project
from milepost.check.site import read_site
from milepost.history.revisions import read_past
from milepost.report import make_report

RUNS = 5


def main() -> None:
    """Print a line a run."""
    report = make_report(check_project(PROJECT, TODAY), read_past(PROJECT, TODAY))
    with TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        built = milepost("build", "--site", str(site), folder=PROJECT)
        if built.returncode:
            sys.exit(built.stdout + built.stderr)
        for _ in range(RUNS):
            began = time.process_time()
            found = read_site(site, SITE_ADDRESS, report)
            read = time.process_time()
            judge_site(found)
            judged = time.process_time()
            reading, judging = (1000 * spent / len(found.pages) for spent in (read - began, judged - read))
            sys.stdout.write(f"{len(found.pages)} pages: {reading:.2f} ms to read a page, {judging:.2f} to judge it\n")


if __name__ == "__main__":
    main()
