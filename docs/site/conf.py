# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later

"""How Sphinx builds the documentation site from the pages that tests/tools/docs.py generates."""

from __future__ import annotations

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

project = "postmaster.comms"
title = html_title = html_short_title = "postmaster.comms"
copyright = "postmaster.comms contributors"  # noqa: A001 - Sphinx wants this name

extensions = ["sphinx_antsibull_ext"]
html_theme = "sphinx_ansible_theme"
html_show_sphinx = False
html_copy_source = False
html_use_index = False
pygments_style = "ansible"
highlight_language = "YAML+Jinja"

# Places in Ansible's own documentation that generated pages refer to. Listed here, because a build that downloads an
# inventory of them fails without a network. A label that is neither here nor ours is an error.
ANSIBLE = "https://docs.ansible.com/ansible/latest/"
ANSIBLE_LABELS = {
    "action_plugins": "plugins/action.html",
    "ansible_configuration_settings": "reference_appendices/config.html",
    "common_return_values": "reference_appendices/common_return_values.html",
    "module_defaults_groups": "playbook_guide/playbooks_module_defaults.html#module-defaults-groups",
}


def setup(app: Sphinx) -> None:
    """Hook the labels in."""
    app.connect("missing-reference", resolve_ansible_label)


def resolve_ansible_label(
    _app: Sphinx, _environment: BuildEnvironment, reference: pending_xref, text: nodes.TextElement
) -> nodes.reference | None:
    """A link for a label of Ansible's documentation, None for any other."""
    page = ANSIBLE_LABELS.get(reference["reftarget"]) if reference["reftype"] == "ref" else None
    return nodes.reference("", "", text, refuri=ANSIBLE + page, internal=False) if page else None
