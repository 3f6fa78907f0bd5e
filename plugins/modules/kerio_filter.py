#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Manage the filter rules of a Kerio Connect user.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: kerio_filter
short_description: Manage the filter rules of a Kerio Connect user
description:
  - Creates, changes, orders and deletes the rules for incoming mail of the
    user who logs in.
  - Log in as the user; an administrator cannot do this for others.
  - Options that are left out stay as they are on the server.
  - 'Rules are known by their names. Rules without a name, and rules that
    share one, are left alone: they are neither pruned nor part of a document,
    and a task that names one of several fails.'
  - The server keeps all rules as one list. Each change reads it anew, changes
    what is meant and nothing else, and is made again once when somebody else
    was faster.
  - Rules that were written as a script can be switched, moved and deleted.
    What they do cannot be described by options, so documents leave it out,
    and the module puts a script back that the server lost.
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
      - Name of the rule, which the web client calls its description. Compared
        without regard to case.
    type: str
    required: true
  enabled:
    description:
      - Whether the rule is applied. A new object gets V(true) unless this
        is given.
    type: bool
  match:
    description:
      - Whether V(all) O(conditions) have to hold, or V(any) one of them.
        A new object gets V(all) unless this is given.
    type: str
    choices:
      - any
      - all
  conditions:
    description:
      - What a message has to be like, as a whole list. O(match) says whether
        one condition is enough. Required to create the object.
    type: list
    elements: dict
    suboptions:
      field:
        description:
          - 'What the condition looks at, needed in each: a header (V(from),
            V(to), V(cc), V(subject), V(sender), or V(recipient) for To and
            Cc together), the sender or a recipient of the delivery (V(envelope_sender),
            V(envelope_recipient)), the V(size), whether there is an V(attachment)
            or the message was found to be V(spam), or V(all) for every message.'
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
            or V(does_not_contain), a size with V(under) or V(over). Left
            out with V(attachment), V(spam) and V(all).'
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
          - 'What it is compared with: texts, or one size such as V(5M). Left
            out with V(attachment), V(spam) and V(all).'
        type: list
        elements: str
  actions:
    description:
      - What is done with the message, as a whole list, in this order. Required
        to create the object.
    type: list
    elements: dict
    suboptions:
      type:
        description:
          - 'What is done, needed in each: V(file_into) a folder; V(redirect)
            the message to somebody else instead of keeping it, V(copy_to)
            somebody, V(add_recipient); V(keep) it in the inbox; V(discard)
            it, which loses it without a word to anybody; V(reject) it with
            a reason; V(auto_reply) with a text; V(notify) somebody; V(add_header),
            V(set_header) and V(remove_header); V(mark_read); or V(stop),
            after which no further rule is tried.'
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
          - Path of the folder for V(file_into), as the server spells it.
        type: str
      address:
        description:
          - Address for V(redirect), V(copy_to), V(add_recipient) and V(notify).
        type: str
      subject:
        description:
          - Subject of the message that V(notify) sends.
        type: str
      text:
        description:
          - Text of the answer that V(auto_reply) sends, of the message that
            V(notify) sends, or the reason that V(reject) gives. Blanks and
            empty lines around it do not count.
        type: str
      header:
        description:
          - Name of the header for V(add_header), V(set_header) and V(remove_header).
            Headers that begin with Content- cannot be changed, and Received
            cannot be removed.
        type: str
      value:
        description:
          - Value of the header for V(add_header) and V(set_header).
        type: str
  position:
    description:
      - Place of the rule, from 1, in the order in which the server tries
        them. A new rule goes to the end when this is left out. Rules without
        a wished place keep their order between those that have one.
    type: int
seealso:
  - module: postmaster.comms.kerio_out_of_office
  - module: postmaster.comms.kerio_webmail_config
  - module: postmaster.comms.kerio_webmail_info
notes:
  - 'Not proven on a real server: whether a condition may have several values,
    and how they are combined then.'
  - 'Not proven on a real server: how the server spells the folders that a
    rule files into.'
  - 'Not proven on a real server: how the server refuses a list that somebody
    else has changed meanwhile. After any refusal the list is read again.'
  - 'Not proven on a real server: whether the server keeps rules that were
    written as scripts when the list is written. They are read before and
    after.'
"""

EXAMPLES = r"""
---
# Each task logs in as the user whose rules these are.
- name: File invoices into a folder, and try no further rule on them
  postmaster.comms.kerio_filter:
    api_url: "{{ kerio_webmail_url }}"
    api_username: "{{ kerio_webmail_username }}"
    api_password: "{{ vault_kerio_webmail_password }}"
    name: Invoices
    match: any
    conditions:
      - field: subject
        operator: contains
        value: [invoice]
      - field: from
        operator: is
        value: [billing@partner.example.net]
    actions:
      - type: file_into
        folder: INBOX/Invoices
      - type: stop

# Where options of the connection are not given, the environment variables KERIO_WEBMAIL_URL, KERIO_WEBMAIL_USERNAME,
# KERIO_WEBMAIL_PASSWORD … count, as in the following tasks.
- name: Delete a rule
  postmaster.comms.kerio_filter:
    name: Large messages
    state: absent

- name: A rule that is tried before all others
  postmaster.comms.kerio_filter:
    name: Alarms
    conditions:
      - field: sender
        operator: contains
        value: ["@monitoring.example.com"]
      - field: subject
        operator: does_not_contain
        value: [recovered]
    actions:
      - type: set_header
        header: X-Priority
        value: "1"
      - type: notify
        address: alice@phone.example.net
        subject: Alarm
        text: Look at your mail.
    position: 1
  register: alarms

- name: Show where it stands
  ansible.builtin.debug:
    msg: "{{ alarms.filter.name }} is rule {{ alarms.filter.position }}"

- name: Change what a rule does; the list is the whole list
  postmaster.comms.kerio_filter:
    name: Announcements
    actions:
      - type: mark_read
      - type: file_into
        folder: Lists

- name: Switch a rule off and keep it
  postmaster.comms.kerio_filter:
    name: Announcements
    enabled: false

- name: Drop what was found to be spam and is large; the server tells nobody
  postmaster.comms.kerio_filter:
    name: Large spam
    match: all
    conditions:
      - field: spam
      - field: size
        operator: over
        value: [5M]
    actions:
      - type: discard
"""

RETURN = r"""
---
filter:
  description:
    - The filter as it is now, or as it will be in check mode; null when it
      is absent.
    - After a creation it holds what was sent. What only the server decides
      is null in check mode.
  returned: success
  type: dict
  contains:
    name:
      description: Name of the rule, which the web client calls its description.
      returned: when the server tells it, or when it was sent
      type: str
    enabled:
      description: Whether the rule is applied.
      returned: when the server tells it, or when it was sent
      type: bool
    match:
      description: Whether V(all) O(conditions) have to hold, or V(any) one
        of them.
      returned: when the server tells it, or when it was sent
      type: str
    conditions:
      description: What a message has to be like, as a whole list.
      returned: when the server tells it, or when it was sent
      type: list
      elements: dict
      contains:
        field:
          description: 'What the condition looks at, needed in each: a header
            (V(from), V(to), V(cc), V(subject), V(sender), or V(recipient)
            for To and Cc together), the sender or a recipient of the delivery
            (V(envelope_sender), V(envelope_recipient)), the V(size), whether
            there is an V(attachment) or the message was found to be V(spam),
            or V(all) for every message.'
          returned: when the server tells it, or when it was sent
          type: str
        operator:
          description: 'How it is compared: texts with V(is), V(is_not), V(contains)
            or V(does_not_contain), a size with V(under) or V(over).'
          returned: when the server tells it, or when it was sent
          type: str
        value:
          description: 'What it is compared with: texts, or one size such
            as V(5M).'
          returned: when the server tells it, or when it was sent
          type: list
          elements: str
    actions:
      description: What is done with the message, as a whole list, in this
        order.
      returned: when the server tells it, or when it was sent
      type: list
      elements: dict
      contains:
        type:
          description: 'What is done, needed in each: V(file_into) a folder;
            V(redirect) the message to somebody else instead of keeping it,
            V(copy_to) somebody, V(add_recipient); V(keep) it in the inbox;
            V(discard) it, which loses it without a word to anybody; V(reject)
            it with a reason; V(auto_reply) with a text; V(notify) somebody;
            V(add_header), V(set_header) and V(remove_header); V(mark_read);
            or V(stop), after which no further rule is tried.'
          returned: when the server tells it, or when it was sent
          type: str
        folder:
          description: Path of the folder for V(file_into), as the server
            spells it.
          returned: when the server tells it, or when it was sent
          type: str
        address:
          description: Address for V(redirect), V(copy_to), V(add_recipient)
            and V(notify).
          returned: when the server tells it, or when it was sent
          type: str
        subject:
          description: Subject of the message that V(notify) sends.
          returned: when the server tells it, or when it was sent
          type: str
        text:
          description: Text of the answer that V(auto_reply) sends, of the
            message that V(notify) sends, or the reason that V(reject) gives.
          returned: when the server tells it, or when it was sent
          type: str
        header:
          description: Name of the header for V(add_header), V(set_header)
            and V(remove_header).
          returned: when the server tells it, or when it was sent
          type: str
        value:
          description: Value of the header for V(add_header) and V(set_header).
          returned: when the server tells it, or when it was sent
          type: str
    position:
      description: Place of the rule, from 1, in the order in which the server
        tries them.
      returned: when the server tells it, or when it was sent
      type: int
    incomplete:
      description: Whether conditions and actions do not describe the rule,
        since it was written as a script.
      returned: when the server tells it, or when it was sent
      type: bool
changes:
  description: Names of the options whose values change. Empty for a deletion.
  returned: success
  type: list
  elements: str
unverified:
  description: Options that cannot be compared with the server, since it does
    not return them, passwords that were sent among them.
  returned: success
  type: list
  elements: str
pending:
  description: The server has not finished yet, or wants something done elsewhere
    first.
  returned: when that is so
  type: bool
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
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_object import object_definition
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_webmail import SYSTEM
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_webmail.filters import FILTER


def main() -> None:
    """Run the module."""
    run_module(object_definition(SYSTEM, FILTER))


if __name__ == "__main__":
    main()
