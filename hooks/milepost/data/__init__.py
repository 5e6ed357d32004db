"""Files to records with places: YAML, authored pages and settings, as they are written.

It may import `text` and `diagnostics`. A newcomer changes here what a file may hold, and how a wrong value is named.
"""
