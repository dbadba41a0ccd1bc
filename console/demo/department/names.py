"""Names of an invented department, and one name that tries to break whoever shows it."""

HOSTILE_NAME = '=HYPERLINK("//x.example","<b>Pay</b>")' + chr(0x202E) + "fdp.exe"
"""A formula, markup, and a right-to-left override: 46 characters of 50."""
_CORE = (
    ("public-works-management", ""),
    ("security-tooling", "Security"),
    ("log-archive", "Security"),
    ("network-hub", "Infrastructure"),
    ("casework-assist-prod", "Workloads/Production"),
    ("licensing-triage-prod", "Workloads/Production"),
    ("correspondence-drafts-prod", "Workloads/Production"),
    ("casework-assist-dev", "Workloads/Development"),
    ("licensing-triage-dev", "Workloads/Development"),
    ("foi-search-prod", "Workloads/Production"),
    ("planning-consultations-prod", "Workloads/Production"),
    ("innovation-sandbox", "Sandbox"),
)
_TEAMS = (
    "grants-summaries",
    "policy-search",
    "translation-desk",
    "fraud-signals",
    "inspections-notes",
    "contact-centre",
    "estate-records",
    "flood-reports",
    "procurement-review",
    "training-coach",
    "accessibility-checks",
    "statistics-lab",
    "minutes-drafts",
    "recruitment-triage",
    "asset-survey",
    "permit-renewals",
    "heritage-archive",
    "legal-research",
    "road-schemes",
    "energy-audit",
)
_STAGES = (
    ("prod", "Workloads/Production"),
    ("dev", "Workloads/Development"),
    ("test", "Workloads/Development"),
    ("sandbox", "Sandbox"),
)


def team_names(count: int) -> list[tuple[str, str]]:
    """Return `count` account names, each with the path of its organisational unit."""
    found = list(_CORE)
    number = 1
    while len(found) < count:
        suffix = "" if number == 1 else f"-{number}"
        found += [(f"{team}{suffix}-{stage}", unit) for team in _TEAMS for stage, unit in _STAGES]
        number += 1
    return found[:count]
