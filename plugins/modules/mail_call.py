#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Send any request to a Email Management API server.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: mail_call
short_description: Send any request to a Email Management API server
description:
  - 'Makes one call that no other module of this collection makes, in the
    server''s own words: any request, with the same connection, session, errors
    and care for secrets as everywhere.'
  - 'With O(method=GET), and in mailcow''s searches (O(path=search/domain),
    O(path=search/mailbox)), nothing changes: such calls are sent in check
    mode too, and reported as unchanged. Every other call is a write, which
    is reported as changed when it went through. In check mode it is not sent,
    and RV(would_send) tells what would be.'
  - Lists are returned as the server gives them. Where it gives them in pages,
    this is one page.
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
  - postmaster.comms.mail
attributes:
  action_group:
    membership:
      - postmaster.comms.mail
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
      - Verb of HTTP. V(GET) is a read; everything else is a write.
    type: str
    required: true
    choices:
      - GET
      - POST
      - PUT
      - PATCH
      - DELETE
  path:
    description:
      - Path below C(/api/v1), for instance V(domains) or V(get/domain/all),
        with what comes after a question mark. C(/api/v1) in front is tolerated.
    type: str
    required: true
  body:
    description:
      - 'Body, sent as JSON; a text has to be JSON itself. Numbers and truth
        values have to be of their type: older versions of ansible-core make
        texts of what comes out of a template, so write them as they are,
        or write the whole dictionary as one template.'
    type: raw
  read_only:
    description:
      - Declares that the call changes nothing, for calls that are not known
        as reads. It is then sent in check mode too, sent again when its answer
        gets lost on the way, and reported as unchanged. If the declaration
        is wrong, check mode writes.
    type: bool
    default: false
seealso:
  - module: postmaster.comms.mail_config
  - module: postmaster.comms.mail_info
"""

EXAMPLES = r"""
---
- name: Read a mailbox of an Email Management API server
  postmaster.comms.mail_call:
    api_url: "{{ rest_url }}"
    api_key: "{{ vault_rest_key }}"
    api_dialect: rest
    method: GET
    path: mailboxes/alice@example.com
  register: mailbox

- name: Change the display name, only where that is needed, since a write is sent each time
  postmaster.comms.mail_call:
    api_url: "{{ rest_url }}"
    api_key: "{{ vault_rest_key }}"
    api_dialect: rest
    method: PUT
    path: mailboxes/alice@example.com
    body:
      name: Alice Sample
      active: true
      quota: 1024
  when: mailbox.result.name != 'Alice Sample'

- name: Read one domain of a mailcow server, in check mode too
  postmaster.comms.mail_call:
    api_url: "{{ mailcow_url }}"
    api_key: "{{ vault_mailcow_key }}"
    api_dialect: mailcow
    method: GET
    path: get/domain/example.com
  register: domain

- name: Limit how many messages it sends, which is a call of its own there
  postmaster.comms.mail_call:
    api_url: "{{ mailcow_url }}"
    api_key: "{{ vault_mailcow_key }}"
    api_dialect: mailcow
    method: POST
    path: edit/rl-domain
    body:
      items: [example.com]
      attr:
        rl_value: "100"
        rl_frame: h
  when: not domain.result.rl
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
    path:
      description: O(path), below C(/api/v1).
      type: str
      returned: always
    body:
      description: O(body), with secrets masked.
      type: raw
      returned: when it was given
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
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mail import SYSTEM


def main() -> None:
    """Run the module."""
    run_module(call_definition(SYSTEM))


if __name__ == "__main__":
    main()
