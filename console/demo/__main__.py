"""Running the demo estate: `serve` it until told to stop, or print what is `planted` in it."""

import json
import signal
import sys
import threading
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from console.base.clock import system_clock
from console.demo.control import PREFIX, control
from console.demo.department.build import build_estate
from console.demo.estate import Estate, load
from console.demo.messages import Request, Response
from console.demo.moto_base import MotoBase
from console.demo.stand_in import StandIn
from console.demo.wire import Server


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments ask for and return the exit code."""
    options = _parser().parse_args(arguments)
    run = {"serve": _serve, "planted": _planted}[options.command]
    return run(options)


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m console.demo", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, says in (
        (
            "serve",
            "answer as AWS does on the loopback interface; one JSON line on standard output when ready",
        ),
        ("planted", "print what is planted as JSON"),
    ):
        command = commands.add_parser(name, help=says, description=says)
        command.add_argument("--accounts", type=int, default=12, help="size of the department (default: 12)")
        command.add_argument("--seed", type=int, default=7, help="another seed, another department")
        command.add_argument(
            "--load", type=Path, help="a file that --save wrote, in place of accounts and seed"
        )
    serve = commands.choices["serve"]
    serve.add_argument("--port", type=int, default=0, help="0 takes any that is free (default)")
    serve.add_argument("--save", type=Path, help="write the estate to a file before serving it")
    serve.add_argument(
        "--until-stdin-closes", action="store_true", help="end with the process that started this one"
    )
    return parser


def _estate(options: Namespace) -> Estate:
    if options.load:
        return load(options.load.read_bytes())
    return build_estate(options.accounts, options.seed)


def _planted(options: Namespace) -> int:
    estate = _estate(options)
    sys.stdout.write(json.dumps({"failings": estate.failings, "denied": estate.denied}, indent=1) + "\n")
    return 0


def _serve(options: Namespace) -> int:
    estate = _estate(options)
    if options.save:
        options.save.write_bytes(estate.dump())
    stand_in = StandIn(estate, system_clock, MotoBase(estate).answer)

    def answer(request: Request) -> Response:
        return control(stand_in, request) if request.target.startswith(PREFIX) else stand_in.answer(request)

    server = Server(answer, options.port)
    threading.Thread(target=server.serve, daemon=True).start()
    ended = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    if options.until_stdin_closes:
        threading.Thread(target=_until_closed, args=(ended,), daemon=True).start()
    sys.stdout.write(json.dumps(_ready(server, estate)) + "\n")
    sys.stdout.flush()
    ended.wait()
    server.close()
    return 0


def _until_closed(ended: threading.Event) -> None:
    while sys.stdin.buffer.read(4096):
        pass
    ended.set()


def _ready(server: Server, estate: Estate) -> dict[str, str]:
    caller = estate.caller
    return {
        "endpoint": server.endpoint,
        "access_key_id": caller.access_key_id,
        "secret_access_key": caller.secret_access_key,
        "session_token": caller.session_token,
        "management_account": estate.management_account,
        "caller": caller.arn,
    }


if __name__ == "__main__":
    sys.exit(main())
