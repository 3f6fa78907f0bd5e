# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an administrator reads about the server: calls, history, recordings, health, licence (fact sheet 4.3 to 4.7)."""

from __future__ import annotations

from typing import Any

from tests.simulators.kerio_operator import query
from tests.simulators.kerio_operator.methods import QUERY, Access, Context, Method
from tests.simulators.kerio_web.wire_types import Enum, Number

HISTOGRAMS = Enum(("HistogramTwoHours", "HistogramOneDay", "HistogramOneWeek", "HistogramOneMonth"))
VERSION_PARTS = (24, 16, 8)


def get_calls(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    return query.run(context.store.calls, params.get("query"), "calls", context.settings, ("id",))


def get_queue_agents(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    """Agents that are logged in to one queue; its number comes as a number."""
    queue = str(params["extension"])
    agents = [
        {"EXTENSION_NUMBER": agent["EXTENSION_NUMBER"]}
        for agent in context.store.queue_agents
        if agent["QUEUE_NUMBER"] == queue
    ]
    return query.run(agents, params.get("query"), "agents", context.settings)


def get_call_history(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    return query.run(context.store.call_history, params.get("query"), "callHistory", context.settings)


def get_recordings(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    return query.run(context.store.recordings, params.get("query"), "recordingList", context.settings, ("ID",))


def get_constants(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    version = ".".join(str(context.settings.api_version >> shift & 255) for shift in VERSION_PARTS)
    product = {
        "SERVER_SOFTWARE": "Kerio Operator",
        "SERVER_OS": "Kerio Operator Appliance",
        "SERVER_PRODUCT_FULL_NAME": f"Kerio Operator {version}",
        "SERVER_VERSION": version,
    }
    return {"constantList": {"product": product, "shared": {"kerio_web_SerialNumber": ""}}}


def get_licence(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    """expirations: the product's licence, then its maintenance."""
    expirations = [
        {"isUnlimited": True, "date": 0, "remainingDays": 0},
        {"isUnlimited": False, "date": int(context.clock.now()) + 365 * 86400, "remainingDays": 365},
    ]
    return {"status": {"users": context.settings.licensed_users, "expirations": expirations}}


def get_network(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    return {"network": context.store.system["network"]}


def get_health(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    return {"systemHealth": context.store.system["systemHealth"]}


def get_storage(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    return {"storageData": [{"size": size} for size in context.store.system["storageData"]["sizes"]]}


def get_backup(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    return {"statusBackup": context.store.system["statusBackup"]}


METHODS = {
    "Status.getCalls": Method(get_calls, Access.READ, {"query": QUERY}),
    "Status.getQueueAgents": Method(get_queue_agents, Access.READ, {"query": QUERY, "extension": Number()}),
    "CallHistory.get": Method(get_call_history, Access.READ, {"query": QUERY}),
    "Recordings.get": Method(get_recordings, Access.READ, {"query": QUERY}),
    "Server.getConstantList": Method(get_constants, Access.READ),
    "ProductRegistration.getFullStatus": Method(get_licence, Access.READ),
    "Network.get": Method(get_network, Access.READ),
    "SystemHealth.get": Method(get_health, Access.READ, {"histogramType": HISTOGRAMS}),
    "Storage.get": Method(get_storage, Access.READ),
    "SystemBackup.get": Method(get_backup, Access.READ),
}
