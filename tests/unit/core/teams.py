# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""More resources of the made-up server: teams of players, and the plaques on the players' doors.

Members and rounds of a team can be added to; a member is named without its town, and leaves the team when it goes. The
server keeps champions. A plaque is there as long as its player is.
"""

from __future__ import annotations

from typing import Any

from ansible_collections.postmaster.comms.plugins.module_utils._core.addresses import (
    domain_name,
    domain_of,
    local_part,
    mailbox_address,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.fields import (
    Flag,
    Integer,
    Reference,
    Text,
    TextList,
    TextSet,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import Wish, behaviour_values
from ansible_collections.postmaster.comms.plugins.module_utils._core.resource import Resource, Values
from ansible_collections.postmaster.comms.plugins.module_utils._core.structures import Struct, StructSet

APPEND = Flag("append", "Whether lists are added to.", on_create=False)
COLOURS = ("red", "green", "blue")


def _town(of: Values) -> str:
    return str(of["town"])


def _in_town() -> Text:
    return Text(
        "town", "Where it plays.", form=domain_name, immutable=True, reference=Reference("town", assumable=True)
    )


def _name() -> Text:
    return Text("name", "Name.", form=lambda text: local_part(text).lower(), immutable=True)


PLAYER = Resource(
    kind="player",
    plural="players",
    module="sample_player",
    summary="Players",
    description=("Players.",),
    key=("name", "town"),
    label="{name}@{town}",
    domain_key=_town,
    fields=(_name(), _in_town(), Text("motto", "Motto.", on_create="")),
)

TEAM = Resource(
    kind="team",
    plural="teams",
    module="sample_team",
    summary="Teams",
    description=("Teams.",),
    key=("name", "town"),
    label="{name}@{town}",
    domain_key=_town,
    protected=lambda values: "nobody disbands champions" if values["name"] == "champions" else None,
    fields=(
        _name(),
        _in_town(),
        Text("motto", "Motto.", on_create=""),
        TextSet(
            "members",
            "Players of the same town.",
            form=local_part,
            append_option=APPEND.name,
            reference=Reference("player", assumable=True, late=True, within="town", mirror=True),
        ),
        StructSet(
            "rounds",
            "Rounds.",
            append_option=APPEND.name,
            fields=(
                Text("against", "Another team.", form=mailbox_address, reference=Reference("team", optional=True)),
                Integer("week", "Week.", minimum=1, maximum=52),
                Flag("home", "Whether at home.", on_create=True),
            ),
        ),
        Struct(
            "staff",
            "Staff.",
            fields=(Text("trainer", "Who trains it.", reference=Reference("player", assumable=True)),),
        ),
    ),
    behaviour=(APPEND,),
)

PLAQUE = Resource(
    kind="plaque",
    plural="plaques",
    module="sample_plaque",
    summary="Plaques",
    description=("Plaques.",),
    key=("player",),
    label="{player}",
    domain_key=lambda values: domain_of(values["player"]),
    permanent=True,
    unproven=("Whether O(title) may be long, see M(postmaster.comms.mail_info).",),
    fields=(
        Text(
            "player",
            "Whose it is.",
            form=mailbox_address,
            immutable=True,
            reference=Reference("player", assumable=True),
        ),
        Text("title", "Title."),
        Text("next_to", "The next door.", reference=Reference("player", optional=True)),
        TextList("colours", "Colours from left to right.", words=COLOURS, append_option=APPEND.name),
    ),
    behaviour=(APPEND,),
)
ALL = (TEAM, PLAYER, PLAQUE)
BARE: dict[str, Any] = {"title": "", "next_to": "", "colours": []}


def player(name: str = "ann", town: str = "example.com", *, present: bool = True, **options: Any) -> Wish:
    """The wish for a player; options as a user writes them."""
    return _wish(PLAYER, present, {"name": name, "town": town, **options})


def team(name: str = "reds", town: str = "example.com", *, present: bool = True, **options: Any) -> Wish:
    """The wish for a team, ``append`` among its options."""
    return _wish(TEAM, present, {"name": name, "town": town, **options})


def plaque(name: str = "ann", town: str = "example.com", **options: Any) -> Wish:
    """The wish for the plaque of a player."""
    return _wish(PLAQUE, True, {"player": f"{name}@{town}", **options})


def _wish(resource: Resource, present: bool, options: Values) -> Wish:
    given = resource.desire(options)
    return Wish(
        resource,
        given if present else resource.identifying(given),
        present=present,
        behaviour=behaviour_values(resource, options),
    )
