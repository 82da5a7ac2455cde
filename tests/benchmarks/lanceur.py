"""Runs a command and says what it took: ``python lanceur.py RELEVE COMMANDE…``.

A process of its own, that weighs next to nothing: the peak memory of a child counts that of its parent.
"""

import json
import os
import signal
import sys
import time

releve, *commande = sys.argv[1:]
debut = time.perf_counter()
pid = os.posix_spawn(commande[0], commande, os.environ)
for asked in (signal.SIGTERM, signal.SIGINT):
    signal.signal(asked, lambda numero, _: os.kill(pid, numero))
_, statut, usage = os.wait4(pid, 0)
with open(releve, "w", encoding="utf-8") as flux:  # noqa: PTH123 — pathlib would double what it weighs
    json.dump([time.perf_counter() - debut, usage.ru_utime + usage.ru_stime, usage.ru_maxrss], flux)
sys.exit(max(os.waitstatus_to_exitcode(statut), 0))
