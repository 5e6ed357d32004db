"""The hook that mkdocs.yml names: hands MkDocs' events to Milepost."""

from milepost.hook import *
