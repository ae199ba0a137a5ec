"""A whole installation in a folder: the program, its server, and requests to it."""
import http.client
import os
import re
import subprocess
import threading

PATIENCE_S = 60


class Installation:
    def __init__(self, plein, folder):
        self.plein, self.folder = plein, folder
        self.where = ['--data', folder]
        if os.environ.get('PLEIN_TEST_ENGINE') == 'postgres':
            self.where += ['--database', os.environ['PLEIN_TEST_PG']]
        self.server, self.port = None, 0

    def run(self, *words):
        done = subprocess.run([self.plein, *words, *self.where], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise AssertionError(f'plein {" ".join(words)}: {done.stdout}{done.stderr}')
        return done.stdout

    def start(self):
        self.server = subprocess.Popen([self.plein, 'serve', '--port', '0', *self.where],
                                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for line in self.server.stdout:
            match = re.search(r'poort (\d+)', line)
            if match:
                self.port = int(match.group(1))
                threading.Thread(target=self.server.stdout.read, daemon=True).start()
                return
        raise AssertionError('the server does not start')

    def end(self, how):
        self.server.send_signal(how)
        self.server.wait(PATIENCE_S)

    def ask(self, token, method, path, body=None):
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=PATIENCE_S)
        try:
            connection.request(method, path, body, {'Authorization': f'Bearer {token}', 'Content-Type': 'application/json'})
            answer = connection.getresponse()
            return answer.status, answer.getheader('Location'), answer.read()
        finally:
            connection.close()
