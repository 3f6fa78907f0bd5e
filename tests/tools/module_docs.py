# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write the documentation of options and results into the module files, from the definitions, and an action plugin
beside each.

Ansible reads documentation statically, so it has to stand in the files; a test fails when it differs from what this
makes. What is written by hand in a module file is its EXAMPLES block, which is kept.

    python -m tests.tools.module_docs            write the files anew
    python -m tests.tools.module_docs NAME ...   write only the modules of these names
    python -m tests.tools.module_docs --check    say which files differ, exit with 1 if any does
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.tools.collection import ROOT, ensure_link

sys.path.insert(0, str(ensure_link()))

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.call_options import call_options
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.options import (
    Option,
    config_options,
    connection_options,
    info_options,
    object_options,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.fields import Field
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import WHEN_UNVERIFIED
from ansible_collections.postmaster.comms.plugins.module_utils._core.resource import Resource
from ansible_collections.postmaster.comms.plugins.module_utils._core.structures import Nested
from ansible_collections.postmaster.comms.plugins.module_utils._core.words import spoken
from ansible_collections.postmaster.comms.plugins.module_utils._systems.call import CallRules
from ansible_collections.postmaster.comms.plugins.module_utils._systems.registry import SYSTEMS
from ansible_collections.postmaster.comms.plugins.module_utils._systems.system import System
from tests.tools import call_docs, capabilities

COLLECTION = "postmaster.comms"
LINE_LENGTH = 120
# What the last word of a module's name says about its attributes.
_ATTRIBUTES = {"info": "info", "call": "calls"}
AUTHOR = "postmaster.comms contributors (@postmaster-comms)"

MODULE = '''\
#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""{summary}.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
{documentation}"""

EXAMPLES = r"""
---
{examples}"""

RETURN = r"""
---
{returned}"""

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.module import run_module
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_{kind} import {kind}_definition
{imports}


def main() -> None:
    """Run the module."""
    run_module({kind}_definition({arguments}))


if __name__ == "__main__":
    main()
'''

ACTION = '''\
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the module of this name in Ansible's worker, where a task allows that. Generated
(python -m tests.tools.module_docs)."""

from __future__ import annotations

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_{kind} import {kind}_definition
{imports}
from ansible_collections.postmaster.comms.plugins.plugin_utils._action import Action


class ActionModule(Action):
    """The action plugin."""

    definition = {kind}_definition({arguments})
'''

FRAGMENT = '''\
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connection options of {title}. Generated (python -m tests.tools.module_docs)."""

from __future__ import annotations


class ModuleDocFragment:
    """Connection options of {title}."""

    DOCUMENTATION = r"""
---
{documentation}"""
'''


@dataclass(frozen=True)
class Module:
    """A module file: where it is, what it documents, and what its ``main`` calls."""

    name: str
    system: System
    documentation: dict[str, Any]
    returned: dict[str, Any]
    kind: str
    arguments: str
    imports: tuple[str, ...]


def modules() -> Iterator[Module]:
    """All modules of the collection."""
    for system in SYSTEMS:
        for resource in system.declared:
            yield _object_module(system, resource)
        yield _config_module(system)
        yield _info_module(system)
        if system.calls is not None:
            yield _call_module(system, system.calls)


def files() -> dict[str, str]:
    """What every generated file has to hold, by its path in the collection."""
    wanted = {f"plugins/doc_fragments/{system.name}.py": _fragment(system) for system in SYSTEMS}
    wanted[capabilities.PATH] = capabilities.page()
    for module in modules():
        imports = "\n".join(module.imports)
        wanted[f"plugins/action/{module.name}.py"] = ACTION.format(
            kind=module.kind, imports=imports, arguments=module.arguments
        )
        path = f"plugins/modules/{module.name}.py"
        wanted[path] = MODULE.format(
            summary=module.documentation["short_description"],
            documentation=_yaml(module.documentation),
            examples=_kept_examples(path, module),
            returned=_yaml(module.returned),
            kind=module.kind,
            arguments=module.arguments,
            imports=imports,
        )
    return wanted


def _object_module(system: System, resource: Resource) -> Module:
    constant = resource.kind.upper()
    package = f"ansible_collections.{COLLECTION}.plugins.module_utils._systems.{system.name}"
    return Module(
        resource.module,
        system,
        {
            **_documentation(system, resource.module, resource.summary, resource.description, object_options(resource)),
            **_notes(resource),
        },
        {resource.kind: _returned_object(resource), **_RETURNED_OF_OBJECT, **_awaited([resource]), **_RETURNED_ALWAYS},
        "object",
        f"SYSTEM, {constant}",
        (f"from {package} import SYSTEM", _import(f"{package}.{resource.plural}", constant)),
    )


def _notes(resource: Resource) -> dict[str, Any]:
    """What no real server was seen to do."""
    notes = [f"Not proven on a real server: {sentence[0].lower()}{sentence[1:]}" for sentence in resource.unproven]
    return {"notes": notes} if notes else {}


def _import(module: str, name: str) -> str:
    """As the formatter has it."""
    line = f"from {module} import {name}"
    return line if len(line) <= LINE_LENGTH else f"from {module} import (\n    {name},\n)"


def _config_module(system: System) -> Module:
    *others, last = (spoken(resource.plural) for resource in system.declared)
    plurals = f"{', '.join(others)} and {last}" if others else last
    summary = f"Manage a whole {system.title} {system.whole} from one document"
    description = (
        (
            f"Brings the {plurals} of {_a(system.whole)} to what one document describes: one plan, one login, each "
            "list read once."
        ),
        "Entries of the document take the options of the modules about one object.",
        "What an entry leaves out stays as it is.",
        "Objects that the document does not name stay, unless O(prune) asks for their deletion.",
    )
    return Module(
        f"{system.prefix}_config",
        system,
        _documentation(system, f"{system.prefix}_config", summary, description, config_options(system)),
        {**_RETURNED_OF_CONFIG, **_awaited(system.declared), **_RETURNED_ALWAYS},
        "config",
        "SYSTEM",
        (f"from ansible_collections.{COLLECTION}.plugins.module_utils._systems.{system.name} import SYSTEM",),
    )


def _info_module(system: System) -> Module:
    name = f"{system.prefix}_info"
    summary = f"Read a whole {system.title} {system.whole} as one document"
    description = (
        f"Returns what {_a(system.whole)} holds as a document that M({COLLECTION}.{system.prefix}_config) takes.",
        "Given back unchanged, the document changes nothing. That is how what exists is adopted.",
        "Passwords are never part of it, since servers do not return them.",
    )
    config = {
        "description": f"The document, with one list for each resource, sorted by key. It holds every option of "
        f"M({COLLECTION}.{system.prefix}_config) entries that can be read.",
        "returned": "success",
        "type": "dict",
        "contains": {
            resource.plural: {
                "description": f"The {spoken(resource.plural)}.",
                "type": "list",
                "elements": "dict",
                "returned": f"when O(resources) is omitted or has V({resource.plural})",
            }
            for resource in system.declared
        },
    }
    return Module(
        name,
        system,
        _documentation(system, name, summary, description, info_options(system)),
        {"config": config, "secrets": _SECRETS, **_RETURNED_ALWAYS},
        "info",
        "SYSTEM",
        (f"from ansible_collections.{COLLECTION}.plugins.module_utils._systems.{system.name} import SYSTEM",),
    )


def _call_module(system: System, rules: CallRules) -> Module:
    name = f"{system.prefix}_call"
    documentation = _documentation(
        system, name, call_docs.summary(system), call_docs.description(system), call_options(rules)
    )
    documentation["attributes"]["idempotent"] = call_docs.NOT_IDEMPOTENT
    documentation["seealso"] = documentation["seealso"][-2:]
    always = {name: value for name, value in _RETURNED_ALWAYS.items() if name != "assumed"}
    return Module(
        name,
        system,
        documentation,
        {**call_docs.returned(system), **always},
        "call",
        "SYSTEM",
        (f"from ansible_collections.{COLLECTION}.plugins.module_utils._systems.{system.name} import SYSTEM",),
    )


def _documentation(
    system: System, name: str, summary: str, description: Iterable[str], options: Iterable[Option]
) -> dict[str, Any]:
    document: dict[str, Any] = {
        "module": name,
        "short_description": summary,
        "description": list(description),
        "author": [AUTHOR],
        "extends_documentation_fragment": [
            f"{COLLECTION}.attributes",
            f"{COLLECTION}.attributes.{_ATTRIBUTES.get(name.rpartition('_')[2], 'changes')}",
            f"{COLLECTION}.{system.name}",
        ],
        "attributes": {
            "action_group": {"membership": [f"{COLLECTION}.{system.name}", f"{COLLECTION}.all"]},
        },
        "options": _options(options),
        "seealso": [{"module": f"{COLLECTION}.{other}"} for other in _names(system) if other != name],
    }
    return document


def _names(system: System) -> list[str]:
    return [*(resource.module for resource in system.declared), f"{system.prefix}_config", f"{system.prefix}_info"]


def _options(options: Iterable[Option]) -> dict[str, Any]:
    return {option.name: _option(option) for option in options}


def _option(option: Option) -> dict[str, Any]:
    description = [option.doc]
    if option.environment:
        description.append(f"The environment variable E({option.environment}) stands in when this is omitted.")
    documented: dict[str, Any] = {"description": description, "type": option.option_type}
    if option.elements:
        documented["elements"] = option.elements
    if option.required:
        documented["required"] = True
    if option.default is not None:
        documented["default"] = option.default
    if option.choices:
        documented["choices"] = list(option.choices)
    if option.aliases:
        documented["aliases"] = list(option.aliases)
    if option.suboptions:
        documented["suboptions"] = _options(option.suboptions)
    return documented


def _awaited(resources: Iterable[Resource]) -> dict[str, Any]:
    """What a server may want done first: only some resources know such a thing."""
    options = {option.name for resource in resources for option in resource.behaviour}
    return _RETURNED_WHEN_UNVERIFIED if WHEN_UNVERIFIED in options else {}


def _returned_object(resource: Resource) -> dict[str, Any]:
    return {
        "description": [
            f"The {spoken(resource.kind)} as it is now, or as it will be in check mode"
            + ("." if resource.permanent else "; null when it is absent."),
            "After a creation it holds what was sent. What only the server decides is null in check mode.",
        ],
        "returned": "success",
        "type": "dict",
        "contains": {field.name: _returned_field(field) for field in resource.fields if field.readable},
    }


def _returned_field(field: Field) -> dict[str, Any]:
    documented: dict[str, Any] = {
        "description": _plain(field.doc),
        "returned": "when the server tells it, or when it was sent",
        "type": field.option_type,
    }
    if field.elements:
        documented["elements"] = field.elements
    if isinstance(field, Nested):
        documented["contains"] = {leaf.name: _returned_field(leaf) for leaf in field.fields if leaf.readable}
    return documented


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _plain(doc: str) -> str:
    """The first sentence: what the value means, without advice on setting it."""
    return re.split(r"(?<=[.]) ", doc)[0]


def _plain_list(description: str, returned: str) -> dict[str, Any]:
    return {"description": description, "returned": returned, "type": "list", "elements": "str"}


_UNVERIFIED = _plain_list(
    "Options that cannot be compared with the server, since it does not return them, passwords that were sent among "
    "them.",
    "success",
)
_SECRETS: dict[str, Any] = {
    "description": "For each list of RV(config), the options that are secret. No server returns them, so they are "
    "missing there; they are needed only where an object has to be created anew.",
    "returned": "success",
    "type": "dict",
    "sample": {"users": ["password"]},
}
_RETURNED_OF_OBJECT: dict[str, Any] = {
    "changes": _plain_list("Names of the options whose values change. Empty for a deletion.", "success"),
    "unverified": _UNVERIFIED,
    "pending": {
        "description": "The server has not finished yet, or wants something done elsewhere first.",
        "returned": "when that is so",
        "type": "bool",
    },
}
_RETURNED_OF_CONFIG: dict[str, Any] = {
    "summary": {
        "description": "How many objects were created, updated, deleted, found unchanged, and failed. In check mode, "
        "what a run "
        "would do.",
        "returned": "success and failure after planning",
        "type": "dict",
        "sample": {"created": 1, "updated": 2, "deleted": 0, "unchanged": 40, "failed": 0},
    },
    "results": {
        "description": "The objects that change, one by one. Unchanged ones are only counted.",
        "returned": "success and failure after planning",
        "type": "list",
        "elements": "dict",
        "contains": {
            "object": {"description": "Kind and name.", "type": "str", "returned": "always"},
            "action": {"description": "V(create), V(update) or V(delete).", "type": "str", "returned": "always"},
            "status": {
                "description": "V(done), V(pending) where the server finishes later or wants something first, "
                "V(failed), V(unfinished) and V(not_done) after a failure, or V(planned) in check mode.",
                "type": "str",
                "returned": "always",
            },
            "changes": _plain_list("Names of the options whose values change.", "for an update"),
            "unverified": {**_UNVERIFIED, "returned": "when there are any"},
            "error": {"description": "What went wrong.", "type": "str", "returned": "when the object failed"},
        },
    },
}
_RETURNED_WHEN_UNVERIFIED: dict[str, Any] = {
    "dns_record": {
        "description": "The record that the server looks for, ready for a module that manages a DNS zone. In the "
        "results of a whole document, it stands with the domain.",
        "returned": "when the record is missing",
        "type": "dict",
        "contains": {
            "name": {
                "description": "Full name of the record, without a dot at its end.",
                "type": "str",
                "returned": "always",
            },
            "type": {"description": "V(TXT).", "type": "str", "returned": "always"},
            "value": {"description": "Text of the record.", "type": "str", "returned": "always"},
        },
    },
}
_RETURNED_ALWAYS: dict[str, Any] = {
    "assumed": _plain_list(
        "Objects that do not exist and that check mode takes as coming from an earlier task.",
        "in check mode, when there are any",
    ),
    "failure": {
        "description": "The failure as data.",
        "returned": "failure",
        "type": "dict",
        "contains": {
            "system": {"description": "The system.", "type": "str", "returned": "always"},
            "method": {"description": "The call that failed, if it was one.", "type": "str", "returned": "always"},
            "code": {"description": "What the server gave as a code.", "type": "raw", "returned": "always"},
            "message": {"description": "The reason.", "type": "str", "returned": "always"},
            "object": {"description": "Kind and name of the object.", "type": "str", "returned": "always"},
            "retryable": {"description": "Whether trying again can help.", "type": "bool", "returned": "always"},
        },
    },
    "api": {
        "description": "What the run cost: calls, the writes and logins among them, pages of lists, and a line for "
        "each call without secrets. Items of a loop share a session, whose end is not among them.",
        "returned": "with a verbosity of 3 or more",
        "type": "dict",
    },
}


def _fragment(system: System) -> str:
    document = {
        "requirements": ["requests >= 2.28 on the host that runs the module"],
        "options": _options(connection_options(system)),
    }
    return FRAGMENT.format(title=system.title, documentation=_yaml(document))


def _kept_examples(path: str, module: Module) -> str:
    file = ROOT / path
    match = re.search(r'EXAMPLES = r"""\n---\n(.*?)"""', file.read_text(), re.DOTALL) if file.exists() else None
    return match[1] if match else f"- name: To be written\n  {COLLECTION}.{module.name}:\n"


class _Dumper(yaml.SafeDumper):
    """Lists are indented under their names, as Ansible's own documentation has them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _yaml(data: Any) -> str:
    # A line ends after the word that crosses the width, and some words are long: O(config.users[].force=true).
    text: str = yaml.dump(data, Dumper=_Dumper, sort_keys=False, width=72, allow_unicode=True)
    return text


def main() -> int:
    different = []
    names = {argument for argument in sys.argv[1:] if not argument.startswith("-")}
    for path, text in files().items():
        if names and Path(path).stem not in names:
            continue
        file = ROOT / path
        if not file.exists() or file.read_text() != text:
            different.append(path)
            if "--check" not in sys.argv:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text)
    for path in different:
        print(path)
    return 1 if different and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
