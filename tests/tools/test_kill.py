#!/usr/bin/env python3
"""kill -9 while people write: what was acknowledged is there after the next start, and the log is whole (TAP).

test_kill.py PLEIN; with PLEIN_TEST_ENGINE=postgres on the database of PLEIN_TEST_PG.
"""
import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

from installation import PATIENCE_S, Installation

ROUNDS, WRITERS, ENOUGH = 3, 4, 25


def write(house, token, acknowledged):
    """Until the server is gone: one draft after the other."""
    while True:
        try:
            status, location, _ = house.ask(token, 'POST', '/api/v1/signals', '{}')
        except (OSError, http.client.HTTPException):
            return
        if status == 201:
            acknowledged.append(location)


def one_round(house, token, acknowledged):
    before = len(acknowledged)
    writers = [threading.Thread(target=write, args=(house, token, acknowledged)) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    until = time.monotonic() + PATIENCE_S
    while len(acknowledged) < before + ENOUGH and time.monotonic() < until:
        time.sleep(0.005)
    house.end(signal.SIGKILL)
    for writer in writers:
        writer.join()
    house.start()
    lost = [path for path in acknowledged if house.ask(token, 'GET', path)[0] != 200]
    return len(acknowledged) - before, lost


def play(house):
    house.run('demo', '--scale', 'small', '--seed', '1', '--signals', '0')
    people = json.loads(house.run('person', 'list', '--json'))
    who = next(p for p in people if p['role'] == 'SUBMITTER' and p['state'] == 'ACTIVE')
    token = house.run('token', 'create', '--person', who['email'], '--role', 'SUBMITTER', '--days', '1').strip()
    acknowledged, faults = [], []
    house.start()
    for number in range(1, ROUNDS + 1):
        written, lost = one_round(house, token, acknowledged)
        good = written >= ENOUGH and not lost
        print(f'{"ok" if good else "not ok"} {number} - after kill -9 nothing of what was acknowledged is lost')
        print(f'# {written} acknowledged before the blow, {len(lost)} lost')
        faults += [] if good else [number]
    house.end(signal.SIGTERM)
    verified = subprocess.run([house.plein, 'log', 'verify', *house.where], capture_output=True, text=True, check=False)
    good = verified.returncode == 0
    print(f'{"ok" if good else "not ok"} {ROUNDS + 1} - and the log is whole')
    print('# ' + (verified.stdout + verified.stderr).strip().replace('\n', '\n# '))
    return not faults and good


def main():
    folder = tempfile.mkdtemp(prefix='plein-kill-')
    house = Installation(os.path.abspath(sys.argv[1]), os.path.join(folder, 'data'))
    print(f'1..{ROUNDS + 1}')
    try:
        return 0 if play(house) else 1
    finally:
        if house.server is not None and house.server.poll() is None:
            house.end(signal.SIGKILL)
        shutil.rmtree(folder)


if __name__ == '__main__':
    sys.exit(main())
