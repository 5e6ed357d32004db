"""The commands that write for programs: export for the portal, schema for the forms of its files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from milepost.cli.commands.checked import checked_data, data_folder, stop_unsound
from milepost.cli.console import OUTPUT
from milepost.cli.options import as_of_option, project_option
from milepost.data.json_schema import SCHEMA_FOLDER, Schema
from milepost.data.loader import DATA_FOLDER
from milepost.diagnostics import did_you_mean
from milepost.exports import SCHEMAS, export_json


@click.command()
@project_option
@as_of_option
@click.option("--format", "form", type=click.Choice(["json"]), default="json", help="The form of the export.")
def export(project: Path, as_of: date | None, form: str) -> None:
    """Write the whole portal as one JSON object."""
    checked = checked_data(project, as_of)
    if checked.portal is None or not checked.is_sound:
        stop_unsound(project, checked, "Nothing was exported.")
    click.echo(export_json(checked.portal), nl=False)


@click.command("schema")
@project_option
@click.argument("kind", required=False)
@click.option(
    "--to", "folder", type=click.Path(path_type=Path), default=None, help=f"Where; else {DATA_FOLDER}/{SCHEMA_FOLDER}/."
)
def write_schemas(project: Path, kind: str | None, folder: Path | None) -> None:
    """Print the JSON Schema of KIND of data file, or of the export; without KIND, write them all to a folder."""
    if kind is None:
        _write_schemas(folder or data_folder(project) / SCHEMA_FOLDER)
    elif folder is None:
        click.echo(_schema_named(kind).text, nl=False)
    else:
        raise click.UsageError("--to is where all schemas go; leave it out to print one, or leave out KIND")


def _write_schemas(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for schema in SCHEMAS:
            (folder / schema.file_name).write_text(schema.text, "utf-8", newline="\n")
    except OSError as error:
        raise click.UsageError(f"{folder} cannot be written: {error.strerror}") from error
    OUTPUT.print(f"Wrote {len(SCHEMAS)} schemas to {folder}.", markup=False)


def _schema_named(name: str) -> Schema:
    for schema in SCHEMAS:
        if schema.name == name:
            return schema
    names = [schema.name for schema in SCHEMAS]
    raise click.UsageError(f"there is no schema {name}. {did_you_mean(name, names) or 'Schemas: ' + ', '.join(names)}")
