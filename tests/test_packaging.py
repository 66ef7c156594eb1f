"""The wheel: only onrecord/, with all that it needs to run."""

import re
import subprocess
import sys
import tomllib
import zipfile
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    (file,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(file).namelist())


def test_a_wheel_puts_onrecord_into_site_packages_and_nothing_else(wheel: set[str]) -> None:
    tops = {name.split("/")[0] for name in wheel}
    assert [top for top in tops if not top.endswith(".dist-info")] == ["onrecord"]
    assert "onrecord/__init__.py" not in wheel


def test_a_wheel_holds_every_module_and_every_data_file(wheel: set[str]) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "graph", "loaders", "queries"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    there = [name for name in tracked if (ROOT / name).exists()]
    assert {Path(name).suffix for name in there} >= {".py", ".yaml", ".cypher"}
    assert {f"onrecord/{name}" for name in there} <= wheel


def project() -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return table


def test_the_command_is_there() -> None:
    module, _, name = project()["scripts"]["onrecord"].partition(":")
    assert callable(getattr(import_module(module), name))


def test_pinned_releases_are_within_the_projects_ranges() -> None:
    from packaging.requirements import Requirement

    pins = dict(
        re.findall(r"^([\w.-]+)==(\S+)$", (ROOT / "constraints.txt").read_text(), re.MULTILINE)
    )
    pins = {name.lower().replace("_", "-"): version for name, version in pins.items()}
    groups = project()["optional-dependencies"].values()
    for line in (*project()["dependencies"], *(line for group in groups for line in group)):
        wanted = Requirement(line)
        name = wanted.name.lower().replace("_", "-")
        if name not in ("onrecord", "kglite"):
            assert pins[name] in wanted.specifier, line


def test_nothing_committed_names_a_host_of_a_registry() -> None:
    assert "://" not in (ROOT / "constraints.txt").read_text()
