# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the gateways of both dialects have in common: the objects that others refer to, and refusals before any write.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence

from ..._core.errors import ServerRefusal
from ..._core.gateway import Gateway
from ..._core.plan import Step
from ..._core.resource import Needed, Resource, Values
from ..._core.snapshot import Snapshot
from .api import Api
from .domains import DOMAIN
from .refusals import refuse_filled_domains, refuse_mail_loss, refuse_without_place


class MailGateway(Gateway):
    """Implements the half of ``_core.gateway.Gateway`` that does not depend on the dialect."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._seen: dict[tuple[str, str], bool] = {}

    def exists(self, needed: Needed, values: Values) -> bool:
        """Whether a domain or a mailbox is there; each is asked for once."""
        if needed.identity not in self._seen:
            self._seen[needed.identity] = self.is_there(needed)
        return self._seen[needed.identity]

    def forget_domains(self) -> None:
        """There may be other domains now."""

    def forget(self, resource: Resource, values: Values, is_going: bool) -> None:
        """An object comes or goes: what was seen of others stays, except that some may go along with it."""
        if is_going:
            self._seen.clear()
        else:
            self._seen.pop((resource.kind, resource.label_of(values).casefold()), None)
        if resource.kind == DOMAIN.kind:
            self.forget_domains()

    @abstractmethod
    def is_there(self, needed: Needed) -> bool:
        """The same, by asking the server."""

    def refuse(self, steps: Sequence[Step]) -> None:
        refuse_without_place(steps)
        refuse_mail_loss(steps)
        refuse_filled_domains(steps, self.read_all)

    def read_some(
        self, resource: Resource, keys: Sequence[Values], fields: frozenset[str] | None = None
    ) -> list[Snapshot]:
        """By one list, which is as much as a call about one object tells."""
        by_key: dict[tuple[str, ...], list[Snapshot]] = {}
        for each in self.read_all(resource, None):
            by_key.setdefault(resource.key_of(each.values), []).append(each)
        found = (self.the_one(resource, by_key.get(resource.key_of(key), ()), key) for key in keys)
        return [each for each in found if each is not None]

    def the_one(self, resource: Resource, found: Iterable[Snapshot], key: Values) -> Snapshot | None:
        """The object with this key among those found. Raises ServerRefusal when there are two: mailcow lets sync jobs
        become alike (mailcow_recorded.md A17)."""
        wanted = resource.key_of(key)
        matches = [each for each in found if resource.key_of(each.values) == wanted]
        if len(matches) > 1:
            name = resource.name_of(matches[0].values)
            raise ServerRefusal(f"{self._api.title} has {name} {len(matches)} times; delete all but one of them there")
        return matches[0] if matches else None
