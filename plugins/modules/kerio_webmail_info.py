#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Read a whole Kerio Connect client interface mailbox as one document.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: kerio_webmail_info
short_description: Read a whole Kerio Connect client interface mailbox as
  one document
description:
  - Returns what a mailbox holds as a document that M(postmaster.comms.kerio_webmail_config)
    takes.
  - Given back unchanged, the document changes nothing. That is how what exists
    is adopted.
  - Passwords are never part of it, since servers do not return them.
author:
  - postmaster.comms contributors (@postmaster-comms)
extends_documentation_fragment:
  - postmaster.comms.attributes
  - postmaster.comms.attributes.info
  - postmaster.comms.kerio_webmail
attributes:
  action_group:
    membership:
      - postmaster.comms.kerio_webmail
      - postmaster.comms.all
options:
  resources:
    description:
      - Resources to read; all of them when left out.
    type: list
    elements: str
    choices:
      - out_of_office_replies
      - filters
seealso:
  - module: postmaster.comms.kerio_out_of_office
  - module: postmaster.comms.kerio_filter
  - module: postmaster.comms.kerio_webmail_config
"""

EXAMPLES = r"""
---
- name: Read everything that the collection knows of a user's mailbox
  postmaster.comms.kerio_webmail_info:
    api_url: "{{ kerio_webmail_url }}"
    api_username: "{{ kerio_webmail_username }}"
    api_password: "{{ vault_kerio_webmail_password }}"
  register: mailbox

# The environment (KERIO_WEBMAIL_URL …) or module_defaults give the connection to the following tasks.
- name: Who sends mail on to somewhere else, and by which rule
  ansible.builtin.debug:
    msg: "{{ item.0.name }}: {{ item.1.address }}"
  loop: "{{ mailbox.config.filters | subelements('actions') | selectattr('1.type', 'equalto', 'redirect') }}"
  loop_control:
    label: "{{ item.0.name }}"

- name: Read the rules alone
  postmaster.comms.kerio_webmail_info:
    resources: [filters]
  register: rules

- name: Adopt them by writing them into a file, to be kept under version control
  ansible.builtin.copy:
    content: "{{ rules.config | to_nice_yaml }}"
    dest: "{{ playbook_dir }}/kerio_filters.yml"
    mode: "0640"
  check_mode: false

- name: Apply the file; as long as nobody edits it, nothing changes
  postmaster.comms.kerio_webmail_config:
    config: "{{ lookup('ansible.builtin.file', 'kerio_filters.yml') | from_yaml }}"
"""

RETURN = r"""
---
config:
  description: The document, with one list for each resource, sorted by key.
    It holds every option of M(postmaster.comms.kerio_webmail_config) entries
    that can be read.
  returned: success
  type: dict
  contains:
    out_of_office_replies:
      description: The out of office replies.
      type: list
      elements: dict
      returned: when O(resources) is omitted or has V(out_of_office_replies)
    filters:
      description: The filters.
      type: list
      elements: dict
      returned: when O(resources) is omitted or has V(filters)
secrets:
  description: For each list of RV(config), the options that are secret. No
    server returns them, so they are missing there; they are needed only where
    an object has to be created anew.
  returned: success
  type: dict
  sample:
    users:
      - password
assumed:
  description: Objects that do not exist and that check mode takes as coming
    from an earlier task.
  returned: in check mode, when there are any
  type: list
  elements: str
failure:
  description: The failure as data.
  returned: failure
  type: dict
  contains:
    system:
      description: The system.
      type: str
      returned: always
    method:
      description: The call that failed, if it was one.
      type: str
      returned: always
    code:
      description: What the server gave as a code.
      type: raw
      returned: always
    message:
      description: The reason.
      type: str
      returned: always
    object:
      description: Kind and name of the object.
      type: str
      returned: always
    retryable:
      description: Whether trying again can help.
      type: bool
      returned: always
api:
  description: 'What the run cost: calls, the writes and logins among them,
    pages of lists, and a line for each call without secrets. Items of a loop
    share a session, whose end is not among them.'
  returned: with a verbosity of 3 or more
  type: dict
"""

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.module import run_module
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_info import info_definition
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_webmail import SYSTEM


def main() -> None:
    """Run the module."""
    run_module(info_definition(SYSTEM))


if __name__ == "__main__":
    main()
