"""A review desk for the tests: an application over the sample records, and a client that sends as the page does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from extractor.model import Record
from extractor.review.app import create_app
from extractor.review.database import DecisionStore

ORIGIN = "http://localhost"


class Client:
    """Sends requests as the desk's own page would; every header can be replaced."""

    def __init__(self, folder: Path, records: list[Record], name: str = "Lan") -> None:
        self.store = DecisionStore(folder / "review.sqlite3")
        self.app = create_app(records, self.store)
        self.desk = self.app.extensions["desk"]
        self.http: FlaskClient = self.app.test_client()
        if name:
            self.post("/api/reviewer", {"name": name})

    def post(self, path: str, body: Any, **headers: str) -> Any:
        given = {"Origin": ORIGIN, "X-Desk-Token": self.desk.token, **headers}
        return self.http.post(path, json=body, headers=given)

    def decide(self, action: str, base: int = 0, **body: Any) -> Any:
        return self.post("/api/decisions", {"article": "suoi-bac-2014", "action": action, "base": base, **body})
