"""AWS for a benchmark: asks the stand-in once for each answer and gives it again from memory, after a set latency.

The stand-in makes and checks an answer in milliseconds of a core that the measured program needs too; AWS does not.
Run as `replay_server.py UPSTREAM_PORT`; prints its port. `POST /_replay/latency/MILLISECONDS` sets a
latency and answers how many calls there were so far; ends with its standard input.
"""

import http.client
import os
import re
import socket
import sys
import threading
import time

_SCOPE = re.compile(rb"Credential=([^/]+)/\d+/([^/]+)")
_TARGET = re.compile(rb"\r\nx-amz-target: *([^\r]*)", re.IGNORECASE)
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CONTROL = b"/_replay/latency/"
_HOP = {"connection", "content-length", "keep-alive", "transfer-encoding"}


class Replay:
    """Answers by what makes a request that of one caller, place and question."""

    def __init__(self, upstream: int) -> None:
        self.upstream = upstream
        self.latency = 0.0
        self.calls = 0
        self.known: dict[tuple[bytes, ...], bytes] = {}

    def answer(self, head: bytes, body: bytes, kept: http.client.HTTPConnection) -> bytes:
        """Return a whole answer."""
        line = head.split(b"\r\n", 1)[0]
        if _CONTROL in line:
            self.latency = float(line.split(b" ")[1].rpartition(b"/")[2]) / 1000
            said, self.calls = str(self.calls).encode(), 0
            return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(said), said)
        time.sleep(self.latency)
        self.calls += 1
        scope, target = _SCOPE.search(head), _TARGET.search(head)
        key = (line, scope.group(1) if scope else b"", scope.group(2) if scope else b"",
               target.group(1) if target else b"", body)  # fmt: skip
        if key not in self.known:
            self.known[key] = self.asked(line, head, body, kept)
        return self.known[key]

    def asked(self, line: bytes, head: bytes, body: bytes, kept: http.client.HTTPConnection) -> bytes:
        """Ask the stand-in."""
        method, target, _ = line.decode().split(" ")
        pairs = (each.decode("latin-1").partition(":") for each in head.split(b"\r\n")[1:] if each)
        kept.request(method, target, body, {name: value.strip() for name, _, value in pairs})
        got = kept.getresponse()
        content = got.read()
        headers = [f"{name}: {value}" for name, value in got.getheaders() if name.lower() not in _HOP]
        lines = [f"HTTP/1.1 {got.status} {got.reason}", *headers, f"Content-Length: {len(content)}", "", ""]
        return "\r\n".join(lines).encode("latin-1") + content


def converse(replay: Replay, connection: socket.socket) -> None:
    """Answer one connection to its end."""
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    kept = http.client.HTTPConnection("127.0.0.1", replay.upstream)
    held = b""
    with connection:
        while True:
            while b"\r\n\r\n" not in held:
                received = connection.recv(65536)
                if not received:
                    return
                held += received
            head, _, held = held.partition(b"\r\n\r\n")
            found = _LENGTH.search(head)
            length = int(found.group(1)) if found else 0
            while len(held) < length:
                held += connection.recv(65536)
            body, held = held[:length], held[length:]
            connection.sendall(replay.answer(head, body, kept))


def main() -> None:
    """Serve."""
    replay = Replay(int(sys.argv[1]))
    listening = socket.create_server(("127.0.0.1", 0), backlog=128)
    print(listening.getsockname()[1], flush=True)
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    while True:
        connection, _ = listening.accept()
        threading.Thread(target=converse, args=(replay, connection), daemon=True).start()


if __name__ == "__main__":
    main()
