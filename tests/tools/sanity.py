# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later

"""``ansible-test sanity`` on the oldest and the newest ansible-core, with no containers and no ignored findings.

ansible-test keeps its many small environments under the home directory. Each run has one of its own in
``.cache/sanity``, so that nobody's is touched, a second run is quick, and both cores can be tested at the same time.
"""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.tools.clean_copy import sync_copy
from tests.tools.collection import CACHE, ROOT
from tests.tools.venvs import find_interpreters

SANITY = CACHE / "sanity"
RESULTS = CACHE / "results"
DOWNLOAD = "https://ci-files.testing.ansible.com/ansible-test/get-pip-{}.py"

# Asks an ansible-core what its environments are to hold before anything else, for the Python versions given.
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


def main() -> int:
    """Run all sanity tests; the exit code is 0 when every core is content."""
    check_ignore_files()
    interpreters = find_interpreters()
    link_interpreters(list(interpreters.values()))
    versions = [f"{major}.{minor}" for major, minor in interpreters if (major, minor) >= (3, 9)]
    with ThreadPoolExecutor() as pool:
        content = list(pool.map(lambda core: test_core(core, versions), ("oldest", "newest")))
    return 0 if all(content) else 1


def test_core(core: str, versions: list[str]) -> bool:
    """All tests on one core; whether it is content."""
    provide_bootstraps(core, versions)
    content = run(core, sync_copy(SANITY / core))
    if not content:
        print(f"{core}: failed; everything it said is in {RESULTS / f'sanity-{core}.log'}", flush=True)
    return content


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


def provide_bootstraps(core: str, versions: list[str]) -> None:
    """Write ansible-test's pip bootstrap scripts where its download does not work."""
    ask = [str(ROOT / f".venv-{core}" / "bin" / "python"), "-c", ASK_PACKAGES, *versions]
    answer = subprocess.run(ask, stdout=subprocess.PIPE, text=True, check=True).stdout
    for packages in {tuple(line.split()) for line in answer.splitlines()}:
        (pip,) = (package.removeprefix("pip==") for package in packages if package.startswith("pip=="))
        script = SANITY / core / ".ansible" / "test" / "cache" / f"get_pip_{pip.replace('.', '_')}.py"
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


def can_download(url: str) -> bool:
    """Whether the file is to be had the way ansible-test tries it: directly, without a proxy."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(urllib.request.Request(url, method="HEAD"), timeout=10) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def run(core: str, copy: Path) -> bool:
    """Run ansible-test; False when a test fails or warns. What pip says goes to a file alone."""
    commands = ROOT / f".venv-{core}" / "bin"
    path = os.pathsep.join([str(commands), str(SANITY / "pythons"), os.environ["PATH"]])
    warned = False
    log = RESULTS / f"sanity-{core}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with (
        log.open("w") as file,
        subprocess.Popen(
            [str(commands / "ansible-test"), "sanity", "--color", "no"],
            cwd=copy,
            env=dict(os.environ, HOME=str(SANITY / core), PATH=path),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process,
    ):
        for line in process.stdout or ():
            file.write(line)
            if line.startswith(SHOWN):
                print(f"{core}: {line}", end="", flush=True)
            warned |= line.startswith("WARNING:") and not any(text in line for text in HARMLESS)
    return process.returncode == 0 and not warned


if __name__ == "__main__":
    sys.exit(main())
