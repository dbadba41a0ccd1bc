"""Print how many requests a second the stand-in answers, and how long a department of 400 accounts takes to make.

`nox -s benchmarks -- standin [--accounts N]`. Requests are signed by botocore beforehand and sent bare over kept
connections, so that what is measured is the server and not the client.
"""

import argparse
import http.client
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from console.demo.department.build import build_estate
from standin_process import RunningStandIn, running_standin

ASKED = (
    ("sts", "get_caller_identity"),
    ("organizations", "list_accounts"),
    ("bedrock", "list_guardrails"),
    ("bedrock", "list_foundation_models"),
    ("ec2", "describe_vpc_endpoints"),
    ("iam", "get_account_authorization_details"),
)
THREADS = 2
SECONDS = 3.0
Prepared = tuple[str, str, bytes, dict[str, str]]


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--accounts", type=int, default=400)
    options = parser.parse_args()
    started = time.perf_counter()
    estate = build_estate(options.accounts, 7)
    made = time.perf_counter() - started
    size = len(estate.dump())
    print(f"{options.accounts} accounts made in {made:.1f} s; saved they are {size / 1e6:.1f} MB")
    started = time.perf_counter()
    with running_standin(accounts=options.accounts) as standin:
        print(f"  ready after        {time.perf_counter() - started:7.1f} s")
        for service, operation in ASKED:
            request = prepared(standin, service, operation)
            print(f"  {service + ':' + operation:<42} {rate(standin, request):7.0f} requests/s")


def prepared(standin: RunningStandIn, service: str, operation: str) -> Prepared:
    """Return a signed request that was not sent."""
    client = standin.client(service)
    kept: list[Prepared] = []

    def keep(request: Any, **_: object) -> None:
        headers = {name: v.decode() if isinstance(v, bytes) else v for name, v in request.headers.items()}
        body = request.body.encode() if isinstance(request.body, str) else request.body or b""
        kept.append((request.method, request.url.removeprefix(standin.endpoint) or "/", body, headers))
        raise InterruptedError

    client.meta.events.register("before-send", keep)
    try:
        getattr(client, operation)()
    except InterruptedError:
        return kept[0]
    raise AssertionError("nothing was sent")


def rate(standin: RunningStandIn, request: Prepared) -> float:
    """Return how many answers a second come over a few kept connections."""
    until = time.perf_counter() + SECONDS

    def repeat(_: int) -> int:
        connection = http.client.HTTPConnection(standin.endpoint.removeprefix("http://"))
        answered = 0
        while time.perf_counter() < until:
            connection.request(*request)
            answer = connection.getresponse()
            if answer.status != http.HTTPStatus.OK:
                raise AssertionError(answer.read())
            answer.read()
            answered += 1
        return answered

    with ThreadPoolExecutor(THREADS) as pool:
        return sum(pool.map(repeat, range(THREADS))) / SECONDS


if __name__ == "__main__":
    main()
