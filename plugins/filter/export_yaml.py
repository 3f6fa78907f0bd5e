# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an export writes: YAML that people keep in git."""

from __future__ import annotations

DOCUMENTATION = r"""
name: export_yaml
short_description: Write one resource of a whole system as a file that people keep under version control
author:
  - postmaster.comms contributors (@postmaster-comms)
description:
  - Turns one list of the document that an C(_info) module of this collection returns into the text of a YAML file. The
    playbook C(postmaster.comms.export) uses it, C(postmaster.comms.apply) takes such files.
  - The order is that of the document, so that a change on the server is a small difference in the file. Texts come back
    exactly as they are, whatever they look like, also from tools that read newer YAML than Ansible does.
  - An option that no server returns, such as a password, is marked by a comment in each entry.
positional: _input, name
options:
  _input:
    description: The entries of the resource.
    type: list
    elements: dict
    required: true
  name:
    description: Name of the list in the document, for instance V(users).
    type: str
    required: true
  secrets:
    description: Options that the server does not return, as C(secrets) of an C(_info) module names them.
    type: list
    elements: str
    default: []
"""

EXAMPLES = r"""
---
- name: Read the users of a server
  postmaster.comms.kerio_info:
    resources: [users]
  register: server

- name: Keep them as a file
  ansible.builtin.copy:
    content: "{{ server.config.users | postmaster.comms.export_yaml('users', secrets=server.secrets.users) }}"
    dest: users.yml
    mode: "0600"
"""

RETURN = r"""
_value:
  description: The text of the file.
  type: str
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Callable

import yaml

# By its first line, an export knows the files that one made.
MARK = "# Exported by postmaster.comms"
_HEADER = f"""\
{MARK}: the {{name}} of a server.
# Edit it, keep it under version control, and give its folder to postmaster.comms.apply as config_dir.
---
"""
_UNREADABLE = "# {option}: not exported; needed only where this object has to be created anew"
# A width at which no line is folded.
_ENDLESS = 10**9
# What PyYAML takes for text and newer YAML for something else: 1e3, 0o17, y.
_ELSEWHERE_NO_TEXT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?0o[0-7]+|[yYnN]")
# What a block of lines does not show, or shows in a way that editors spoil: blanks at the end of a line, odd breaks.
_NOT_IN_A_BLOCK = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]| \n")


class _Dumper(yaml.SafeDumper):
    """One line for each value, however long, and a block for texts of several lines."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _fits_a_block(text: str) -> bool:
    lines = text.removesuffix("\n")
    return lines == lines.strip() and bool(lines) and _NOT_IN_A_BLOCK.search(lines) is None


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None
    if any(letter in text for letter in "\n\x85\u2028\u2029"):
        style = "|" if _fits_a_block(text) else '"'
    elif _ELSEWHERE_NO_TEXT.fullmatch(text):
        style = "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def export_yaml(entries: Iterable[Mapping[str, Any]], name: str, secrets: Iterable[str] = ()) -> str:
    """The text of a file that holds one list of a document."""
    marks = [_UNREADABLE.format(option=option) for option in secrets]
    # Templates hand over strings and lists of their own kinds.
    plain = json.loads(json.dumps(list(entries)))
    lines = [f"{name}:" if plain else f"{name}: []"]
    for entry in plain:
        shown = yaml.dump([entry], Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_ENDLESS)
        lines += [*shown.rstrip("\n").split("\n"), *(f"  {mark}" for mark in marks)]
    body = "\n".join([lines[0], *(f"  {line}" if line else line for line in lines[1:])])
    return f"{_HEADER.format(name=name.replace('_', ' '))}{body}\n"


class FilterModule:
    """The filters of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """By name."""
        return {"export_yaml": export_yaml}
