# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The state in which every simulated exchange starts."""

from __future__ import annotations

import copy
from typing import Any

from tests.simulators.kerio_operator.store import Store
from tests.simulators.kerio_operator.structures import ADMINISTRATOR

ADMIN = "Admin"

# Number, EXTENSION_TYPE_ID and description: one of every kind that is no extension (fact sheet 4.4).
OTHER_NUMBERS = (
    ("8", 2, "Provider"),
    ("9", 3, "Outside line"),
    ("112", 8, "Emergency"),
    ("700", 5, "Support queue"),
    ("710", 4, "Conference room"),
    ("720", 9, "Everybody rings"),
    ("730", 10, "Echo"),
    ("731", 11, "Music"),
    ("732", 12, "Door opener"),
    ("733", 13, "Dial by name"),
    ("734", 14, "Current time"),
    ("735", 15, "Record a message"),
    ("736", 16, "Pickup"),
    ("737", 17, "Call pickup"),
    ("738", 19, "Parking"),
    ("740", 7, "Voicemail"),
    ("750", 6, "Welcome"),
    ("760", 18, "Speed dial"),
)
GIGABYTE = 1024**3
SYSTEM: dict[str, dict[str, Any]] = {
    "network": {
        "HOSTNAME": "pbx.example.com",
        "INTERFACES": [
            {
                "NAME": "eth0",
                "DESCRIPTION": "Ethernet",
                "STATUS": {
                    "IP_ADDRESSES": [{"IP_ADDRESS": "192.0.2.10", "MASK": "255.255.255.0", "ENABLE_DHCP": 0}],
                    "GATEWAY": "192.0.2.1",
                },
            }
        ],
    },
    "systemHealth": {
        "cpu": [4.5, 3.0, 6.25],
        "memory": [41.0, 41.5, 40.0],
        "diskTotal": 40 * GIGABYTE,
        "diskFree": 31 * GIGABYTE,
    },
    # In order: logs, crashes, packet dumps, voicemail, recorded calls, audio files, configuration.
    "storageData": {"sizes": [1_048_576, 0, 0, 524_288, 2_097_152, 65_536, 32_768]},
    "statusBackup": {"STATE": 0},
}


def starting_store(admin_password: str) -> Store:
    """An administrator, Alice with one line, Bob with two, an extension that nobody has, the rest of a dial plan."""
    store = Store(system=copy.deepcopy(SYSTEM))
    store.add_extension("100")
    store.add_extension("101", description="Alice's desk")
    store.add_extension("102", ["102", "102mobile"], description="Bob")
    store.add_user(ADMIN, USER_PASSWORD=admin_password, FULL_NAME="Site Admin", ADMINISTRATION_ROLE_ID=ADMINISTRATOR)
    store.add_user(
        "alice",
        extensions=["101"],
        USER_PASSWORD="alice-1-Secret",
        FULL_NAME="Alice Example",
        EMAIL="alice@example.com",
        PIN="1101",
        WEBRTC_ENABLED=True,
    )
    store.add_user(
        "bob",
        extensions=["102"],
        USER_PASSWORD="bob-2-Secret",
        FULL_NAME="Bob Example",
        EMAIL="bob@example.com",
        PIN="1102",
    )
    for number, kind, description in OTHER_NUMBERS:
        store.add_number(number, kind, description)
    store.line("101")["registered"] = 1
    store.add_call("101", "102", duration=42)
    store.add_call("00420123456789", "101", status=3, FROM_TYPE=2)
    store.add_recording("101", "00420123456789", duration=42)
    store.calls.append(
        {
            "id": "1700000000.17",
            "FROM": {"NUMBER": "102"},
            "TO": {"NUMBER": "730"},
            "STATUS": 3,
            "ANSWERED_DURATION": 12,
            "CALL_DURATION": 14,
        }
    )
    store.queue_agents.append({"EXTENSION_NUMBER": "101", "QUEUE_NUMBER": "700"})
    return store
