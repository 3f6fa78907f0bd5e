#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Manage a whole Kerio Connect client interface mailbox from one document.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: kerio_webmail_config
short_description: Manage a whole Kerio Connect client interface mailbox from
  one document
description:
  - 'Brings the out of office replies and filters of a mailbox to what one
    document describes: one plan, one login, each list read once.'
  - Entries of the document take the options of the modules about one object.
  - What an entry leaves out stays as it is.
  - Objects that the document does not name stay, unless O(prune) asks for
    their deletion.
author:
  - postmaster.comms contributors (@postmaster-comms)
extends_documentation_fragment:
  - postmaster.comms.attributes
  - postmaster.comms.attributes.changes
  - postmaster.comms.kerio_webmail
attributes:
  action_group:
    membership:
      - postmaster.comms.kerio_webmail
      - postmaster.comms.all
options:
  config:
    description:
      - What the server is to hold. A list that is left out stays as it is,
        and so does every object that no entry names, unless O(prune) says
        otherwise.
    type: dict
    required: true
    suboptions:
      out_of_office_replies:
        description:
          - The out of office replies to manage, each once.
        type: list
        elements: dict
        suboptions:
          enabled:
            description:
              - Whether the reply is sent.
            type: bool
          text:
            description:
              - Text of the reply. Blanks and empty lines around it do not
                count. An empty text clears it.
            type: str
          start:
            description:
              - When the reply begins to be sent, as a date with a time and
                its offset from UTC, for instance V(2026-07-01T08:00:00+02:00).
                Quote it, since YAML reads it as a date otherwise. An empty
                text takes the range away, with both its ends.
            type: str
          end:
            description:
              - When the reply ends to be sent, as a date with a time and
                its offset from UTC, for instance V(2026-07-01T08:00:00+02:00).
                Quote it, since YAML reads it as a date otherwise. An empty
                text takes the range away, with both its ends.
            type: str
      filters:
        description:
          - The filters to manage, each once.
        type: list
        elements: dict
        suboptions:
          state:
            description:
              - Whether the filter is to exist.
            type: str
            default: present
            choices:
              - present
              - absent
          name:
            description:
              - Name of the rule, which the web client calls its description.
                Compared without regard to case.
            type: str
            required: true
          enabled:
            description:
              - Whether the rule is applied. A new object gets V(true) unless
                this is given.
            type: bool
          match:
            description:
              - Whether V(all) O(config.filters[].conditions) have to hold,
                or V(any) one of them. A new object gets V(all) unless this
                is given.
            type: str
            choices:
              - any
              - all
          conditions:
            description:
              - What a message has to be like, as a whole list. O(config.filters[].match)
                says whether one condition is enough. Required to create the
                object.
            type: list
            elements: dict
            suboptions:
              field:
                description:
                  - 'What the condition looks at, needed in each: a header
                    (V(from), V(to), V(cc), V(subject), V(sender), or V(recipient)
                    for To and Cc together), the sender or a recipient of
                    the delivery (V(envelope_sender), V(envelope_recipient)),
                    the V(size), whether there is an V(attachment) or the
                    message was found to be V(spam), or V(all) for every message.'
                type: str
                choices:
                  - from
                  - to
                  - cc
                  - subject
                  - recipient
                  - sender
                  - envelope_sender
                  - envelope_recipient
                  - size
                  - attachment
                  - spam
                  - all
              operator:
                description:
                  - 'How it is compared: texts with V(is), V(is_not), V(contains)
                    or V(does_not_contain), a size with V(under) or V(over).
                    Left out with V(attachment), V(spam) and V(all).'
                type: str
                choices:
                  - is
                  - is_not
                  - contains
                  - does_not_contain
                  - under
                  - over
              value:
                description:
                  - 'What it is compared with: texts, or one size such as
                    V(5M). Left out with V(attachment), V(spam) and V(all).'
                type: list
                elements: str
          actions:
            description:
              - What is done with the message, as a whole list, in this order.
                Required to create the object.
            type: list
            elements: dict
            suboptions:
              type:
                description:
                  - 'What is done, needed in each: V(file_into) a folder;
                    V(redirect) the message to somebody else instead of keeping
                    it, V(copy_to) somebody, V(add_recipient); V(keep) it
                    in the inbox; V(discard) it, which loses it without a
                    word to anybody; V(reject) it with a reason; V(auto_reply)
                    with a text; V(notify) somebody; V(add_header), V(set_header)
                    and V(remove_header); V(mark_read); or V(stop), after
                    which no further rule is tried.'
                type: str
                choices:
                  - file_into
                  - redirect
                  - copy_to
                  - add_recipient
                  - keep
                  - discard
                  - reject
                  - auto_reply
                  - notify
                  - add_header
                  - set_header
                  - remove_header
                  - mark_read
                  - stop
              folder:
                description:
                  - Path of the folder for V(file_into), as the server spells
                    it.
                type: str
              address:
                description:
                  - Address for V(redirect), V(copy_to), V(add_recipient)
                    and V(notify).
                type: str
              subject:
                description:
                  - Subject of the message that V(notify) sends.
                type: str
              text:
                description:
                  - Text of the answer that V(auto_reply) sends, of the message
                    that V(notify) sends, or the reason that V(reject) gives.
                    Blanks and empty lines around it do not count.
                type: str
              header:
                description:
                  - Name of the header for V(add_header), V(set_header) and
                    V(remove_header). Headers that begin with Content- cannot
                    be changed, and Received cannot be removed.
                type: str
              value:
                description:
                  - Value of the header for V(add_header) and V(set_header).
                type: str
          position:
            description:
              - Place of the rule, from 1, in the order in which the server
                tries them. A new rule goes to the end when this is left out.
                Rules without a wished place keep their order between those
                that have one.
            type: int
  prune:
    description:
      - Resources whose objects are deleted when O(config) does not name them.
        What other objects still name is not deleted, and the task fails before
        any change.
    type: list
    elements: str
    default: []
    choices:
      - filters
  protect:
    description:
      - Objects that pruning leaves alone, by name or shell pattern, for instance
        V(postmaster@*).
    type: list
    elements: str
    default: []
  max_deletions:
    description:
      - Number of objects that pruning may delete; if it were more, the task
        fails and nothing is changed.
    type: int
    default: 10
  allow_empty:
    description:
      - Whether a resource may be pruned although O(config) describes none
        of its objects, which deletes all of them.
    type: bool
    default: false
  on_error:
    description:
      - 'What to do when a change fails: V(stop) leaves what comes after it
        as it is, V(continue) goes on with the changes that do not hang on
        the failed one. Changes that go to the server together, at most a
        hundred of one kind, are tried together. The task fails either way,
        and says what was done. A lost connection or a refused login always
        ends it.'
    type: str
    default: stop
    choices:
      - stop
      - continue
seealso:
  - module: postmaster.comms.kerio_out_of_office
  - module: postmaster.comms.kerio_filter
  - module: postmaster.comms.kerio_webmail_info
"""

EXAMPLES = r"""
---
- name: The reply and the rules of a user, in one run with one login; the connection is given with the task
  postmaster.comms.kerio_webmail_config:
    api_url: "{{ kerio_webmail_url }}"
    api_username: "{{ kerio_webmail_username }}"
    api_password: "{{ vault_kerio_webmail_password }}"
    config:
      out_of_office_replies:
        - enabled: true
          text: The shop is closed today.
      filters:
        - name: Orders
          position: 1
          conditions:
            - field: envelope_recipient
              operator: is
              value: [orders@example.com]
          actions:
            - type: copy_to
              address: warehouse@example.com
            - type: keep
        - name: Announcements
          position: 2
    # Rules that are not listed are deleted.
    prune: [filters]
    max_deletions: 1
  register: outcome

- name: List what was done
  ansible.builtin.debug:
    msg: "{{ item.action }} {{ item.object }}: {{ item.status }}"
  loop: "{{ outcome.results }}"
  loop_control:
    label: "{{ item.object }}"

# The environment or module_defaults give the connection to the following tasks:
#
#   module_defaults:
#     group/postmaster.comms.kerio_webmail:
#       api_url: "{{ kerio_webmail_url }}"
#       api_username: "{{ kerio_webmail_username }}"
#       api_password: "{{ vault_kerio_webmail_password }}"

- name: See what would change if a rule were switched off
  postmaster.comms.kerio_webmail_config:
    config:
      filters:
        - name: Announcements
          enabled: false
  check_mode: true
  diff: true
"""

RETURN = r"""
---
summary:
  description: How many objects were created, updated, deleted, found unchanged,
    and failed. In check mode, what a run would do.
  returned: success and failure after planning
  type: dict
  sample:
    created: 1
    updated: 2
    deleted: 0
    unchanged: 40
    failed: 0
results:
  description: The objects that change, one by one. Unchanged ones are only
    counted.
  returned: success and failure after planning
  type: list
  elements: dict
  contains:
    object:
      description: Kind and name.
      type: str
      returned: always
    action:
      description: V(create), V(update) or V(delete).
      type: str
      returned: always
    status:
      description: V(done), V(pending) where the server finishes later or
        wants something first, V(failed), V(unfinished) and V(not_done) after
        a failure, or V(planned) in check mode.
      type: str
      returned: always
    changes:
      description: Names of the options whose values change.
      returned: for an update
      type: list
      elements: str
    unverified:
      description: Options that cannot be compared with the server, since
        it does not return them, passwords that were sent among them.
      returned: when there are any
      type: list
      elements: str
    error:
      description: What went wrong.
      type: str
      returned: when the object failed
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
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_config import config_definition
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_webmail import SYSTEM


def main() -> None:
    """Run the module."""
    run_module(config_definition(SYSTEM))


if __name__ == "__main__":
    main()
