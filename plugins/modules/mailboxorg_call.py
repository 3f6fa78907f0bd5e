#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Call any method of mailbox.org.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: mailboxorg_call
short_description: Call any method of mailbox.org
description:
  - 'Makes one call that no other module of this collection makes, in the
    server''s own words: any method, with the same connection, session, errors
    and care for secrets as everywhere.'
  - Methods that are known to change nothing are sent in check mode too, and
    reported as unchanged. Every other method is a write, which is reported
    as changed when it went through. In check mode it is not sent, and RV(would_send)
    tells what would be.
  - Values of members whose names say that they are secret (password, token,
    secret, api_key and the like) are replaced by asterisks in everything
    that is returned, answers of the server included.
  - 'When an answer gets lost on the way, a read is sent again. A write is
    not: the task fails, is reported as changed, and says that nobody knows.'
author:
  - postmaster.comms contributors (@postmaster-comms)
extends_documentation_fragment:
  - postmaster.comms.attributes
  - postmaster.comms.attributes.calls
  - postmaster.comms.mailboxorg
attributes:
  action_group:
    membership:
      - postmaster.comms.mailboxorg
      - postmaster.comms.all
  idempotent:
    description: When run twice in a row without outside changes, the second
      run reports no change.
    support: none
    details:
      - A write is sent in every run, and reported as a change. C(changed_when)
        and C(when) help.
options:
  method:
    description:
      - Name of the method as the server knows it, upper and lower case included.
        Methods that log in and out are refused, since every task does both
        by itself.
    type: str
    required: true
  params:
    description:
      - 'Params of the method, by name. Numbers and truth values have to be
        of their type: older versions of ansible-core make texts of what comes
        out of a template, so write them as they are, or write the whole dictionary
        as one template.'
    type: dict
    default: {}
  read_only:
    description:
      - Declares that the call changes nothing, for calls that are not known
        as reads. It is then sent in check mode too, sent again when its answer
        gets lost on the way, and reported as unchanged. If the declaration
        is wrong, check mode writes.
    type: bool
    default: false
seealso:
  - module: postmaster.comms.mailboxorg_config
  - module: postmaster.comms.mailboxorg_info
"""

EXAMPLES = r"""
---
- name: See whether the SPF record of a domain lets mailbox.org send
  postmaster.comms.mailboxorg_call:
    api_username: "{{ mailboxorg_username }}"
    api_password: "{{ vault_mailboxorg_password }}"
    method: domain.validate.spf
    params:
      domain: example.com
  register: spf

- name: Show what the record should be
  ansible.builtin.debug:
    msg: "{{ spf.result.spf_should }}"
  when: not spf.result.valid

# The environment (MAILBOXORG_USERNAME …) or module_defaults give the connection to the following tasks.
- name: Look for an account, a domain or a mailbox
  postmaster.comms.mailboxorg_call:
    method: search
    params:
      query: alice
  register: found

- name: Read a mailbox, in check mode too
  postmaster.comms.mailboxorg_call:
    method: mail.get
    params:
      mail: "{{ found.result.emails | first }}"
  register: held

- name: Note the number that it has elsewhere, only where that is needed, since a write is sent each time
  postmaster.comms.mailboxorg_call:
    method: mail.set
    params:
      mail: "{{ held.result.mail }}"
      uid_extern: staff-0042
  when: held.result.uid_extern != 'staff-0042'
"""

RETURN = r"""
---
result:
  description: What the server answered, with secrets masked.
  returned: when the call was sent and answered, also beside a failure that
    the answer tells of
  type: raw
would_send:
  description: The call that a run would make.
  returned: in check mode, for a write
  type: dict
  contains:
    method:
      description: O(method).
      type: str
      returned: always
    params:
      description: O(params), with secrets masked.
      type: dict
      returned: always
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
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_call import call_definition
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mailboxorg import SYSTEM


def main() -> None:
    """Run the module."""
    run_module(call_definition(SYSTEM))


if __name__ == "__main__":
    main()
