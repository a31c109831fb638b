"""Starting the desk: records read, the database opened beside them, the server bound, the browser opened."""

from __future__ import annotations

import errno
import ipaddress
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from extractor.errors import UsageError

THREADS = 8
LARGEST_REQUEST = 16 * 2**20 + 4096


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen; port 0 takes any free one. `names`: host names that the desk answers to besides addresses."""

    host: str = "127.0.0.1"
    port: int = 8765
    names: tuple[str, ...] = ()

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach it."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def beside(records: Path) -> Path:
    """The database of decisions that belongs to a file or folder of records."""
    whole = records.resolve()
    return whole.with_name(f"{whole.name}.review.sqlite3")


def serve(records: Path, address: Address, db: Path | None, *, browse: bool, say: Callable[[str], None]) -> None:
    """Serve until interrupted. Raises UsageError for records without text, a busy port, a database that is none."""
    try:
        import waitress  # noqa: PLC0415 (both belong to an extra)

        from extractor.review.app import create_app  # noqa: PLC0415
    except ImportError as error:
        raise UsageError(
            f"{error.name} is not installed; install it with: pip install 'extractor-vi[review]'"
        ) from error
    from extractor.review.database import DecisionStore  # noqa: PLC0415
    from extractor.web.records import read_records  # noqa: PLC0415

    database = db or beside(records)
    app = create_app(read_records(records), DecisionStore(database), hosts=frozenset({*address.names, address.host}))
    try:
        server = waitress.create_server(
            app, host=address.host, port=address.port, threads=THREADS,
            max_request_body_size=LARGEST_REQUEST, ident=None, clear_untrusted_proxy_headers=True,
        )  # fmt: skip
    except ValueError as error:
        raise UsageError(f"{address.host!r} is no address of this machine; name one with --host") from error
    except OSError as error:
        remedy = "name another port with --port, 0 for any"
        if error.errno == errno.EADDRNOTAVAIL:
            remedy = "name an address of this machine with --host"
        raise UsageError(f"{address.host}:{address.port}: {error.strerror or error}; {remedy}") from error
    url = f"http://{_shown(address.host)}:{server.effective_port}/"
    say(f"{url}  (decisions: {database}; stop with Ctrl+C)")
    if not address.is_local:
        say("warning: whoever reaches this address can read the articles and decide on them")
    if browse:
        threading.Timer(0.3, webbrowser.open, (url,)).start()
    try:
        server.run()
    finally:
        server.close()


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
