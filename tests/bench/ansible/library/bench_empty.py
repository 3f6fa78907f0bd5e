# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A module that does nothing, to know what Ansible itself takes for each."""

from __future__ import annotations

from ansible.module_utils.basic import AnsibleModule


def main() -> None:
    options = {
        "config": {"type": "raw"},
        "texts": {"type": "list", "elements": "str"},
        "masked": {"type": "list", "elements": "str", "no_log": True},
        "plain": {"type": "list", "elements": "str"},
    }
    module = AnsibleModule(argument_spec=options, supports_check_mode=True)
    module.exit_json(changed=False)


if __name__ == "__main__":
    main()
