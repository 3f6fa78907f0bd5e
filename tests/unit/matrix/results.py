# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks and their results, and what of them is compared."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.unit.matrix.paths import Entry, Path, options_of
from tests.unit.matrix.samples import Values

Result = dict[str, Any]


def task_of(values: Values, behaviour: Mapping[str, Any]) -> Result:
    """The options of a task."""
    options = {**options_of({path: sample.given for path, sample in values.items()}), **behaviour}
    for sample in values.values():
        options.update(sample.beside)
    return options


def unverified_in(result: Result) -> set[str]:
    return {place for line in (result, *result.get("results", ())) for place in line.get("unverified", ())}


def holds(found: Any, returned: Any) -> bool:
    """Whether what was found is what was returned; members beside that are the server's own choice."""
    if isinstance(returned, Mapping) and isinstance(found, Mapping):
        return all(name in found and holds(found[name], value) for name, value in returned.items())
    if isinstance(returned, list) and isinstance(found, list):
        return len(found) == len(returned) and all(map(holds, found, returned))
    return bool(found == returned)


def shows(shown: Any, wanted: Any, path: Path) -> bool:
    """Whether a result shows a value; of an entry as such, that it is there."""
    return shown is not None if isinstance(path[-1], Entry) else bool(shown == wanted)


def copy_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """Deep, and much faster than ``copy.deepcopy``."""
    copied: dict[str, Any] = json.loads(json.dumps(data))
    return copied


def without_paths(raw: Mapping[str, Any], paths: set[tuple[str, ...]]) -> dict[str, Any]:
    """The object without what lies at these paths."""
    rest = copy_of(dict(raw))
    for path in paths:
        inner: Any = rest
        for name in path[:-1]:
            inner = inner[name]
        inner.pop(path[-1], None)
    return rest
