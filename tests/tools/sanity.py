# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later

"""``ansible-test sanity`` on the oldest and the newest ansible-core, with no containers and no ignored findings.

Every test runs on the newest core, and on the oldest those whose answer depends on the core (see CONTRIBUTING). Much
of it keeps one processor busy at a time, so it is divided into lanes that run side by side. ansible-test keeps its many
small environments under the home directory: each lane has one of its own in ``.cache/sanity``, so that nobody's is
touched, a second run is quick, and no lane disturbs another.
"""

from __future__ import annotations

import functools
import os
import subprocess
import sys
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.tools.clean_copy import sync_copy
from tests.tools.collection import CACHE, ROOT
from tests.tools.venvs import find_interpreters

SANITY = CACHE / "sanity"
RESULTS = CACHE / "results"
DOWNLOAD = "https://ci-files.testing.ansible.com/ansible-test/get-pip-{}.py"

# What is answered by ansible-core itself: whether it can read the documentation, what its own checks know. All other
# tests look at text alone, and the newest core has the strictest ones.
OF_THE_CORE = ("action-plugin-docs", "ansible-doc", "runtime-metadata", "validate-modules")

# Asks an ansible-core which Python versions it knows, and what the environments of those given are to hold before
# anything else.
ASK_VERSIONS = """
from ansible_test._internal.constants import SUPPORTED_PYTHON_VERSIONS
print(*SUPPORTED_PYTHON_VERSIONS)
"""
ASK_PACKAGES = """
import sys
from ansible_test._internal.host_configs import VirtualPythonConfig
from ansible_test._internal.python_requirements import get_venv_packages
for version in sys.argv[1:]:
    packages = get_venv_packages(VirtualPythonConfig(version=version, path=sys.executable))
    print(*(f"{name}=={packages[name]}" for name in packages))
"""

# Does what the downloaded script would do, from wheels that were fetched once; pip runs from its own wheel.
BOOTSTRAP = """\
import subprocess
import sys

packages = [argument for argument in sys.argv[1:] if "==" in argument]
pip = [sys.executable, {wheel!r} + "/pip", "install", "--quiet", "--no-index", "--find-links", {wheels!r}]
subprocess.run([*pip, *packages], check=True)
"""

# Warnings that say something about the machine and nothing about the collection; any other is a failure.
HARMLESS = ("because it could not be found.", 'WARNING: Using locale "', "WARNING: Reviewing previous")
SHOWN = ("Running ", "WARNING: ", "ERROR: ", "FATAL: ", "See documentation")


@dataclass(frozen=True)
class Lane:
    """Runs of ansible-test, one after the other: the ansible-core, and what is said behind ``ansible-test sanity``."""

    name: str
    core: str
    runs: tuple[tuple[str, ...], ...]

    @property
    def home(self) -> Path:
        return SANITY / self.name

    @property
    def log(self) -> Path:
        return RESULTS / f"sanity-{self.name}.log"


def main() -> int:
    """Run all sanity tests; the exit code is 0 when every lane is content."""
    check_ignore_files()
    interpreters = find_interpreters()
    link_interpreters(list(interpreters.values()))
    versions = [f"{major}.{minor}" for major, minor in sorted(interpreters) if (major, minor) >= (3, 9)]
    for lane in (lanes := make_lanes(versions)):
        provide_bootstraps(lane, versions)
    with ThreadPoolExecutor(len(lanes)) as pool:
        content = list(pool.map(run_lane, lanes))
    return 0 if all(content) else 1


def make_lanes(versions: list[str]) -> list[Lane]:
    """Every Python version is tested with one core, the lowest with both. ``versions`` are sorted."""
    middle = (len(versions) + 1) // 2
    oldest = importing("oldest", versions[:middle])
    newest = importing("newest", [*versions[:1], *versions[middle:]])
    of_the_core = tuple(word for name in OF_THE_CORE for word in ("--test", name))
    return [
        Lane("newest", "newest", (("--skip-test", "import"),)),
        Lane("newest-import", "newest", newest),
        Lane("oldest", "oldest", (of_the_core, *oldest)),
    ]


def importing(core: str, versions: list[str]) -> tuple[tuple[str, ...], ...]:
    """Imports of everything, on those of the Python versions that the core knows."""
    known = ask(core, ASK_VERSIONS).split()
    return tuple(("--test", "import", "--python", version) for version in versions if version in known)


def run_lane(lane: Lane) -> bool:
    """All of a lane; whether it is content."""
    lane.log.parent.mkdir(parents=True, exist_ok=True)
    lane.log.unlink(missing_ok=True)
    copy = sync_copy(lane.home)
    content = [run(lane, arguments, copy) for arguments in lane.runs]
    if not all(content):
        print(f"{lane.name}: failed; everything it said is in {lane.log}", flush=True)
    return all(content)


def check_ignore_files() -> None:
    """Stop when somebody has silenced a finding."""
    silenced = [path.name for path in ROOT.glob("tests/sanity/ignore-*.txt") if path.read_text().strip()]
    if silenced:
        sys.exit(f"sanity: {', '.join(silenced)}: mend the findings instead of ignoring them")


def link_interpreters(pythons: list[str]) -> None:
    """A directory of links to complete interpreters, named as ansible-test looks for them (``python3.12``)."""
    folder = SANITY / "pythons"
    folder.mkdir(parents=True, exist_ok=True)
    for python in pythons:
        name = subprocess.run(
            [python, "-c", "import sys; print('python%d.%d' % sys.version_info[:2])"],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout.strip()
        link = folder / name
        link.unlink(missing_ok=True)
        link.symlink_to(Path(python).resolve())


def ask(core: str, program: str, *arguments: str) -> str:
    """What a program says that runs in the environment of an ansible-core."""
    python = str(ROOT / f".venv-{core}" / "bin" / "python")
    return subprocess.run([python, "-c", program, *arguments], stdout=subprocess.PIPE, text=True, check=True).stdout


def provide_bootstraps(lane: Lane, versions: list[str]) -> None:
    """Write ansible-test's pip bootstrap scripts where its download does not work."""
    answer = ask(lane.core, ASK_PACKAGES, *versions)
    for packages in {tuple(line.split()) for line in answer.splitlines()}:
        (pip,) = (package.removeprefix("pip==") for package in packages if package.startswith("pip=="))
        script = lane.home / ".ansible" / "test" / "cache" / f"get_pip_{pip.replace('.', '_')}.py"
        if not script.exists() and not can_download(DOWNLOAD.format(pip)):
            wheels = fetch_wheels(packages)
            wheel = wheels / f"pip-{pip}-py3-none-any.whl"
            script.parent.mkdir(parents=True, exist_ok=True)
            script.write_text(BOOTSTRAP.format(wheel=str(wheel), wheels=str(wheels)))


def fetch_wheels(packages: tuple[str, ...]) -> Path:
    """Fetch wheels; return the directory that they and nothing else are in."""
    folder = SANITY / "wheels" / "-".join(packages).replace("==", "-")
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--no-deps", "--only-binary=:all:", "--dest", str(folder), *packages], check=True)
    return folder


@functools.cache
def can_download(url: str) -> bool:
    """Whether the file is to be had the way ansible-test tries it: directly, without a proxy."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(urllib.request.Request(url, method="HEAD"), timeout=10) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def run(lane: Lane, arguments: tuple[str, ...], copy: Path) -> bool:
    """Run ansible-test; False when a test fails or warns. What pip says goes to a file alone."""
    commands = ROOT / f".venv-{lane.core}" / "bin"
    path = os.pathsep.join([str(commands), str(SANITY / "pythons"), os.environ["PATH"]])
    warned = False
    with (
        lane.log.open("a") as file,
        subprocess.Popen(
            [str(commands / "ansible-test"), "sanity", "--color", "no", *arguments],
            cwd=copy,
            env=dict(os.environ, HOME=str(lane.home), PATH=path),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process,
    ):
        for line in process.stdout or ():
            file.write(line)
            if line.startswith(SHOWN):
                print(f"{lane.name}: {line}", end="", flush=True)
            warned |= line.startswith("WARNING:") and not any(text in line for text in HARMLESS)
    return process.returncode == 0 and not warned


if __name__ == "__main__":
    sys.exit(main())
