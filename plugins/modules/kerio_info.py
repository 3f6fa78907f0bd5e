#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Read a whole Kerio Connect server as one document.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: kerio_info
short_description: Read a whole Kerio Connect server as one document
description:
  - Returns what a server holds as a document that M(postmaster.comms.kerio_config)
    takes.
  - Given back unchanged, the document changes nothing. That is how what exists
    is adopted.
  - Passwords are never part of it, since servers do not return them.
author:
  - postmaster.comms contributors (@postmaster-comms)
extends_documentation_fragment:
  - postmaster.comms.attributes
  - postmaster.comms.attributes.info
  - postmaster.comms.kerio_connect
attributes:
  action_group:
    membership:
      - postmaster.comms.kerio_connect
      - postmaster.comms.all
options:
  resources:
    description:
      - Resources to read; all of them when left out.
    type: list
    elements: str
    choices:
      - domains
      - groups
      - users
      - aliases
      - mailing_lists
      - resources
      - ip_address_groups
      - time_ranges
  domains:
    description:
      - Names of the domains to read; all of them when left out.
    type: list
    elements: str
seealso:
  - module: postmaster.comms.kerio_domain
  - module: postmaster.comms.kerio_group
  - module: postmaster.comms.kerio_user
  - module: postmaster.comms.kerio_alias
  - module: postmaster.comms.kerio_mailing_list
  - module: postmaster.comms.kerio_resource
  - module: postmaster.comms.kerio_ip_address_group
  - module: postmaster.comms.kerio_time_range
  - module: postmaster.comms.kerio_config
"""

EXAMPLES = r"""
---
- name: Read everything that the collection knows of a server
  postmaster.comms.kerio_info:
    api_url: "{{ kerio_url }}"
    api_username: "{{ kerio_username }}"
    api_password: "{{ vault_kerio_password }}"
  register: server

# The environment (KERIO_CONNECT_URL …) or module_defaults give the connection to the following tasks.
- name: Who may administer the server
  ansible.builtin.debug:
    msg: "{{ server.config.users | rejectattr('role', 'equalto', 'none') | map(attribute='name') }}"

- name: Read the users of one domain
  postmaster.comms.kerio_info:
    resources: [users]
    domains: [example.com]
  register: site

- name: Adopt an existing server by writing what it holds into a file, to be kept under version control
  ansible.builtin.copy:
    content: "{{ site.config | to_nice_yaml }}"
    dest: "{{ playbook_dir }}/kerio_users.yml"
    mode: "0640"
  check_mode: false

- name: Apply the file; as long as nobody edits it, nothing changes
  postmaster.comms.kerio_config:
    config: "{{ lookup('ansible.builtin.file', 'kerio_users.yml') | from_yaml }}"
"""

RETURN = r"""
---
config:
  description: The document, with one list for each resource, sorted by key.
    It holds every option of M(postmaster.comms.kerio_config) entries that
    can be read.
  returned: success
  type: dict
  contains:
    domains:
      description: The domains.
      type: list
      elements: dict
      returned: when O(resources) is omitted or has V(domains)
    groups:
      description: The groups.
      type: list
      elements: dict
      returned: when O(resources) is omitted or has V(groups)
    users:
      description: The users.
      type: list
      elements: dict
      returned: when O(resources) is omitted or has V(users)
    aliases:
      description: The aliases.
      type: list
      elements: dict
      returned: when O(resources) is omitted or has V(aliases)
    mailing_lists:
      description: The mailing lists.
      type: list
      elements: dict
      returned: when O(resources) is omitted or has V(mailing_lists)
    resources:
      description: The resources.
      type: list
      elements: dict
      returned: when O(resources) is omitted or has V(resources)
    ip_address_groups:
      description: The IP address groups.
      type: list
      elements: dict
      returned: when O(resources) is omitted or has V(ip_address_groups)
    time_ranges:
      description: The time ranges.
      type: list
      elements: dict
      returned: when O(resources) is omitted or has V(time_ranges)
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
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_connect import SYSTEM


def main() -> None:
    """Run the module."""
    run_module(info_definition(SYSTEM))


if __name__ == "__main__":
    main()
