"""A local Neo4j Community server, from Maven Central; for development and for the tests.

    python .dev/neo4j_server.py start   fetch it where it is missing, start it, say how to reach it
    python .dev/neo4j_server.py stop    end it

Everything lies under .neo4j/: the jars in lib/ and their classes as a brief server has them in
memory, the server's data, logs and password in home/.
"""

import ctypes
import fcntl
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from neo4j import GraphDatabase
from neo4j.exceptions import AuthError, DriverError, Neo4jError

ROOT = Path(__file__).resolve().parent.parent / ".neo4j"
LIB = ROOT / "lib"
CLASSES = ROOT / "classes.jsa"
PORT = 17687
"""Not Neo4j's own, so that a server that is there already is left alone."""

_OPENS = [
    f"--add-opens=java.base/{name}=ALL-UNNAMED"
    for name in ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
]


def missing() -> str | None:
    """What this machine lacks to run a server, None where nothing."""
    if not shutil.which("java"):
        return "Java 17 or 21 is missing (Debian: apt-get install default-jre-headless)"
    if not LIB.is_dir() and not shutil.which("mvn"):
        return "Maven is missing, which fetches Neo4j (Debian: apt-get install maven)"
    return None


def fetch() -> None:
    """Fetch the jars (123 MB) once; several processes may ask at the same time."""
    ROOT.mkdir(exist_ok=True)
    with (ROOT / "fetch.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not LIB.is_dir():
            _fetch_jars()
        if not CLASSES.exists():
            _keep_classes()


def _fetch_jars() -> None:
    print("Fetching Neo4j from Maven Central (123 MB) ...", file=sys.stderr)
    partial = LIB.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    subprocess.run(
        ["mvn", "-q", "-B", "-f", Path(__file__).with_name("pom.xml"),
         "dependency:copy-dependencies", "-DincludeScope=runtime",
         f"-DoutputDirectory={partial}"],
        check=True, stdout=sys.stderr,
    )  # fmt: skip
    partial.rename(LIB)


def _keep_classes() -> None:
    """Have a brief server write down its classes as it ends: those after it start sooner."""
    with tempfile.TemporaryDirectory(dir=ROOT) as home:
        first = Server(Path(home), brief=True)
        first.run()
        first.stop()


class Server:
    """A server in a folder of its own; start and stop may be repeated."""

    user = "neo4j"

    def __init__(self, home: Path, port: int | None = None, *, brief: bool = False) -> None:
        """``brief`` is for a server that works for some minutes only."""
        self.home, self.port, self.brief = home, port or _free_port(), brief
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def uri(self) -> str:
        return f"neo4j://127.0.0.1:{self.port}"

    @property
    def address(self) -> str:
        """The URI with user and password in it."""
        return f"neo4j://{self.user}:{self.password}@127.0.0.1:{self.port}"

    @property
    def password(self) -> str:
        file = self.home / "password"
        if not file.exists():
            self.home.mkdir(parents=True, exist_ok=True)
            file.touch(mode=0o600)
            file.write_text(secrets.token_urlsafe(12))
        return file.read_text()

    def start(self, *, survive: bool = False) -> None:
        """Start it and wait until it answers; unless told to survive, it dies with its parent."""
        fetch()
        self.run(survive=survive)

    def run(self, *, survive: bool = False) -> None:
        """As start, of what is fetched."""
        conf = self.home / "conf"
        conf.mkdir(parents=True, exist_ok=True)
        settings = (f"{key}={value}\n" for key, value in self.settings().items())
        (conf / "neo4j.conf").write_text("".join(settings))
        with (self.home / "output").open("ab") as output:
            self.process = subprocess.Popen(
                self.command(), stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                start_new_session=survive, preexec_fn=None if survive else _die_with_parent,
            )  # fmt: skip
        try:
            self._await()
        except BaseException:
            self.kill()
            raise

    def settings(self) -> dict[str, str]:
        """What neo4j.conf says."""
        return {
            "server.default_listen_address": "127.0.0.1",
            "server.bolt.listen_address": f"127.0.0.1:{self.port}",
            "server.http.enabled": "false",
            "server.https.enabled": "false",
            "dbms.usage_report.enabled": "false",
            "server.memory.pagecache.size": "256m",
            "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",
        }

    def command(self) -> list[str]:
        """What runs it."""
        lightly: list[str] = []
        if self.brief:  # it compiles little and knows its classes: a third of the time to start
            classes = "SharedArchiveFile" if CLASSES.exists() else "ArchiveClassesAtExit"
            lightly = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", f"-XX:{classes}={CLASSES}"]
        return [
            *("java", "-Xms512m", "-Xmx1g", *lightly, *_OPENS, "-cp", f"{LIB}/*"),
            "org.neo4j.server.CommunityEntryPoint",
            *(f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}"),
        ]

    def stop(self) -> None:
        """End it as it wishes to be ended: its data stays."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once, in the midst of whatever it does."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self.process:
            self.process.send_signal(how)
            self.process.wait(120)
            self.process = None

    def _await(self) -> None:
        deadline = time.monotonic() + 120
        while not self._answers():
            ended = self.process and self.process.poll() is not None
            if ended or time.monotonic() > deadline:
                output = (self.home / "output").read_text(errors="replace")[-2000:]
                raise RuntimeError(f"Neo4j did not start.\n{output}")
            time.sleep(0.2)

    def _answers(self) -> bool:
        """Whether it answers to its password; a new server, which has none, is given it."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                pass
            try:
                self._ask(self.password, "RETURN 1")
            except AuthError:
                self._ask(
                    "neo4j", "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password",
                    password=self.password, database_="system",
                )  # fmt: skip
        except (OSError, DriverError, Neo4jError):
            return False
        return True

    def _ask(self, password: str, cypher: str, /, **options: Any) -> None:
        with GraphDatabase.driver(self.uri, auth=(self.user, password)) as driver:
            driver.execute_query(cypher, **options)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def _running(file: Path) -> int | None:
    """The id of the server's process, if it runs and is one."""
    try:
        pid = int(file.read_text())
        command = subprocess.run(
            ["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
        )
    except (OSError, ValueError):
        return None
    return pid if "CommunityEntryPoint" in command.stdout else None


def main(command: str) -> None:
    """Start or stop the server of this checkout."""
    server, file = Server(ROOT / "home", PORT), ROOT / "pid"
    pid = _running(file)
    if command == "stop":
        if pid:
            os.kill(pid, signal.SIGTERM)
            while _running(file):
                time.sleep(0.2)
        file.unlink(missing_ok=True)
        return
    if not pid:
        if lack := missing():
            sys.exit(f"{lack}.")
        server.start(survive=True)
        assert server.process
        file.write_text(str(server.process.pid))
    reach = {"URI": server.uri, "USERNAME": server.user, "PASSWORD": server.password}
    print("export", *(f"NEO4J_{key}={value}" for key, value in reach.items()))


if __name__ == "__main__":
    if sys.argv[1:] not in (["start"], ["stop"]):
        sys.exit(__doc__)
    main(sys.argv[1])
