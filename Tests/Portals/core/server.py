"""The server: takes requests, lets the faults act, writes the log."""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import json
import re
import sys
import threading
import time
import traceback
from collections.abc import Mapping
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TextIO

from core.faults import Faults
from core.messages import Problem, Reply, Request, missing
from core.portal import Portal

MODIFIED = formatdate(1_793_502_000, usegmt=True)
"""When all invented rows were last changed."""


class Server(ThreadingHTTPServer):
    """All portals on one port."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, host: str, port: int, portals: Mapping[str, Portal], faults: Faults, log: TextIO) -> None:
        super().__init__((host, port), Handler)
        self.portals = portals
        self.faults = faults
        self.log = log
        self.lock = threading.Lock()

    def reply(self, request: Request) -> Reply:
        """The answer to a request, faults included."""
        segments = request.segments
        try:
            if segments == ["_portal", "fault"] and request.method == "POST":
                return self.changed(request)
            if segments[:1] == ["elsewhere"]:
                return Reply({"detail": "A redirect was followed.", "results": [], "data": [], "sessions": []})
            portal = self.portals.get(segments[0]) if segments else None
            if portal is None:
                raise missing()
            turn, faults = self.faults.turn(portal, request)
            for fault in faults:
                turn = dataclasses.replace(turn, request=fault.understood(turn))
            for fault in faults:
                instead = fault.before(turn)
                if instead is not None:
                    return instead
            reply = portal.answer(turn.request, portal.shown(faults))
            for fault in faults:
                reply = fault.after(turn, reply)
            is_kept = request.method in ("GET", "HEAD") and portal.has_validators and not reply.is_cut
            if reply.status == 200 and is_kept:
                reply = with_validators(reply, changes_rows=any(fault.changes_rows for fault in faults))
            return reply
        except Problem as problem:
            return problem.reply

    def changed(self, request: Request) -> Reply:
        """Sets the faults: `POST /_portal/fault?profile=shrink,revoked`."""
        try:
            self.faults.set(request.value("profile") or "")
        except ValueError as error:
            raise Problem(400, {"detail": str(error)}) from error
        return Reply({"faults": [fault.name for fault in self.faults.active]})

    def note(self, entry: Mapping[str, object]) -> None:
        """Writes a line of the log."""
        with self.lock:
            self.log.write(json.dumps(entry) + "\n")
            self.log.flush()


def with_validators(reply: Reply, changes_rows: bool) -> Reply:
    """The reply with its ETag and the time of its last change."""
    tag = hashlib.sha256(reply.content).hexdigest()[:32]
    validators = {"ETag": f'"{tag}"', "Cache-Control": "max-age=0, must-revalidate"}
    if not changes_rows:
        validators["Last-Modified"] = MODIFIED
    return dataclasses.replace(reply, headers={**reply.headers, **validators})


class Handler(BaseHTTPRequestHandler):
    """Reads a request and writes the reply."""

    protocol_version = "HTTP/1.1"
    server_version = "portals"
    sys_version = ""
    timeout = 60
    # Headers and body leave together.
    wbufsize = 1 << 16
    disable_nagle_algorithm = True
    server: Server

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the log is the server's."""

    def do_GET(self) -> None:
        """Answers, whatever the method is."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        origin = f"http://{self.headers.get('Host') or '127.0.0.1'}"
        request = Request.parsed(self.command, self.path, origin, dict(self.headers.items()), body)
        try:
            reply = self.server.reply(request)
        except Exception:
            # A fault of this program: a test must see it, not a portal that seems flaky.
            traceback.print_exc(file=sys.stderr)
            reply = Reply({"detail": "the stand-in failed on this request"}, 400)
        status = 0
        try:
            status = self.write(reply)
        except OSError:
            self.close_connection = True
        self.server.note(
            {
                "time": round(time.time(), 3),
                "method": self.command,
                "path": self.path,
                "status": status,
                "conditional": "If-None-Match" in self.headers or "If-Modified-Since" in self.headers,
                "gzip": self.accepts_gzip,
                "agent": self.headers.get("User-Agent", ""),
                "auth": "Authorization" in self.headers,
                "followed_redirect": request.segments[:1] == ["elsewhere"],
            }
        )

    do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_GET

    @property
    def accepts_gzip(self) -> bool:
        """Whether the client takes compressed answers."""
        return re.search(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\b)", self.headers.get("Accept-Encoding") or "") is not None

    def write(self, reply: Reply) -> int:
        """Sends a reply and returns its status; 0 when there was none."""
        if reply.silence:
            self.keep_silent(reply.silence)
            return 0
        status, content, headers = reply.status, reply.content, {"Content-Type": "application/json", **reply.headers}
        if self.is_unchanged(headers):
            status, content = 304, b""
        elif len(content) > 512 and self.accepts_gzip and not reply.is_cut:
            content = gzip.compress(content, 5, mtime=0)
            headers["Content-Encoding"] = "gzip"
            if "ETag" in headers:
                # The same content in other bytes is no strong match.
                headers["ETag"] = "W/" + headers["ETag"]
        length = len(content)
        if reply.is_cut:
            content = content[: max(1, length * 3 // 5)]
            self.close_connection = True
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(length))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)
        return status

    def is_unchanged(self, headers: Mapping[str, str]) -> bool:
        """Whether the client has this answer (RFC 9110, 13.2.2: a tag goes before a date)."""
        if "ETag" not in headers:
            return False
        asked = self.headers.get("If-None-Match")
        if asked is not None:
            return headers["ETag"].strip('"') in re.findall(r'"([^"]*)"', asked)
        return self.headers.get("If-Modified-Since") == headers.get("Last-Modified", "")

    def keep_silent(self, seconds: float) -> None:
        """Sends nothing for a long time, or until the client hangs up."""
        self.close_connection = True
        self.connection.settimeout(0.25)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if not self.connection.recv(1):
                    return
            except TimeoutError:
                continue
            except OSError:
                return
