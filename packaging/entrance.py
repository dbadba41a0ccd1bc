"""The bundle's entrance: without arguments the window, with arguments the command line, as everywhere else."""

import sys

from console.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
