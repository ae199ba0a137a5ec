#!/usr/bin/env python3
"""The search store is gone when the server starts: it is filled again by itself, with the same answers (TAP).

test_search_lost.py PLEIN; with PLEIN_TEST_ENGINE=postgres on the database of PLEIN_TEST_PG.
"""
import glob
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from installation import PATIENCE_S, Installation

WORDS = ['winkel', 'loods', 'pand', 'onderzoek', 'drugs']  # none in more records than a page holds
KINDS = ['/signals/', '/casefiles/', '/advices/']  # each brought in by its own room


def answers(house, token):
    found = {}
    for word in WORDS:
        status, _, body = house.ask(token, 'POST', '/api/v1/search', json.dumps({'q': word}))
        assert status == 200, (status, body)
        found[word] = sorted(json.dumps(hit, sort_keys=True) for hit in json.loads(body).get('hits', []))
    return found


def lose(house):
    """As after a crash of PostgreSQL, which empties what isn't logged; on SQLite the file is deleted."""
    if os.environ.get('PLEIN_TEST_ENGINE') != 'postgres':
        for path in glob.glob(os.path.join(house.folder, 'search.db*')):
            os.unlink(path)
        return
    connection = os.environ['PLEIN_TEST_PG']
    tables = subprocess.run(['psql', connection, '-Atqc', "SELECT relname FROM pg_class WHERE relpersistence = 'u' AND relkind = 'r'"],
                            capture_output=True, text=True, check=True).stdout.split()
    assert tables
    subprocess.run(['psql', connection, '-qc', f'TRUNCATE {", ".join(tables)}'], check=True)


def until(house, token, wanted):
    end = time.monotonic() + PATIENCE_S
    while answers(house, token) != wanted:
        if time.monotonic() > end:
            return False
        time.sleep(2)  # a person may search so often an hour
    return True


def settled(house, token):
    """What is found once two looks a while apart are the same: the demo is still being brought in."""
    last = None
    while True:
        now = answers(house, token)
        if now == last and all(any(kind in hit for hits in now.values() for hit in hits) for kind in KINDS):
            return now
        last = now
        time.sleep(2)


def play(house):
    house.run('demo', '--scale', 'small', '--seed', '1', '--signals', '30')
    people = json.loads(house.run('person', 'list', '--json'))
    who = next(p for p in people if p['role'] == 'INFO_COORDINATOR' and p['state'] == 'ACTIVE')
    token = house.run('token', 'create', '--person', who['email'], '--role', 'INFO_COORDINATOR', '--days', '1').strip()
    house.start()
    before = settled(house, token)
    house.end(signal.SIGTERM)
    lose(house)
    house.start()
    good = until(house, token, before)
    house.end(signal.SIGTERM)
    print(f'{"ok" if good else "not ok"} 1 - a search store that is lost is filled again by itself')
    print(f'# {sum(len(hits) for hits in before.values())} answers to {len(WORDS)} questions')
    return good


def main():
    folder = tempfile.mkdtemp(prefix='plein-search-')
    house = Installation(os.path.abspath(sys.argv[1]), os.path.join(folder, 'data'))
    print('1..1')
    try:
        return 0 if play(house) else 1
    finally:
        if house.server is not None and house.server.poll() is None:
            house.end(signal.SIGKILL)
        shutil.rmtree(folder)


if __name__ == '__main__':
    sys.exit(main())
