"""MkDocs with Material: its events to Milepost and back.

It may import `site` and what `site` may. A newcomer changes here what MkDocs, the theme or the macros plugin is told.
"""
