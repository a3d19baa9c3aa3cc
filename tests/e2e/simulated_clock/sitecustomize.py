"""Puts the wall clock of a process ahead: put this folder on PYTHONPATH.

Python imports this module at its start. The file that SIMULATED_CLOCK names holds the seconds by
which the clock is ahead; the monotonic clock stays as it is.
"""

import os
import time
from pathlib import Path

import time_machine

_AHEAD = float(Path(os.environ["SIMULATED_CLOCK"]).read_text())
time_machine.travel(time.time() + _AHEAD, tick=True).start()
