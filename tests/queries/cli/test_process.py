"""The process: how it starts and how it ends."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.graph.workspace import Workspace

Run = Callable[..., Any]
Started = Callable[..., subprocess.Popen[bytes]]


def test_an_unknown_command_is_a_usage_error(run: Run) -> None:
    assert run("bild").status == 2
    assert run("build").status == 2


def test_a_fault_of_ours_is_said_without_a_traceback(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Workspace) -> object:
        raise KeyError("gone")

    monkeypatch.setattr(Workspace, "readings", broken)
    ran = run("export", "-w", home)
    assert ran.status == 1
    assert "fault of onrecord: KeyError: 'gone'" in ran.err
    assert "Traceback" not in ran.err


def test_help_answers_at_once_and_loads_no_model(tmp_path: Path) -> None:
    script = (
        "import sys; from onrecord.queries.cli import main\n"
        "try: main(['--help'])\n"
        "finally: print([m for m in ('spacy', 'networkx', 'kglite', 'neo4j') if m in sys.modules])"
    )
    command = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert command.stdout.splitlines()[-1] == "[]"


def test_a_reader_that_goes_away_ends_it_quietly(home: Path, started: Started) -> None:
    command = started("export", "-w", str(home), cwd=home)
    assert command.stdout
    command.stdout.close()
    _, err = command.communicate()
    assert err == b""


def test_ctrl_c_ends_it_without_a_traceback_and_keeps_what_was_read(
    tmp_path: Path, words: str, started: Started
) -> None:
    lines = [json.dumps({"id": f"{n:03}", "text": words * 9}) for n in range(200)]
    (tmp_path / "many.jsonl").write_text("\n".join(lines))
    command = started("build", "many.jsonl", cwd=tmp_path)
    file = tmp_path / ".onrecord/workspace.sqlite"
    kept = 0
    while not kept:
        time.sleep(0.05)
        assert command.poll() is None, command.communicate()
        if file.exists() and file.stat().st_size:
            with Workspace(file) as workspace:
                kept = len(workspace.readings())
    command.send_signal(signal.SIGINT)
    _, err = command.communicate()
    assert command.returncode not in (0, None)
    assert b"Traceback" not in err
    with Workspace(file) as workspace:
        assert kept <= len(workspace.readings()) < 200
