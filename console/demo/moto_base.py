"""moto behind the stand-in: what is not answered natively, with moto's own state for each account.

Nothing that a refresh reads comes from here; objects of S3 do, which a request to delete looks at. What moto does
not know ends as a refusal that no client retries, where moto itself would answer 500 with a page of HTML.
"""

import threading
from collections.abc import Callable
from typing import Any

from console.demo.estate import Estate
from console.demo.messages import Request, Response
from console.demo.objects import fill, head_of, lock_answer, lock_part_of
from console.demo.reading import signature_of
from console.demo.writing import write_refusal

_NOT_OURS = frozenset({"content-length", "connection", "transfer-encoding"})
_SERVER_ERRORS = range(500, 600)


class MotoBase:
    """Passes requests on to moto in this process; loads it when it is first needed, for it takes seconds."""

    def __init__(self, estate: Estate | None = None) -> None:
        self._lock = threading.Lock()
        self._filling = threading.Lock()
        self._estate = estate
        """Whose buckets are made, with their objects, before anything is answered; None for none."""
        self._application: Callable[..., Any] | None = None

    def answer(self, request: Request, account_id: str) -> Response:
        """Return moto's answer, given in the caller's account."""
        with self._filling:
            estate, self._estate = self._estate, None
            if estate is not None:
                fill(estate, self._answer)
        part = lock_part_of(request)
        if part:
            # moto keeps locks and tells of them in the head of an object alone.
            return lock_answer(part, self._answer(head_of(request), account_id))
        return self._answer(request, account_id)

    def _answer(self, request: Request, account_id: str) -> Response:
        from werkzeug.test import EnvironBuilder, run_wsgi_app  # noqa: PLC0415 - not loaded if never needed

        headers = {**request.headers, "x-moto-account-id": account_id}
        path, _, query = request.target.partition("?")
        builder = EnvironBuilder(
            path=path,
            query_string=query,
            method=request.method,
            headers=list(headers.items()),
            data=request.body,
        )
        try:
            body, status, said = run_wsgi_app(self._moto(), builder.get_environ(), buffered=True)
        except Exception as error:  # noqa: BLE001 - moto raises what it likes for what it does not know
            return _unknown(request, str(error))
        code = int(status.split(" ", 1)[0])
        answered = {name: value for name, value in said if name.lower() not in _NOT_OURS}
        if code in _SERVER_ERRORS or (code >= 400 and "html" in answered.get("Content-Type", "")):  # noqa: PLR2004
            return _unknown(request, status)
        length = {name: value for name, value in said if name.lower() == "content-length"}
        kept = length if request.method == "HEAD" else {}
        return Response(code, {**answered, **kept}, b"".join(body))

    def _moto(self) -> Callable[..., Any]:
        with self._lock:
            if self._application is None:
                from moto.moto_server.werkzeug_app import (  # noqa: PLC0415 - as above
                    DomainDispatcherApplication,
                    create_backend_app,
                )

                self._application = DomainDispatcherApplication(create_backend_app)
        return self._application


def _unknown(request: Request, why: str) -> Response:
    service = signature_of(request)[2]
    message = f"The stand-in has no answer to {request.method} {request.target} of {service}: {why}"
    return write_refusal(service, 400, "UnknownOperationException", message, "")
