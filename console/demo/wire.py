"""A small threaded HTTP/1.1 server on the loopback interface: keep-alive, and the power to break a connection."""

import socket
import struct
import threading
from collections.abc import Callable
from http import HTTPStatus

from console.demo.messages import Ending, Request, Response

LOOPBACK = "127.0.0.1"
_MOST_HEAD = 64 * 1024
_CHUNK = 256 * 1024
Answer = Callable[[Request], Response]


class Server:
    """Listens on a port of its own and answers each connection in a thread."""

    def __init__(self, answer: Answer, port: int = 0) -> None:
        self._answer = answer
        self._socket = socket.create_server((LOOPBACK, port), backlog=256)
        self.port: int = self._socket.getsockname()[1]

    @property
    def endpoint(self) -> str:
        """The address that clients are given."""
        return f"http://{LOOPBACK}:{self.port}"

    def serve(self) -> None:
        """Answer until `close`."""
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._converse, args=(connection,), daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        self._socket.close()

    def _converse(self, connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with connection:
            reader = _Reader(connection)
            try:
                while (request := reader.request()) is not None:
                    if not _send(connection, self._answer(request)):
                        return
            except (OSError, ValueError):
                return  # the client went away, or speaks no HTTP


class _Reader:
    """Takes requests off a connection, one after the other."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._held = b""

    def request(self) -> Request | None:
        """Return the next request; None at the connection's end."""
        head = self._until_blank_line()
        if head is None:
            return None
        first, *lines = head.decode("latin-1").split("\r\n")
        method, target, _version = first.split(" ")
        headers = {}
        for line in lines:
            name, _, value = line.partition(":")
            headers[name.strip().lower()] = value.strip()
        if "100-continue" in headers.get("expect", ""):
            self._connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        return Request(method, target, headers, self._body(int(headers.get("content-length", "0"))))

    def _until_blank_line(self) -> bytes | None:
        while b"\r\n\r\n" not in self._held:
            if len(self._held) > _MOST_HEAD:
                raise ValueError("a request's head is too long")
            received = self._connection.recv(_CHUNK)
            if not received:
                return None
            self._held += received
        head, _, self._held = self._held.partition(b"\r\n\r\n")
        return head

    def _body(self, length: int) -> bytes:
        pieces = [self._held]
        lacking = length - len(self._held)
        while lacking > 0:
            received = self._connection.recv(min(lacking, _CHUNK))
            if not received:
                raise ValueError("a request's body is cut")
            pieces.append(received)
            lacking -= len(received)
        whole = b"".join(pieces)
        self._held = whole[length:]
        return whole[:length]


def _send(connection: socket.socket, response: Response) -> bool:
    """Send an answer and tell whether the connection goes on."""
    if response.ending is Ending.RESET:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return False
    headers = {"Content-Length": str(len(response.body)), **response.headers}
    if response.ending is Ending.CLOSE:
        headers["Connection"] = "close"
    lines = [f"HTTP/1.1 {response.status} {_phrase(response.status)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    connection.sendall("\r\n".join([*lines, "", ""]).encode("latin-1") + response.body)
    return response.ending is Ending.KEEP


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Stand-in"
