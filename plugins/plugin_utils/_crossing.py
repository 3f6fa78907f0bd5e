# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a module makes of arguments, and Ansible of results, that cross JSON between two processes.

Inline vault values arrive decrypted, and texts without what ansible-core 2.19 and later knows of their origin.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import json
from typing import Any

try:
    from ansible.module_utils.common.json import Direction, get_module_decoder, get_module_encoder
except ImportError:  # ansible-core 2.18
    from ansible.parsing.ajson import AnsibleJSONEncoder

    def arguments_of(given: dict[str, Any]) -> dict[str, Any]:
        """The arguments as a module gets them."""
        return dict(json.loads(json.dumps(given, cls=AnsibleJSONEncoder, vault_to_text=True)))

    def result_of(returned: dict[str, Any]) -> dict[str, Any]:
        """The result as Ansible gets it."""
        return dict(json.loads(json.dumps(returned)))

else:
    # The only one that Python modules have.
    _PROFILE = "legacy"

    def arguments_of(given: dict[str, Any]) -> dict[str, Any]:
        """The arguments as a module gets them."""
        return _cross(given, Direction.CONTROLLER_TO_MODULE)

    def result_of(returned: dict[str, Any]) -> dict[str, Any]:
        """The result as Ansible gets it."""
        return _cross(returned, Direction.MODULE_TO_CONTROLLER)

    def _cross(data: dict[str, Any], direction: Direction) -> dict[str, Any]:
        text = json.dumps(data, cls=get_module_encoder(_PROFILE, direction))
        return dict(json.loads(text, cls=get_module_decoder(_PROFILE, direction)))
