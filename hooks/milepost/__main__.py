"""Lets `python -m milepost` stand for the command `milepost`."""

from __future__ import annotations

from milepost.cli.main import main

main(prog_name="milepost")
