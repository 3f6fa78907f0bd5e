#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Manage time ranges of Kerio Connect.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: kerio_time_range
short_description: Manage time ranges of Kerio Connect
description:
  - Creates, changes and deletes time ranges of a Kerio Connect server through
    its administration interface.
  - The server keeps the entries of a time range one by one; here all of them
    are one object.
  - 'A change is made entry by entry: entries that stay are not touched, and
    new ones are added before others are removed, so that a time range in
    use is never empty in between.'
  - A time range that another one contains is not deleted. Rules and schedules
    that use one cannot be seen from here; what becomes of them is up to the
    server.
  - Time ranges with entries of a type that no option describes are never
    pruned, and documents leave their entries out. With O(append) such a time
    range can be added to.
author:
  - postmaster.comms contributors (@postmaster-comms)
extends_documentation_fragment:
  - postmaster.comms.attributes
  - postmaster.comms.attributes.changes
  - postmaster.comms.kerio_connect
attributes:
  action_group:
    membership:
      - postmaster.comms.kerio_connect
      - postmaster.comms.all
options:
  state:
    description:
      - Whether the time range is to exist.
    type: str
    default: present
    choices:
      - present
      - absent
  name:
    description:
      - Name of the time range. Compared without regard to case.
    type: str
    required: true
  entries:
    description:
      - All entries of the time range, in any order. Others are removed, unless
        O(append) is set. A time range has at least one. Required to create
        the object.
    type: list
    elements: dict
    suboptions:
      type:
        description:
          - 'What the entry is, needed in each: V(daily), the same hours on
            some days of every week; V(weekly), one time from a day of the
            week to another; V(absolute), from one date to another; or another
            V(group).'
        type: str
        choices:
          - daily
          - weekly
          - absolute
          - group
      from:
        description:
          - Time of day at which it begins, such as V(08:00), on the server's
            clock; for all types but V(group). Write it in quotes, since YAML
            takes some times for numbers.
        type: str
      to:
        description:
          - Time of day at which it ends, such as V(17:30), on the server's
            clock; for all types but V(group). Write it in quotes, since YAML
            takes some times for numbers.
        type: str
      days:
        description:
          - Days of the week for V(daily).
        type: list
        elements: str
        choices:
          - monday
          - tuesday
          - wednesday
          - thursday
          - friday
          - saturday
          - sunday
      from_day:
        description:
          - Day of the week on which it begins, for V(weekly).
        type: str
        choices:
          - monday
          - tuesday
          - wednesday
          - thursday
          - friday
          - saturday
          - sunday
      to_day:
        description:
          - Day of the week on which it ends, for V(weekly).
        type: str
        choices:
          - monday
          - tuesday
          - wednesday
          - thursday
          - friday
          - saturday
          - sunday
      from_date:
        description:
          - Day on which it begins, such as V(2026-12-24), for V(absolute).
        type: str
      to_date:
        description:
          - Day on which it ends, such as V(2027-01-06), for V(absolute).
        type: str
      group:
        description:
          - Name of another time range whose entries belong to this one too,
            for V(group).
        type: str
      description:
        description:
          - Free text about the entry. A new object gets an empty text unless
            this is given.
        type: str
      enabled:
        description:
          - Whether the entry counts. A new object gets V(true) unless this
            is given.
        type: bool
  append:
    description:
      - Whether a list is added to what the server has, instead of replacing
        it.
    type: bool
    default: false
seealso:
  - module: postmaster.comms.kerio_domain
  - module: postmaster.comms.kerio_group
  - module: postmaster.comms.kerio_user
  - module: postmaster.comms.kerio_alias
  - module: postmaster.comms.kerio_mailing_list
  - module: postmaster.comms.kerio_resource
  - module: postmaster.comms.kerio_ip_address_group
  - module: postmaster.comms.kerio_config
  - module: postmaster.comms.kerio_info
notes:
  - 'Not proven on a real server: that removing the last entry of a time range
    removes the time range.'
  - 'Not proven on a real server: what the server does about a time range
    that is deleted while rules or schedules use it.'
  - 'Not proven on a real server: whether a daily or weekly entry may end
    before it begins, for times over midnight or over the weekend.'
"""

EXAMPLES = r"""
---
- name: Create a time range with all its entries; the connection is given with the task
  postmaster.comms.kerio_time_range:
    api_url: "{{ kerio_url }}"
    api_username: "{{ kerio_username }}"
    api_password: "{{ vault_kerio_password }}"
    name: Office hours
    entries:
      - type: daily
        from: "08:00"
        to: "17:30"
        days: [monday, tuesday, wednesday, thursday]
      - type: daily
        from: "08:00"
        to: "15:00"
        days: [friday]
        description: Short day

# The examples below rely on KERIO_CONNECT_URL, KERIO_CONNECT_USERNAME and KERIO_CONNECT_PASSWORD.

- name: A time range of certain dates, one of which does not count for now
  postmaster.comms.kerio_time_range:
    name: Holidays
    entries:
      - type: absolute
        from_date: "2026-12-24"
        from: "00:00"
        to_date: "2027-01-06"
        to: "23:59"
      - type: absolute
        from_date: "2027-05-01"
        from: "00:00"
        to_date: "2027-05-01"
        to: "23:59"
        enabled: false

- name: Weekends belong to this time range; entries that are not listed stay
  postmaster.comms.kerio_time_range:
    name: On call
    entries:
      - type: weekly
        from_day: friday
        from: "17:30"
        to_day: monday
        to: "08:00"
        description: ""
    append: true

- name: Two time ranges, one of which contains the other, with one login
  postmaster.comms.kerio_config:
    config:
      time_ranges:
        - name: Closed
          entries:
            - type: group
              group: Nights
            - type: daily
              from: "12:00"
              to: "13:00"
              days: [wednesday]
        - name: Nights
          entries:
            - type: daily
              from: "22:00"
              to: "06:00"
              days: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]

- name: Delete a time range
  postmaster.comms.kerio_time_range:
    name: Old night shift
    state: absent
"""

RETURN = r"""
---
time_range:
  description:
    - The time range as it is now, or as it will be in check mode; null when
      it is absent.
    - After a creation it holds what was sent. What only the server decides
      is null in check mode.
  returned: success
  type: dict
  contains:
    name:
      description: Name of the time range.
      returned: when the server tells it, or when it was sent
      type: str
    entries:
      description: All entries of the time range, in any order.
      returned: when the server tells it, or when it was sent
      type: list
      elements: dict
      contains:
        type:
          description: 'What the entry is, needed in each: V(daily), the same
            hours on some days of every week; V(weekly), one time from a day
            of the week to another; V(absolute), from one date to another;
            or another V(group).'
          returned: when the server tells it, or when it was sent
          type: str
        from:
          description: Time of day at which it begins, such as V(08:00), on
            the server's clock; for all types but V(group).
          returned: when the server tells it, or when it was sent
          type: str
        to:
          description: Time of day at which it ends, such as V(17:30), on
            the server's clock; for all types but V(group).
          returned: when the server tells it, or when it was sent
          type: str
        days:
          description: Days of the week for V(daily).
          returned: when the server tells it, or when it was sent
          type: list
          elements: str
        from_day:
          description: Day of the week on which it begins, for V(weekly).
          returned: when the server tells it, or when it was sent
          type: str
        to_day:
          description: Day of the week on which it ends, for V(weekly).
          returned: when the server tells it, or when it was sent
          type: str
        from_date:
          description: Day on which it begins, such as V(2026-12-24), for
            V(absolute).
          returned: when the server tells it, or when it was sent
          type: str
        to_date:
          description: Day on which it ends, such as V(2027-01-06), for V(absolute).
          returned: when the server tells it, or when it was sent
          type: str
        group:
          description: Name of another time range whose entries belong to
            this one too, for V(group).
          returned: when the server tells it, or when it was sent
          type: str
        description:
          description: Free text about the entry.
          returned: when the server tells it, or when it was sent
          type: str
        enabled:
          description: Whether the entry counts.
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
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_connect import SYSTEM
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_connect.time_ranges import TIME_RANGE


def main() -> None:
    """Run the module."""
    run_module(object_definition(SYSTEM, TIME_RANGE))


if __name__ == "__main__":
    main()
