"""The program that the crawl benchmark starts for our side.

    python -m benchmarks.crawl.article_only OUTPUT CONFIG HOME

Reading workers import the main module again, so that this one has nothing to import for them: as
the command `radar` has.
"""

import sys
from pathlib import Path

if __name__ == "__main__":
    from benchmarks.crawl.article_job import crawl_and_read

    crawl_and_read(*map(Path, sys.argv[1:4]))
