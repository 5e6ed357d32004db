"""A report to the files of a site: pages, charts, feeds, search entries, citations and versions, as text.

It may import `report`, `exports` and what they may, and no engine. A newcomer adds a page in `pages`, a chart in
`charts` and a feed in `feeds`.
"""
