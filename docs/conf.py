"""How the documentation is built: `sphinx-build -W -n docs docs/_build/html`."""

from __future__ import annotations

import sys
from pathlib import Path

from claimcheck import __version__

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "claimcheck"
author = "The claimcheck authors"
copyright = f"2026, {author}"  # noqa: A001 - Sphinx's name
release = version = __version__

extensions = [
    "claimcheck_pages",
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.viewcode",
]
exclude_patterns = ["_build"]
templates_path: list[str] = []

# Markdown
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

# Notebooks are run anew at every build, and one that fails fails the build.
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 60

# Docstrings: single backticks are code, as in Markdown.
default_role = "code"
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_default_options = {"members": True}
toc_object_entries_show_parents = "hide"

html_theme = "furo"
html_title = "claimcheck"
html_static_path = ["_static"]
html_css_files = ["claimcheck.css"]
html_show_sphinx = False
html_copy_source = False
