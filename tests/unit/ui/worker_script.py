"""A child process that plays a refresh: `complete`, `cancel`, `refuse`, `die` or `chatter N`."""

import json
import sys
import time


def say(**event):
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()


def progress(done, planned=10):
    say(
        event="progress",
        done=done,
        planned=planned,
        accounts_done=done // 3,
        accounts=3,
        calls=done * 2,
        gaps=1,
        elapsed_seconds=done / 10,
        doing="Guardrails (every version) in 100000000002/eu-west-2",
    )


def main():
    job = json.loads(sys.stdin.readline())
    part = sys.argv[1]
    if part == "refuse":
        say(event="refused", code="COL-001", message="no AWS credentials were found", remedy="Sign in.")
        return 2
    progress(1)
    say(
        event="gap",
        kind="bedrock.guardrail",
        account="100000000003",
        region="eu-west-2",
        reason="denied",
        detail="no",
    )
    if part == "die":
        sys.stderr.write("something broke\n")
        return 9
    if part == "cancel":
        for line in sys.stdin:
            if line.strip() == "cancel":
                say(event="ended", refresh_id=2, state="cancelled")
                return 0
        return 3
    if part == "chatter":
        end = time.monotonic() + float(sys.argv[2])
        while time.monotonic() < end:
            progress(5)
            time.sleep(0.05)
    sys.stdout.write("not an event\n")
    progress(10)
    say(event="ended", refresh_id=2, state="complete", resumed=job["resume"])
    return 0


sys.exit(main())
