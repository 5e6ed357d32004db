"""Milepost: a status portal kept as code.

The package is a chain of layers, lowest first: `diagnostics`, `routes`, `source`, `records`, `load`, `portal`,
`progress`, `history`, `rules`, `prose`, `charts`, `feeds`, `exporters`, `pages`, `build`, `site_check`,
`mkdocs_adapter`, `console`, `cli`. Data flows in that direction only, and import-linter holds it so.
"""
