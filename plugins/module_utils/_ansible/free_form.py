# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options that may hold secrets which no argument spec can name.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.common.validation import check_type_dict

from .._core.redact import forms_of, secrets_in

_MAY_HOLD_SECRETS = ("params", "body", "path")


class FreeFormModule(AnsibleModule):
    """Ansible writes options to the system's log, and into results, from the first moment on: before they are checked.
    So their secrets are found as soon as the options are there."""

    params: dict[str, Any]

    def _load_params(self) -> None:
        super()._load_params()
        for name in _MAY_HOLD_SECRETS:
            for secret in _secrets(name, self.params.get(name)):
                self.no_log_values.update(forms_of(secret))

    def _log_invocation(self) -> None:
        """The log names the method, and nothing of what it is given."""
        params = self.params
        self.params = {name: value for name, value in params.items() if name not in _MAY_HOLD_SECRETS}
        try:
            super()._log_invocation()
        finally:
            self.params = params


def _secrets(name: str, value: Any) -> Iterable[str]:
    """The secrets in the value of an option, whatever form it was written in; all of it where it has no known one."""
    if name == "path":
        return secrets_in(dict(parse_qsl(urlsplit(str(value or "")).query)))
    if not isinstance(value, str):
        return secrets_in(value)
    with suppress(ValueError):
        return secrets_in(json.loads(value))
    with suppress(TypeError):
        return secrets_in(check_type_dict(value))
    return [value]
