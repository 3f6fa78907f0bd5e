# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A client that knows its way about the simulated client interface of Kerio Connect."""

from __future__ import annotations

from typing import Any

from tests.simulators import KerioWebmail
from tests.simulators.kerio_webmail.simulator import ENDPOINT
from tests.unit.simulators.kerio_web import KerioClient

Rule = dict[str, Any]


class WebmailClient(KerioClient[KerioWebmail]):
    def __init__(self, server: KerioWebmail) -> None:
        super().__init__(server, ENDPOINT)

    # Filters.

    def rules(self) -> list[Rule]:
        return list(self.call("Filters.get")["filters"])

    def stamp(self) -> int:
        return int(self.call("Filters.get")["dataStamp"])

    def replace(self, *rules: Rule, stamp: int | None = None) -> int:
        """-> the new stamp; without one given, the latest is asked for before."""
        params = {"currentDataStamp": self.stamp() if stamp is None else stamp, "filters": list(rules)}
        return int(self.call("Filters.set", params)["newDataStamp"])

    # Out of office.

    def out_of_office(self) -> dict[str, Any]:
        return dict(self.call("Session.getOutOfOffice")["settings"])

    def set_out_of_office(self, **settings: Any) -> None:
        assert self.call("Session.setOutOfOffice", {"settings": settings}) == {}


def rule(description: str, *actions: tuple[str, ...], **members: Any) -> Rule:
    """A rule that holds for every message unless `conditions` are given; an action is its type and parameters."""
    return {
        "isEnabled": True,
        "description": description,
        "isIncomplete": False,
        "conditions": [{"testedTarget": "CtAll", "comparator": "CcNoComparator", "parameters": []}],
        "actions": [{"type": kind, "parameters": parameters} for kind, *parameters in actions or [("FaKeep",)]],
        "evaluationMode": "EmAnyOf",
        **members,
    }


def condition(target: str, comparator: str, *parameters: str) -> dict[str, Any]:
    return {"testedTarget": target, "comparator": comparator, "parameters": list(parameters)}
