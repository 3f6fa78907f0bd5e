# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The planner alone, in a process of its own: `python -m tests.bench.planner COUNT STATE`.

Prints the processor's seconds that the plan of a document took; making wishes and snapshots before that is not counted.
"""

from __future__ import annotations

import sys
import time

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.wishes import object_wish
from ansible_collections.postmaster.comms.plugins.module_utils._core.document import plan_document
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import Wish
from ansible_collections.postmaster.comms.plugins.module_utils._core.pruning import Prune
from ansible_collections.postmaster.comms.plugins.module_utils._core.snapshot import Snapshot
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_connect.users import USER
from tests.bench.documents import State, held_text, kerio_user, state_named, wished_text


def wish(number: int, state: State) -> Wish:
    return object_wish(USER, USER, kerio_user(number, wished_text(number, state)), {}, f"config.users[{number}].")


def snapshot(number: int) -> Snapshot:
    """The same user as the server would hold it."""
    told = {name: value for name, value in kerio_user(number, held_text(number)).items() if name != "password"}
    return Snapshot(USER.desire(told), f"id-{number}", {}, 0.0)


def main() -> None:
    count, state = int(sys.argv[1]), state_named(sys.argv[2])
    wishes = [wish(number, state) for number in range(count)]
    held = [snapshot(number) for number in range(count)]
    started = time.process_time()
    steps = plan_document(wishes, {USER: held}, (USER,), Prune())
    seconds = time.process_time() - started
    assert len(steps) == count
    assert all(step.action == ("none" if state == "unchanged" else "update") for step in steps)
    print(seconds)


if __name__ == "__main__":
    main()
