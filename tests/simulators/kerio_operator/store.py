# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the simulated exchange keeps. Tests read and prepare it directly; passwords are kept as given.

extensions: by guid of the group; each holds its `lines`. Whose an extension is stands in one place only, the list
EXTENSIONS of its user, whose entries hold the guid of the group and the ring settings.
dial_plan: every other object that has a number.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.simulators.kerio_operator import defaults
from tests.simulators.kerio_operator.structures import LINE
from tests.simulators.kerio_web.store import KerioStore

Entity = dict[str, Any]


@dataclass
class Store(KerioStore):
    extensions: dict[int, Entity] = field(default_factory=dict)
    users: dict[int, Entity] = field(default_factory=dict)
    dial_plan: dict[str, Entity] = field(default_factory=dict)
    calls: list[Entity] = field(default_factory=list)
    queue_agents: list[Entity] = field(default_factory=list)
    call_history: list[Entity] = field(default_factory=list)
    recordings: list[Entity] = field(default_factory=list)
    # What the pages about the server itself show, by name of the page.
    system: dict[str, Entity] = field(default_factory=dict)
    # Settings that a user's interface keeps, by guid of the user.
    interface_settings: dict[int, Entity] = field(default_factory=dict)
    starting_number: int = 100
    activated: bool = True
    # Every number that an extension ever had, for exchanges with so many that it takes too long to look at all of them
    # for each new one. Only for those who change no rows behind the server's back.
    numbers: set[str] | None = None
    # One sequence for extensions and lines (fact sheet 8.1). Users and others begin far from it, so that a client
    # that takes one for the other is found out.
    last_guid: int = 8
    last_user_guid: int = 300
    last_other_guid: int = 600

    # Reading. Raises KeyError when there is none.

    def extension(self, number: str) -> Entity:
        return _one([row for row in self.extensions.values() if row["telNum"] == number], number)

    def user(self, name: str) -> Entity:
        return _one([row for row in self.users.values() if row["USERNAME"].lower() == name.lower()], name)

    def line(self, sip_username: str) -> Entity:
        return _one([line for _owner, line in self.lines() if line["sipUsername"] == sip_username], sip_username)

    def sip_password(self, sip_username: str) -> str:
        return str(self.line(sip_username)["sipPassword"])

    def user_of(self, number: str) -> str | None:
        """Login name of the user to whom an extension is assigned."""
        owner = self.owners().get(self.extension(number)["guid"])
        return None if owner is None else str(owner["USERNAME"])

    def numbers_of(self, name: str) -> list[str]:
        """The numbers of a user, in the user's order."""
        return [self.extensions[entry["GUID"]]["telNum"] for entry in self.user(name)["EXTENSIONS"]]

    def owners(self) -> dict[int, Entity]:
        """User by guid of the extension."""
        return {entry["GUID"]: user for user in self.users.values() for entry in user["EXTENSIONS"]}

    def lines(self) -> Iterator[tuple[Entity, Entity]]:
        """Each line with its extension before it."""
        for extension in self.extensions.values():
            for line in extension["lines"]:
                yield extension, line

    def is_taken(self, number: str) -> bool:
        """Numbers are unique over the whole dial plan (fact sheet 3.1)."""
        if number in self.dial_plan:
            return True
        may_be_taken = self.numbers is None or number in self.numbers
        return may_be_taken and any(row["telNum"] == number for row in self.extensions.values())

    # Preparing.

    def add_extension(
        self, number: str, lines: Sequence[str | Mapping[str, Any]] | None = None, *, user: str = "", **fields: Any
    ) -> Entity:
        """lines: sipUsernames, or the lines' fields; one named like the number when there are none given.

        fields: of the extension, or of every line. user: login name.
        """
        extension = {**defaults.extension(), "guid": self.new_guid(), "telNum": number, "lines": []}
        of_lines = {name: fields.pop(name) for name in list(fields) if name in LINE.members}
        extension.update(fields)
        for given in [number] if lines is None else lines:
            own = {"sipUsername": given} if isinstance(given, str) else given
            extension["lines"].append(
                {**defaults.line(), "sipUsername": number, **of_lines, **own, "guid": self.new_guid()}
            )
        self.put_extension(extension)
        if user:
            self.assign(extension["guid"], self.user(user))
        return extension

    def add_line(self, number: str, sip_username: str, **fields: Any) -> Entity:
        line = {**defaults.line(), **fields, "sipUsername": sip_username, "guid": self.new_guid()}
        self.extension(number)["lines"].append(line)
        return line

    def add_user(self, name: str, *, extensions: Sequence[str] = (), **fields: Any) -> Entity:
        """extensions: numbers; the first is the primary one."""
        user = {**defaults.user(), "EXTENSIONS": [], **fields, "GUID": self.new_user_guid(), "USERNAME": name}
        self.users[user["GUID"]] = user
        for number in extensions:
            self.assign(self.extension(number)["guid"], user)
        return user

    def add_number(self, number: str, kind: int, description: str) -> Entity:
        """An object of the dial plan that is no extension; kind: EXTENSION_TYPE_ID (fact sheet 4.4)."""
        self.last_other_guid += 1
        row = {"GUID": self.last_other_guid, "TEL_NUM": number, "DESCRIPTION": description, "EXTENSION_TYPE_ID": kind}
        self.dial_plan[number] = row
        return row

    def add_call(self, from_number: str, to_number: str, status: int = 4, duration: int = 30, **fields: Any) -> Entity:
        """A call in the history; status: fact sheet 4.5 (4 is answered); duration in seconds."""
        row = {
            "TIMESTAMP": int(time.time()) - 60 * (len(self.call_history) + 1),
            "FROM_NUM": from_number,
            "TO_NUM": to_number,
            "FROM_TYPE": 1,
            "STATUS": status,
            "ANSWERED_DURATION": duration if status == 4 else 0,
            "CALL_DURATION": duration + 5,
            **fields,
        }
        self.call_history.append(row)
        return row

    def add_recording(self, extension: str, caller_id: str, duration: int, **fields: Any) -> Entity:
        self.last_other_guid += 1
        row = {
            "ID": self.last_other_guid,
            "NAME": f"{extension}-{self.last_other_guid}.wav",
            "EXTENSION": extension,
            "CALLER_ID": caller_id,
            "DURATION": duration,
            "STARTED": int(time.time()) - 3600,
            **fields,
        }
        self.recordings.append(row)
        return row

    # Changing, for the simulator and for tests.

    def put_extension(self, extension: Entity) -> None:
        """Keep a new extension, or one with another number."""
        self.extensions[extension["guid"]] = extension
        if self.numbers is not None:
            self.numbers.add(extension["telNum"])

    def assign(self, guid: int, user: Entity | None) -> None:
        """Give an extension to a user, or to nobody; an assignment that exists keeps its ring settings."""
        if user is not None and any(entry["GUID"] == guid for entry in user["EXTENSIONS"]):
            return
        self.release(guid)
        if user is not None:
            user["EXTENSIONS"].append(defaults.entry(guid, primary=not user["EXTENSIONS"]))

    def release(self, guid: int) -> None:
        for user in self.users.values():
            if any(entry["GUID"] == guid for entry in user["EXTENSIONS"]):
                user["EXTENSIONS"] = [entry for entry in user["EXTENSIONS"] if entry["GUID"] != guid]

    def new_guid(self) -> int:
        self.last_guid += 1
        return self.last_guid

    def new_user_guid(self) -> int:
        self.last_user_guid += 1
        return self.last_user_guid


def _one(rows: list[Entity], name: str) -> Entity:
    if len(rows) != 1:
        raise KeyError(f"{name}: {len(rows)} found")
    return rows[0]
