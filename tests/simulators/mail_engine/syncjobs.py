# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sync jobs: checks in the order of mail_api.md 3.4, as recorded in mailcow_recorded.md sections 4–6 and 8."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .addresses import is_address, is_domain
from .engine import ACCESS_DENIED, Engine, Entry, NothingDone, danger, success
from .objects import SyncJob
from .php import PhpDied, empty, intval, text

ENCRYPTIONS = ("TLS", "SSL", "PLAIN")
FLAGS = ("delete2duplicates", "delete1", "delete2", "automap", "skipcrossduplicates", "subscribeall", "dry", "active")
TEXTS = ("subfolder2", "custom_params", "exclude")
NEEDED = ("port1", "mins_interval", "enc1")
REQUIRED_TEXTS = ("user1", "password1", "exclude")  # their columns take no NULL; host1 becomes ""

# Option names that custom_params may hold: the recorded ones and a few more. A real server has a list of 114.
CUSTOM_PARAMS = frozenset({"dry", "exclude", "expunge1", "folder", "include", "maxsize", "skipsize", "useheader"})


def add_syncjob(engine: Engine, attr: dict[str, Any]) -> Iterator[Entry]:
    """Make a job; the reply does not say its number. Raises PhpDied without user1, password1 or exclude (A1)."""
    mailbox = attr.get("username")
    if not isinstance(mailbox, str) or not is_address(mailbox):
        yield danger("no_user_defined")
    elif mailbox.lower() not in engine.store.mailboxes:
        yield danger(ACCESS_DENIED)
    elif bad := _bad_custom_param(attr):
        yield danger(f"bad option {bad}")
    elif not _is_valid({name: attr.get(name) for name in NEEDED}) or not _compiles(text(attr.get("exclude"))):
        yield danger(ACCESS_DENIED)
    else:
        yield _insert(engine, mailbox.lower(), attr)


def edit_syncjob(engine: Engine, item: Any, attr: dict[str, Any]) -> Iterator[Entry]:
    """Change a job. Empty host, user, password, port, encryption and interval are kept; the mailbox never changes."""
    job = engine.store.syncjobs.get(intval(item))
    if job is None:
        yield danger(ACCESS_DENIED)
        return
    given = {name: value for name, value in attr.items() if not empty(value)}
    if bad := _bad_custom_param(attr):
        yield danger(f"bad option {bad}")
    elif not _is_valid(given) or not _compiles(text(attr.get("exclude"))):
        yield danger(ACCESS_DENIED)
    else:
        with engine.changing(job):
            _apply_edit(job, attr, given)
        yield success("mailbox_modified", job.user2)


def delete_syncjob(engine: Engine, item: Any) -> Iterator[Entry]:
    """Remove a job. Raises NothingDone for an id that is no number (A10)."""
    if not str(item).isdigit():
        raise NothingDone
    if engine.store.syncjobs.pop(int(item), None) is None:
        yield danger(ACCESS_DENIED)
    else:
        yield success("deleted_syncjob", item)


def _insert(engine: Engine, mailbox: str, attr: dict[str, Any]) -> Entry:
    host, user = text(attr.get("host1")).strip().lower(), text(attr.get("user1"))
    if any((job.host1, job.user1) == (host, user) for job in engine.store.syncjobs_of(mailbox)):
        return danger("object_exists", f"{host} / {user}")
    if any(attr.get(name) is None for name in REQUIRED_TEXTS):
        raise PhpDied
    job = SyncJob(
        id=engine.store.take_syncjob_id(),
        user2=mailbox,
        host1=host,
        port1=intval(attr["port1"]),
        user1=user,
        password1=text(attr["password1"]),
        enc1=text(attr["enc1"]),
        mins_interval=intval(attr["mins_interval"]),
        created=engine.now(),
    )
    for name in TEXTS:
        setattr(job, name, text(attr.get(name)))
    for flag in FLAGS:
        setattr(job, flag, intval(attr.get(flag)))
    _apply_clamped(job, attr)
    engine.store.syncjobs[job.id] = job
    return success("mailbox_modified", mailbox)


def _apply_edit(job: SyncJob, attr: dict[str, Any], given: dict[str, Any]) -> None:
    for name in ("host1", "user1", "password1", "enc1"):
        if name in given:
            setattr(job, name, text(given[name]))
    for name in ("port1", "mins_interval"):
        if name in given:
            setattr(job, name, intval(given[name]))
    for name in TEXTS:
        if attr.get(name) is not None:
            setattr(job, name, text(attr[name]))
    for flag in FLAGS:
        if attr.get(flag) is not None:
            setattr(job, flag, intval(attr[flag]))
    _apply_clamped(job, attr)
    if "last_run" in attr or "success" in attr:
        job.last_run = job.success = None


def _apply_clamped(job: SyncJob, attr: dict[str, Any]) -> None:
    """Numbers out of their range are replaced without a word (mail_api.md 3.2)."""
    if attr.get("maxage") is not None:
        job.maxage = _clamped(attr["maxage"], 32_000, 0)
    if attr.get("maxbytespersecond") is not None:
        job.maxbytespersecond = str(_clamped(attr["maxbytespersecond"], 125_000_000, 0))
    for name in ("timeout1", "timeout2"):
        if attr.get(name) is not None:
            setattr(job, name, _clamped(attr[name], 32_000, 600))


def _clamped(value: Any, most: int, otherwise: int) -> int:
    return intval(value) if 1 <= intval(value) <= most else otherwise


def _is_valid(given: dict[str, Any]) -> bool:
    """Whether port, interval, encryption and host, as far as they are given, are within their ranges."""
    return (
        1 <= intval(given.get("port1", 1)) <= 65_535
        and 1 <= intval(given.get("mins_interval", 1)) <= 43_800
        and given.get("enc1", "TLS") in ENCRYPTIONS
        and is_domain(text(given.get("host1", "host")).lower())
    )


def _compiles(pattern: str) -> bool:
    """Whether the pattern can stand between slashes in PCRE. Python wants flags like ``(?i)`` at the start only."""
    if re.search(r"(?<!\\)(?:\\\\)*/", pattern):
        return False
    try:
        re.compile(re.sub(r"\(\?[imsx]+\)", "", pattern))
    except re.error:
        return False
    return True


def _bad_custom_param(attr: dict[str, Any]) -> str | None:
    """The first option name that is not allowed. The text is cut at every hyphen, also at those inside a value."""
    for part in text(attr.get("custom_params")).split("-"):
        name = part.partition("=")[0].strip()
        if name and name not in CUSTOM_PARAMS:
            return name
    return None
