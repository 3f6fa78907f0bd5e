# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole system: one plan over the whole document, one login, each list read once and once more after writes.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from .._core.document import plan_document, refuse_duplicates
from .._core.errors import MissingReference, PostmasterError
from .._core.execute import execute
from .._core.gateway import Gateway
from .._core.guards import check_references, refuse_groupware_loss, refuse_mail_loss, refuse_self_harm
from .._core.observe import with_secrets
from .._core.plan import Step, Wish
from .._core.pruning import (
    Prune,
    idle_patterns,
    may_name,
    refuse_empty_prune,
    refuse_outside_scope,
    refuse_prune_beside_scope,
    refuse_referenced,
)
from .._core.resource import Needed, Resource, Values
from .._core.result import Result
from .._core.snapshot import Snapshot
from .._core.verify import verify
from .._core.words import spoken
from .._systems.system import System
from . import results
from .definition import Definition
from .options import CONTINUE, config_options
from .runs import Run, connected, guarded
from .wishes import document_wishes, prune_options, secrets_of


def config_definition(system: System) -> Definition:
    """The module about a whole system."""
    return Definition(f"{system.prefix}_config", system, config_options(system), partial(run_config, system))


def run_config(system: System, run: Run) -> dict[str, Any]:
    """What ``exit_json`` takes, or ``fail_json`` when it says ``failed``."""
    return guarded(system, run, lambda: _run(system, run))


def _run(system: System, run: Run) -> dict[str, Any]:
    resources = system.resources(run.options)
    wishes = document_wishes(resources, system.declared, run.options)
    prune = prune_options(resources, run.options)
    refuse_duplicates(wishes)
    refuse_outside_scope(wishes, prune.domains)
    refuse_empty_prune(wishes, prune)
    refuse_prune_beside_scope(resources, prune)
    with connected(system, run, read_only=run.check_mode) as session:
        session.http.redactor.learn(*secrets_of(wishes))
        return _carry_out(system.name, wishes, prune, resources, session.gateway, run)


def _carry_out(
    system: str, wishes: Sequence[Wish], prune: Prune, resources: Sequence[Resource], gateway: Gateway, run: Run
) -> dict[str, Any]:
    _refuse_missing_scope(wishes, prune, gateway)
    current = {}
    for resource, domains in _to_read(resources, wishes, prune).items():
        run.progress.doing(f"reading {spoken(resource.plural)}")
        mine = [wish for wish in wishes if wish.resource is resource]
        fields = _compared(mine, may_delete=resource.plural in prune.resources, want_diff=run.want_diff)
        current[resource] = _read(resource, domains, [wish.given for wish in mine], fields, gateway)
    run.progress.doing("planning")
    steps = plan_document(wishes, current, resources, prune, lambda wish, found: with_secrets(wish, found, gateway))
    assumed = check_references(steps, gateway, run.check_mode)
    refuse_mail_loss(steps)
    refuse_groupware_loss(steps)
    forced = refuse_self_harm(steps, gateway)
    gateway.refuse(steps)
    refuse_referenced(steps, current)
    idle = idle_patterns(prune, current) if any(step.wish.pruned for step in steps) else []
    extra = _with_warnings(results.assumptions(assumed), idle)
    if run.check_mode:
        return {**results.document_result([Result(step) for step in steps], True, run.want_diff), **extra}
    go_on = run.options["on_error"] == CONTINUE
    outcome = execute(
        [step for step in steps if all(step is not each for each in forced)],
        gateway,
        run.clock,
        go_on,
        run.progress.made,
    )
    run.progress.doing("reading back what was written")
    unread = verify(outcome, _ReadBack(outcome, gateway), gateway, run.clock)
    outcome += _last(forced, outcome, gateway, run)
    answer = {**results.document_result(outcome, False, run.want_diff), **extra}
    error = next((result.error for result in outcome if result.error is not None), unread)
    if error is None:
        return answer
    error.system = system
    return {**answer, **_failure(error, outcome, answer)}


def _refuse_missing_scope(wishes: Sequence[Wish], prune: Prune, gateway: Gateway) -> None:
    """A mistyped scope would prune nothing, and look like a server without drift. Raises MissingReference."""
    described = {wish.resource.domain_key(wish.given) for wish in wishes if wish.resource.domain_key is not None}
    for name in sorted((prune.domains or frozenset()) - described):
        if not gateway.exists(Needed("domain", name, "scope.domains"), {}):
            raise MissingReference("domain", name, "correct scope.domains")


def _last(forced: Sequence[Step], outcome: Sequence[Result], gateway: Gateway, run: Run) -> list[Result]:
    """The steps that end our own session, which nobody can read back."""
    if any(result.error is not None for result in outcome):
        return [Result(step) for step in forced]
    last = execute(forced, gateway, run.clock)
    for result in last:
        result.unverified = result.step.changed_fields
    return last


def _to_read(
    resources: Sequence[Resource], wishes: Sequence[Wish], prune: Prune
) -> dict[Resource, frozenset[str] | None]:
    """The resources to read, each with its domains: those of the wishes, for pruning the whole scope, and whatever may
    name an object that pruning deletes."""
    pruned_kinds = {resource.kind for resource in resources if resource.plural in prune.resources}
    to_read: dict[Resource, frozenset[str] | None] = {}
    for resource in resources:
        wished = [wish.given for wish in wishes if wish.resource is resource]
        if may_name(resource, pruned_kinds, from_elsewhere=True):
            to_read[resource] = None
        elif resource.plural in prune.resources or may_name(resource, pruned_kinds):
            to_read[resource] = prune.domains
        elif wished:
            to_read[resource] = _domains_of(resource, wished)
    return to_read


def _domains_of(resource: Resource, objects: Iterable[Values]) -> frozenset[str] | None:
    """The domains of some objects; None, which means all, where objects belong to no domain."""
    return None if resource.domain_key is None else frozenset(map(resource.domain_key, objects))


def _compared(wishes: Sequence[Wish], may_delete: bool, want_diff: bool) -> frozenset[str] | None:
    """The fields that the wishes are about; None for all, which the diff of a deletion shows."""
    if want_diff and (may_delete or not all(wish.present for wish in wishes)):
        return None
    return frozenset(name for wish in wishes for name in wish.given)


def _read(
    resource: Resource,
    domains: frozenset[str] | None,
    wished: Sequence[Values],
    fields: frozenset[str] | None,
    gateway: Gateway,
) -> list[Snapshot]:
    """All objects of the domains; of permanent ones, which nobody prunes, no more than a document names."""
    if resource.permanent:
        return gateway.read_some(resource, wished, fields)
    return gateway.read_all(resource, domains, fields)


class _ReadBack:
    """What the server holds after the writes; each resource is listed once, and only when it was written to."""

    def __init__(self, outcome: Sequence[Result], gateway: Gateway) -> None:
        self._outcome = outcome
        self._gateway = gateway
        self._lists: dict[Resource, dict[tuple[str, ...], Snapshot] | PostmasterError] = {}

    def __call__(self, result: Result) -> Snapshot | None:
        resource = result.step.resource
        if resource not in self._lists:
            self._lists[resource] = self._read(resource)
        found = self._lists[resource]
        if isinstance(found, PostmasterError):
            raise found
        return found.get(resource.key_of(result.step.values))

    def _read(self, resource: Resource) -> dict[tuple[str, ...], Snapshot] | PostmasterError:
        steps = [each.step for each in self._outcome if each.written and each.step.resource is resource]
        written = [step.values for step in steps]
        fields = frozenset(name for step in steps for name in (*step.wish.given, *step.send))
        try:
            found = _read(resource, _domains_of(resource, written), written, fields, self._gateway)
            return {key: each for each in found for key in resource.keys_of(each.values)}
        except PostmasterError as error:
            return error


def _with_warnings(extra: dict[str, Any], idle: Sequence[str]) -> dict[str, Any]:
    warnings = [
        f"protect: {pattern!r} matches no object of the pruned resources; check its spelling" for pattern in idle
    ]
    return {**extra, "warnings": [*extra.get("warnings", ()), *warnings]} if warnings else extra


def _failure(error: PostmasterError, outcome: Sequence[Result], answer: dict[str, Any]) -> dict[str, Any]:
    """A failure on the way: what was done before it is said in the same breath."""
    done = sum(answer["summary"][name] for name in ("created", "updated", "deleted"))
    failed = answer["summary"]["failed"]
    left = sum(result.status == "not_done" for result in outcome)
    begun = sum(result.status == "unfinished" for result in outcome)
    said = f"{results.sentence(error)}. Of the planned changes, {done} were made and {left} were not tried"
    said += f"; {failed} failed, each with its error in the results" if failed > 1 else ""
    said += f"; {begun} were begun and not finished" if begun else ""
    return {"failed": True, "msg": said, "failure": error.failure(), **results.facts(error)}
