# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turn the recording of a real mailcow server (a Markdown sheet) into the facts that the replay test needs.

Usage: ``python -m tests.simulators.mailcow.extract_recording PATH/TO/mailcow_recorded.md > recorded.json``

Only facts are kept: the request, the HTTP status, the length of the reply (in characters, though the sheet says bytes)
and

* for a write, the list of ``[type, msg]`` (``log`` is left out; the length of the reply covers it),
* for a read, the objects with their times blanked. Equal objects are stored once, in ``objects``.

No title and no remark of the sheet is copied. Secrets are marks (``<MAILBOX_PW>``) in the sheet and stay marks here.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

SECTION = re.compile(r"^## (\d+)\. ")
TITLE = re.compile(r"^### (.*)$")
REQUEST = re.compile(r"^`([A-Z]+) (/\S+)` \((\w+) key\)$")
BODY = re.compile(r"^body: `(.*)`$")
STATUS = re.compile(r"^HTTP (\d+),.*?(\d+) bytes$")
TIME = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$")
MARK = re.compile(r"<[A-Z0-9_]+>")

# What the sheet says only in a title: the key was sent in another way, or the body under another content type.
KEY_OF_TITLE = {
    "key with junk characters is stripped": "junk",
    "Bearer instead of X-API-Key": "bearer",
    "key used from an address that is not allowed": "foreign",
    "inactive key": "inactive",
}
CONTENT_TYPE_OF_TITLE = {"no content type": "none", "form encoded attr": "form"}


def blank_times(value: Any) -> Any:
    """The value with every time of day replaced by ``<time>``: two runs never share those."""
    if isinstance(value, dict):
        return {name: blank_times(member) for name, member in value.items()}
    if isinstance(value, list):
        return [blank_times(member) for member in value]
    return "<time>" if isinstance(value, str) and TIME.match(value) else value


class Objects:
    """The table of the objects that were read, each stored once."""

    def __init__(self) -> None:
        self.table: list[Any] = []
        self._numbers: dict[str, int] = {}

    def number(self, value: Any) -> int:
        """Where ``value`` stands in the table; it is added when it is new."""
        text = json.dumps(value)  # not the value itself: Python takes 1 and true for equal
        if text not in self._numbers:
            self._numbers[text] = len(self.table)
            self.table.append(value)
        return self._numbers[text]


def is_write(path: str) -> bool:
    """Whether the route is one whose reply is a list of ``{type, log, msg}`` or one such object."""
    return path.split("/")[3] in ("add", "edit", "delete")


def reply_facts(method: str, path: str, text: str, objects: Objects) -> dict[str, Any]:
    """What is kept of one reply: ``{"empty": true}``, ``{"entries": […]}``, ``{"one": n}`` or ``{"list": [n, …]}``."""
    if text == "(empty body)":
        return {"empty": True}
    reply = json.loads(text)
    messages = reply if isinstance(reply, list) else [reply]
    if is_write(path) or (isinstance(reply, dict) and set(reply) == {"type", "msg"}):
        return {
            "entries": [[entry["type"], entry["msg"]] for entry in messages],
            "wrapped": isinstance(reply, list),
        }
    if isinstance(reply, list):
        return {"list": [objects.number(blank_times(member)) for member in reply]}
    return {"one": objects.number(blank_times(reply))}


def extract(sheet: str) -> dict[str, Any]:
    """The facts of a sheet: ``{"requests": […], "objects": […]}``. Raises ValueError when a reply is missing."""
    lines = sheet.splitlines()
    objects = Objects()
    requests: list[dict[str, Any]] = []
    section, title = "", ""
    for number, line in enumerate(lines):
        if found := SECTION.match(line):
            section = found.group(1)
        elif found := TITLE.match(line):
            title = found.group(1)
        elif found := REQUEST.match(line):
            method, path, key = found.groups()
            at = number + 1
            request: dict[str, Any] = {"section": int(section), "line": at, "method": method, "path": path}
            request["key"] = KEY_OF_TITLE.get(title, key.lower())
            if body := BODY.match(lines[at]):
                request["body"] = body.group(1)
                request["content_type"] = CONTENT_TYPE_OF_TITLE.get(title, "json")
                at += 1
            status = STATUS.match(lines[at])
            if status is None or lines[at + 1] != "```json":
                raise ValueError(f"line {number + 1}: this request has no reply")
            request["status"] = int(status.group(1))
            if not MARK.search(lines[at + 2]):  # the length of a reply that echoes a secret says nothing
                request["length"] = int(status.group(2))
            request.update(reply_facts(method, path, lines[at + 2], objects))
            requests.append(request)
    return {"requests": requests, "objects": objects.table}


def as_text(facts: dict[str, Any]) -> str:
    """JSON with one request or object a line, so that a changed fact is one changed line."""
    parts = []
    for name, rows in facts.items():
        body = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        parts.append(f"{json.dumps(name)}: [\n{body}\n]")
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    sys.stdout.write(as_text(extract(Path(sys.argv[1]).read_text(encoding="utf-8"))))
