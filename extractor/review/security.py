"""What keeps other sites, other hosts and the articles themselves from using the desk.

* Host: only names that we answer to, so that a foreign name rebound to this address (DNS rebinding) is refused.
  An address written in digits cannot be rebound and is always one of ours.
* Writes: the page's own token in a header, and an Origin that is the host itself.
* Answers: a policy under which only the desk's own files run, and no one may frame them.
"""

from __future__ import annotations

import hmac
import ipaddress
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Flask, Request, Response, abort, request

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
TOKEN_HEADER = "X-Desk-Token"  # noqa: S105 (the header's name)
SAFE = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class Guard:
    """The hosts that we answer to, besides addresses in digits, and the token that writes must carry."""

    token: str
    hosts: frozenset[str] = frozenset({"localhost"})

    def install(self, app: Flask) -> None:
        """Check every request before anything else, and set the headers of every answer."""
        app.before_request(self.check)
        app.after_request(protect)

    def check(self) -> None:
        """Refuse foreign hosts, and writes that do not come from our own page."""
        if not self.knows(request.host):
            abort(HTTPStatus.MISDIRECTED_REQUEST)
        if request.method not in SAFE and not self._ours(request):
            abort(HTTPStatus.FORBIDDEN)

    def knows(self, host: str) -> bool:
        """Whether a Host header names this desk."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        return name in self.hosts or _is_address(name)

    def _ours(self, sent: Request) -> bool:
        origin = urlsplit(sent.headers.get("Origin", ""))
        same = origin.scheme in {"http", "https"} and origin.netloc == sent.host
        given = sent.headers.get(TOKEN_HEADER, "").encode("utf-8", "replace")
        return same and hmac.compare_digest(given, self.token.encode())


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def protect(response: Response) -> Response:
    """The headers of every answer."""
    for name, value in HEADERS.items():
        response.headers[name] = value
    response.headers.setdefault("Cache-Control", "no-store")
    return response
