# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From options to the argument spec of a module.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import Any

from ansible.module_utils.basic import AnsibleFallbackNotFound

from .options import Option

# Names that Ansible would otherwise warn about, since they look like secrets.
_LOOKS_SECRET = re.compile(r"pass|pw|key|token|secret", re.IGNORECASE)


def filled_env_fallback(name: str) -> Any:
    """The environment variable, where an empty one counts as unset: AWX renders fields that were left out empty."""
    value = os.environ.get(name)
    if not value:
        raise AnsibleFallbackNotFound
    return value


def argument_spec(options: Iterable[Option]) -> dict[str, Any]:
    """What ``AnsibleModule`` takes."""
    return {option.name: _argument(option) for option in options}


def _argument(option: Option) -> dict[str, Any]:
    argument: dict[str, Any] = {"type": option.option_type}
    if option.required:
        argument["required"] = True
    if option.default is not None:
        argument["default"] = option.default
    if option.choices:
        argument["choices"] = list(option.choices)
    if option.elements:
        argument["elements"] = option.elements
    if option.aliases:
        argument["aliases"] = list(option.aliases)
    if option.secret or _LOOKS_SECRET.search(option.name):
        argument["no_log"] = option.secret
    if option.environment:
        argument["fallback"] = (filled_env_fallback, [option.environment])
    if option.suboptions:
        argument["options"] = argument_spec(option.suboptions)
    return argument
