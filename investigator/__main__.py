"""`python -m investigator`: the same as the command `investigator`."""

import sys

from investigator.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
