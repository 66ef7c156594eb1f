"""A command as it is run, and a workspace that one made."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from onrecord.queries.cli import main


class Ran(NamedTuple):
    """What a command left."""

    status: int
    out: str
    err: str


@pytest.fixture(scope="session")
def words() -> str:
    """An article."""
    return (
        "The Harbour Union accused Ann Lee of neglect on Monday.\n"
        "Ann Lee, director of the Port Authority, criticised the Harbour Union.\n"
        "“The night shift plan is reckless,” said Tom Okoro, secretary of the Harbour Union.\n"
    )


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs a command in this process."""

    def run(*arguments: str | Path) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        status = ended.value.code
        return Ran(status if isinstance(status, int) else 0, *capsys.readouterr())

    return run


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory, words: str) -> Path:
    """A workspace built from the article; nobody writes to it."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "harbour.txt").write_text(words, "utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["build", str(folder / "harbour.txt"), "-w", str(folder / "home")])
    assert not ended.value.code
    return folder / "home"


@pytest.fixture
def started() -> Callable[..., subprocess.Popen[bytes]]:
    """Starts a command in a process of its own."""

    def start(*arguments: str, cwd: Path, **environment: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-c", "from onrecord.queries.cli import main; main()", *arguments],
            cwd=cwd,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    return start
