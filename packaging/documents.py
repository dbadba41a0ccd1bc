"""Write the documents that are generated from the code; a test compares them with what this would write."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Write every generated document anew."""
    from console.services.declared import documents  # noqa: PLC0415 - after the path is known

    for name, text in documents().items():
        (ROOT / name).write_text(text, encoding="utf-8", newline="\n")
        print(f"wrote {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
