#!/usr/bin/env python3
"""On PostgreSQL: two roles, and a backup that is put back with the commands that docs/operate prints (TAP).

test_postgres_restore.py PLEIN, on the cluster of PLEIN_TEST_PG.
"""
import glob
import http.client
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
CLUSTER = os.environ['PLEIN_TEST_PG']
PATIENCE_S = 60
OWNER, RUNNER, DATABASE = 'plein_owner', 'plein_runner', 'plein_restored'


def printed(pattern):
    """The one command of the page on backups that looks like this."""
    with open(os.path.join(ROOT, 'docs', 'operate', 'backup-and-restore.md'), encoding='utf-8') as file:
        found = re.findall(pattern, file.read(), re.M)
    assert len(found) == 1, found
    return found[0]


def as_role(role):
    return re.sub(r'dbname=\S+', f'dbname={DATABASE}', re.sub(r'user=\S+', f'user={role}', CLUSTER))


def run(*words):
    return subprocess.run(words, capture_output=True, text=True, check=False)


def must(*words):
    done = run(*words)
    if done.returncode != 0:
        raise AssertionError(f'{" ".join(words)}: {done.stdout}{done.stderr}')
    return done.stdout


def sql(connection, *texts):
    return must('psql', connection, '-Atq', *(word for text in texts for word in ('-c', text)))


def refused(connection, text, why):
    done = run('psql', connection, '-c', text)
    return done.returncode != 0 and why in done.stderr


def fresh_database():
    sql(CLUSTER, f'DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)', f'CREATE DATABASE {DATABASE} OWNER {OWNER}')


def documented(command, file):
    words = shlex.split(command.replace('OWNER', shlex.quote(as_role(OWNER))).replace('FILE', shlex.quote(file)))
    return must(*words)


def say(number, good, promise):
    print(f'{"ok" if good else "not ok"} {number} - {promise}')
    return good


class Server:
    """The program as it serves, asked with a token."""

    def __init__(self, plein, data):
        self.process = subprocess.Popen([plein, 'serve', '--port', '0', '--data', data], stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, text=True)
        for line in self.process.stdout:
            found = re.search(r'poort (\d+)', line)
            if found:
                self.port = int(found.group(1))
                threading.Thread(target=self.process.stdout.read, daemon=True).start()
                return
        raise AssertionError('the server does not start')

    def ask(self, token, method, path, body=None):
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=PATIENCE_S)
        try:
            connection.request(method, path, body,
                               {'Authorization': f'Bearer {token}', 'Content-Type': 'application/json'})
            answer = connection.getresponse()
            return answer.status, answer.getheader('Location'), answer.read().decode()
        finally:
            connection.close()

    def end(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(PATIENCE_S)


def told(answer):
    """What stays as it was written; terms move with the day."""
    signal = json.loads(answer[2])
    return [signal.get(name) for name in ('reference', 'title', 'version')]


def write_signal(server, token):
    """A draft with a title; how it reads."""
    status, path, _ = server.ask(token, 'POST', '/api/v1/signals', '{}')
    assert status == 201, status
    version = json.loads(server.ask(token, 'GET', path)[2])['version']
    status, _, answer = server.ask(token, 'POST', f'{path}/edit/facts',
                                   json.dumps({'_version': version, 'title': 'Drie leeggehaalde loodsen'}))
    assert status in (200, 204), answer
    return path, told(server.ask(token, 'GET', path))


def play(plein, folder, servers):
    data, dump, keys = (os.path.join(folder, name) for name in ('data', 'dump', 'keys.export'))
    os.environ['PLEIN_DATABASE'], os.environ['PLEIN_DATABASE_OWNER'] = as_role(RUNNER), as_role(OWNER)
    sql(CLUSTER, f'CREATE ROLE {OWNER} LOGIN', f'CREATE ROLE {RUNNER} LOGIN')
    fresh_database()
    must(plein, 'demo', '--scale', 'small', '--seed', '1', '--signals', '0', '--data', data)
    people = json.loads(must(plein, 'person', 'list', '--json', '--data', data))
    who = next(p for p in people if p['role'] == 'SUBMITTER' and p['state'] == 'ACTIVE')
    token = must(plein, 'token', 'create', '--person', who['email'], '--role', 'SUBMITTER', '--days', '1', '--data',
                 data).strip()
    good = say(1, refused(as_role(RUNNER), 'CREATE TABLE another (a int)', 'permission denied') and
               refused(as_role(RUNNER), 'DELETE FROM audit_event', 'append-only'),
               'the role that runs makes no table and empties no log')
    servers.append(Server(plein, data))
    path, before = write_signal(servers[-1], token)
    documented(printed(r'^(pg_dump .*)$'), dump)
    servers[-1].end()
    must(plein, 'keys', 'export', keys, '--data', data)
    fresh_database()
    documented(printed(r'`(pg_restore [^`]*)`'), dump)
    must(plein, 'keys', 'import', keys, '--data', data)
    servers.append(Server(plein, data))
    after = told(servers[-1].ask(token, 'GET', path))
    good &= say(2, 'Drie leeggehaalde loodsen' in before and after == before,
                'what was written reads the same through the server after it was put back')
    good &= say(3, servers[-1].ask(token, 'GET', '/health')[0] == 200, 'which is well')
    good &= say(4, servers[-1].ask(token, 'POST', '/api/v1/signals', '{}')[0] == 201, 'and takes the next signal')
    servers[-1].end()
    good &= say(5, ' search_' not in must('pg_restore', '--list', dump) and 'signal' in must('pg_restore', '--list', dump),
                'the index of words was not in the copy')
    good &= say(6, 'klopt' in must(plein, 'log', 'verify', '--data', data), 'with its log')
    good &= say(7, '0 verschillen' in must(plein, 'check', 'access', '--data', data), 'and its readers')
    return good & say(8, refused(as_role(RUNNER), 'DELETE FROM audit_event', 'append-only'), 'and its guards')


def main():
    folder = tempfile.mkdtemp(prefix='plein-restore-')
    os.environ['PATH'] += os.pathsep + sorted(glob.glob('/usr/lib/postgresql/*/bin'))[-1]
    print('1..8')
    servers = []
    try:
        return 0 if play(os.path.abspath(sys.argv[1]), folder, servers) else 1
    finally:
        for server in servers:
            server.end()
        shutil.rmtree(folder)


if __name__ == '__main__':
    sys.exit(main())
