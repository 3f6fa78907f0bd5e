# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attributes that all modules of the collection share."""

from __future__ import annotations


class ModuleDocFragment:
    """Attributes that all modules of the collection share."""

    DOCUMENTATION = r"""
---
options: {}
attributes:
  action_group:
    description:
      - Use C(group/postmaster.comms.all), or the group of one system, in C(module_defaults) to set connection options.
    support: full
  idempotent:
    description: When run twice in a row without outside changes, the second run reports no change.
    support: full
    details:
      - With O(ignore:update_password=always) the password is sent in every run, which is reported as a change.
"""

    CHANGES = r"""
---
options: {}
attributes:
  check_mode:
    description: Can run in check mode and predict the changes without making any.
    support: full
    details:
      - What check mode predicts is what a run does.
      - While in it, the client refuses every call that is not a known read.
  diff_mode:
    description: Returns what has changed, or would change in check mode, in the options' own names and without secrets.
    support: full
"""

    CALLS = r"""
---
options: {}
attributes:
  check_mode:
    description: Can run in check mode and predict the changes without making any.
    support: full
    details:
      - Known reads, and calls that O(ignore:read_only) declares to be reads, are sent in check mode too.
      - Writes are not sent.
  diff_mode:
    description: Returns what has changed, or would change in check mode, in the options' own names and without secrets.
    support: none
    details:
      - What a call changes is known to the server alone.
"""

    INFO = r"""
---
options: {}
attributes:
  check_mode:
    description: Can run in check mode and predict the changes without making any.
    support: full
    details:
      - This module only reads.
  diff_mode:
    description: Returns what has changed, or would change in check mode, in the options' own names and without secrets.
    support: N/A
    details:
      - This module changes nothing.
"""
