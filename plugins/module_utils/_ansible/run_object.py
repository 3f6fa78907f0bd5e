# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One object: read it, plan, check, carry out, read back.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from .._core.errors import PostmasterError
from .._core.execute import execute
from .._core.gateway import Gateway
from .._core.guards import check_references, refuse_groupware_loss, refuse_mail_loss, refuse_self_harm
from .._core.memory import Memory
from .._core.observe import with_secrets
from .._core.plan import Wish, plan
from .._core.resource import Resource
from .._core.result import Result
from .._core.verify import verify
from .._systems.system import System
from . import results
from .definition import Definition
from .options import object_options
from .runs import Run, connected, guarded
from .wishes import object_wish, secrets_of


def object_definition(system: System, resource: Resource) -> Definition:
    """The module about one object."""
    return Definition(resource.module, system, object_options(resource), partial(run_object, system, resource))


def run_object(system: System, declared: Resource, run: Run) -> dict[str, Any]:
    """What ``exit_json`` takes, or ``fail_json`` when it says ``failed``."""
    return guarded(system, run, lambda: _run(system, declared, run))


def _run(system: System, declared: Resource, run: Run) -> dict[str, Any]:
    resource = next(each for each in system.resources(run.options) if each.kind == declared.kind)
    wish = object_wish(resource, declared, run.options, {})
    with connected(system, run, read_only=run.check_mode, remember=True) as session:
        session.http.redactor.learn(*secrets_of([wish]))
        return _carry_out(wish, session.gateway, session.memory, run)


def _carry_out(wish: Wish, gateway: Gateway, memory: Memory, run: Run) -> dict[str, Any]:
    run.object = wish.resource.name_of(wish.given)
    step = plan(wish, with_secrets(wish, memory.read(wish.resource, wish.given), gateway))
    run.object = step.name
    assumed = check_references([step], gateway, run.check_mode)
    refuse_mail_loss([step])
    refuse_groupware_loss([step])
    forced = refuse_self_harm([step], gateway)
    gateway.refuse([step])
    if run.check_mode or not step.changes:
        return {**results.object_result(step, None, run.want_diff), **results.assumptions(assumed)}
    memory.doubt(wish.resource, wish.given)
    outcome = execute([step], gateway, run.clock)
    unread = None
    if forced:
        outcome[0].unverified = step.changed_fields
    else:
        unread = verify(outcome, lambda result: memory.read_back(result.step.resource, wish.given), gateway, run.clock)
    if outcome[0].status == "done" and unread is None:
        memory.trust(wish.resource, wish.given, present=step.action != "delete")
    return _answer(outcome[0], outcome[0].error or unread, run)


def _answer(result: Result, error: PostmasterError | None, run: Run) -> dict[str, Any]:
    if error is None:
        return results.object_result(result.step, result, run.want_diff)
    run.written = result.written
    raise error
