"""A child process that plays a refresh or a sign-in.

Refreshes: `complete`, `cancel`, `refuse`, `portal`, `not-begun`, `question`, `die` or `chatter N`. Sign-ins: `sign-in`,
`sign-in-refused`, `sign-in-cancelled`, `sign-in-lost`. With `clean` it prints nothing but events.
"""

import json
import sys
import time

REFUSALS = {
    "COL-001": "no AWS credentials were found",
    "COL-005": "AWS does not say who you are",
    "COL-008": "no one-time code was given",
    "SVC-005": "the refresh was cancelled before it began",
}


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
        accounts_planned=3,
        calls=done * 2,
        gaps=13,
        gaps_by_reason={"denied": 12, "throttled": 1},
        elapsed_seconds=done / 10,
        seconds_left=150.0,
        doing="Guardrails (every version) in 100000000002/eu-west-2",
    )


def sign_in(part):
    if part == "sign-in-lost":
        return 9
    address = "https://department.awsapps.com/start/#/device"
    say(
        event="verification",
        user_code="ABCD-EFGH",
        address=address,
        address_with_code=f"{address}?user_code=ABCD-EFGH",
        expires="2026-11-23T10:00:00.000Z",
    )
    if part == "sign-in-cancelled":
        sys.stdin.readline()
        say(event="refused", code="COL-006", message="the sign-in was cancelled", remedy="Start it again.")
        return 2
    if part == "sign-in-refused":
        say(event="refused", code="COL-007", message="the code was refused in the browser", remedy="Again.")
        return 2
    arn = "arn:aws:sts::100000000001:assumed-role/AssuranceOfficer/officer"
    say(event="signed_in", profile="audit", arn=arn, until="2026-11-23T18:00:00.000Z")
    return 0


def question():
    say(event="question", id=1, serial="arn:aws:iam::100000000001:mfa/officer")
    answer = sys.stdin.readline().strip()
    if answer == "cancel":
        say(event="ended", refresh_id=0, state="cancelled")
        sys.exit(0)
    return json.loads(answer) == {"answer": 1, "code": "123456"}


def refuse(part):
    code = {"refuse": "COL-001", "portal": "COL-005", "not-begun": "SVC-005"}.get(part, "")
    if part == "question" and not question():
        code = "COL-008"
    if code:
        say(event="refused", code=code, message=REFUSALS[code], remedy="Sign in.")
    return bool(code)


def logs():
    say(event="ended", refresh_id=2, state="complete")
    return 0


PLAYED = {"logs": logs}


def main():  # noqa: C901 - one part after another
    job = json.loads(sys.stdin.readline())
    part = sys.argv[1]
    if part in PLAYED:
        return PLAYED[part]()
    if part.startswith("sign-in"):
        return sign_in(part)
    if refuse(part):
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
    if "clean" not in sys.argv:
        sys.stdout.write("not an event\n")
    progress(10)
    say(event="ended", refresh_id=2, state="complete", resumed=job["resume"])
    return 0


sys.exit(main())
