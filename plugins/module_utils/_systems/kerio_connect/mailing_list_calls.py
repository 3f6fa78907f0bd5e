# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mailing lists: members and moderators come and go by calls of their own (kerio_connect.md 3.5).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..._client.jsonrpc import JsonRpc
from ..._core.errors import ServerRefusal
from ..._core.fields import as_read
from ..._core.resource import Values
from ..._core.snapshot import Snapshot
from ..._core.writing import Writing, in_parts
from .. import kerio_web
from ..owned_lists import only_in
from .directory import Directory
from .domain_objects import DomainObjects, after_its_creation
from .mailing_lists import ARCHIVE, MAILING_LIST, PEOPLE, READERS
from .people import BY_ID, People
from .users import USER

Row = Mapping[str, Any]

# Of the query, servers look at the order only (kerio_connect.md 2.3).
_QUERY: dict[str, Any] = {"fields": [], "conditions": [], "combining": "And", "orderBy": []}
_PERSON = {"hasId": False, "userId": "", "emailAddress": "", "fullName": "", "kind": ""}


class MailingListCalls(DomainObjects):
    """The calls about mailing lists."""

    def __init__(self, rpc: JsonRpc, directory: Directory) -> None:
        super().__init__(rpc, directory, MAILING_LIST)
        self._people = People(directory)

    def read_some(self, keys: Sequence[Values]) -> list[Snapshot]:
        return self._with_people(super().read_some(keys))

    def read_all(self, domains: frozenset[str] | None) -> list[Snapshot]:
        return self._with_people(super().read_all(domains))

    def create(self, values: Values) -> Writing[None]:
        told = yield from self._create(values)
        people = {name: values[name] for name in PEOPLE if values.get(name)}
        if people:
            with after_its_creation():
                yield from self._add(told or self._identity(values), people)

    def update(self, current: Snapshot, values: Values) -> Writing[None]:
        wished = {name: values[name] for name in PEOPLE if name in values}
        held = {name: current.values.get(name, []) for name in wished}
        new = {name: only_in(wished[name], held[name]) for name in wished}
        gone = {name: only_in(held[name], wished[name]) for name in wished}
        parts: list[Writing[Any]] = []
        if values.keys() - PEOPLE.keys():
            parts.append(super().update(current, values))
        if any(new.values()):
            parts.append(self._add(current.identity, new))
        if any(gone.values()):
            parts.append(self._take_out(current, gone))
        yield from in_parts(parts)

    def _with_people(self, lists: Sequence[Snapshot]) -> list[Snapshot]:
        """The lists, each with its members and moderators, and its archive with those who may read it; lists of other
        servers, which have no id here, stay without."""
        identities = [each.identity for each in lists if each.identity]
        people = dict(zip(identities, self._rows_of_people(identities)))
        return [self._complete(each, people.get(each.identity)) for each in lists]

    def _complete(self, found: Snapshot, rows: Sequence[Row] | None) -> Snapshot:
        domain = found.values["domain"]
        values: dict[str, Any] = dict(found.values)
        if "archive" in values:
            values["archive"] = {**values["archive"], **self._readers(found.raw, domain)}
        if rows is None:
            return replace(found, values=values)
        names = self._people.names(USER.kind, (str(row.get("userId") or "") for row in rows), domain)
        for name, kind in PEOPLE.items():
            texts = [_text(row, names) for row in rows if row.get("kind") == kind]
            values[name] = as_read(MAILING_LIST.by_name[name], texts)
        return replace(found, values=values, raw={**found.raw, "people": [(_text(row, names), row) for row in rows]})

    def _rows_of_people(self, list_ids: Sequence[str]) -> list[list[dict[str, Any]]]:
        return kerio_web.read_lists(
            self._rpc,
            "MailingLists.getMlUserList",
            [{"mlId": each, "query": _QUERY} for each in list_ids],
            kerio_web.EVERYTHING,
            is_row=lambda row: "kind" in row and ("userId" in row or "emailAddress" in row),
            identity=lambda row: (row["kind"], row.get("userId"), row.get("emailAddress")),
        )

    def _add(self, list_id: str, people: Mapping[str, Iterable[str]]) -> Writing[None]:
        rows = [self._person(text, PEOPLE[name]) for name, texts in people.items() for text in texts]
        yield from self._change("addMlUserList", list_id, rows)

    def _take_out(self, current: Snapshot, people: Mapping[str, Iterable[str]]) -> Writing[None]:
        """As the server holds them: a user may be on a list by address."""
        going = {(PEOPLE[name], text.casefold()) for name, texts in people.items() for text in texts}
        held = [
            {name: row.get(name, default) for name, default in _PERSON.items()}
            for text, row in current.raw["people"]
            if (row["kind"], text.casefold()) in going
        ]
        if held:
            yield from self._change("removeMlUserList", current.identity, held)

    def _change(self, method: str, list_id: str, rows: list[dict[str, Any]]) -> Writing[dict[str, Any]]:
        return kerio_web.write(self._rpc, f"MailingLists.{method}", {"mlId": list_id, "members": rows}, "members")

    def _person(self, text: str, kind: str) -> dict[str, Any]:
        """A UserOrEmail: users of the server by id, others by address."""
        identity = self._people.identity(USER.kind, text)
        if identity is None:
            return {**_PERSON, "emailAddress": text, "kind": kind}
        return {**_PERSON, "hasId": True, "userId": identity, "kind": kind}

    def _readers(self, row: Row, domain: str) -> dict[str, list[str]]:
        """Who may read the archive, by name."""
        held = _held_readers(row)
        readers: dict[str, list[str]] = {}
        for name, (kind, wire) in READERS.items() if held is not None else ():
            ids = [str(each["readerId"]) for each in held or () if each.get("kind") == wire]
            names = self._people.names(kind, ids, domain)
            texts = [names.get(identity, f"{BY_ID}{identity}") for identity in ids]
            readers[name] = as_read(ARCHIVE.members[name], texts)
        return readers

    def _body(self, values: Values, domain: str, held: Row) -> dict[str, Any]:
        body = super()._body(values, domain, held)
        archive = values.get("archive", {})
        if READERS.keys() & archive.keys():
            readers = [self._readers_to_send(name, archive.get(name), held) for name in READERS]
            body["archive"]["archiveReaderList"] = [reader for each in readers for reader in each]
        return body

    def _readers_to_send(self, name: str, texts: Iterable[str] | None, held: Row) -> list[dict[str, Any]]:
        """Raises MissingReference. What the server did not tell by name stays as it is."""
        kind, wire = READERS[name]
        if texts is None:
            return [dict(each) for each in _held_readers(held) or () if each.get("kind") == wire]
        return [{"kind": wire, "readerId": self._people.existing(kind, text)} for text in texts]

    def _identity(self, values: Values) -> str:
        """The id of a list that was made just now, from a server that does not tell it."""
        found = super().read_some([values])
        if not found:
            raise ServerRefusal("Kerio Connect made the mailing list, but does not list it", method="MailingLists.get")
        return found[0].identity


def _text(row: Row, names: Mapping[str, str]) -> str:
    """How a row of people is named: its user by address, else the address that it holds, else its id."""
    identity, address = str(row.get("userId") or ""), str(row.get("emailAddress") or "")
    return names.get(identity) or address or f"{BY_ID}{identity}"


def _held_readers(row: Row) -> list[Row] | None:
    archive = row.get("archive")
    readers = archive.get("archiveReaderList") if isinstance(archive, Mapping) else None
    return readers if isinstance(readers, list) else None
