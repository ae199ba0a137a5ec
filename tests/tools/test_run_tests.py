#!/usr/bin/env python3
"""tools/run-tests counts every subtest and says why a program failed (TAP)."""
import json
import os
import shutil
import subprocess
import sys
import tempfile

TOOLS = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'tools')
# Writes a log as Meson does. It ends only when the file `go` is there: till then the others run.
MESON = '''#!/usr/bin/env python3
import os, sys, time
if sys.argv[1] == 'introspect':
    print('[{"name": "a", "suite": ["plein:unit"]}, {"name": "b sqlite", "suite": ["plein:http"]},'
          ' {"name": "b postgres", "suite": ["plein:http"]}]')
    sys.exit(0)
here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, 'asked'), 'w', encoding='utf-8') as asked:
    asked.write('|'.join(sys.argv))
os.makedirs(os.path.join(here, 'build', 'meson-logs'), exist_ok=True)
with open(os.path.join(here, 'rows'), encoding='utf-8') as rows:
    text = rows.read()
with open(os.path.join(here, 'build', 'meson-logs', 'testlog.json'), 'w', encoding='utf-8') as log:
    log.write(text)
while not os.path.exists(os.path.join(here, 'go')):
    time.sleep(0.01)
sys.exit(1 if '"ERROR"' in text else 0)
'''
GOOD = 'ok 1 - a\nok 2 - b # SKIP no disk\nok 3 - c\n1..3\n'
EARLY = 'not ok 1 - early\n# 0x1 != 0x2\n# t.c:6: error: Failure!\n' + 'ok 2 - later\n' * 99 + '1..100\n'
BROWSER = 'not ok 1 - a page\n  # nothing to tap\nok 2 - b\n1..2\n'


def row(name, result='OK', stdout=GOOD, stderr=''):
    return {'name': name, 'stdout': stdout, 'stderr': stderr, 'result': result, 'duration': 0.5}


class Tree:
    def __init__(self, folder, rows, floor='', go=True):
        os.makedirs(os.path.join(folder, 'tools'))
        os.makedirs(os.path.join(folder, 'tests'))
        for tool in ('run-tests', 'with-postgres'):
            shutil.copy(os.path.join(TOOLS, tool), os.path.join(folder, 'tools', tool))
        self.folder = folder
        self.write('meson', MESON)
        os.chmod(os.path.join(folder, 'meson'), 0o755)
        self.write('rows', ''.join(json.dumps(r) + '\n' for r in rows))
        self.write('tests/count', floor)
        if go:
            self.write('go', '')

    def write(self, name, text):
        with open(os.path.join(self.folder, name), 'w', encoding='utf-8') as file:
            file.write(text)

    def start(self, *arguments):
        env = dict(os.environ, PATH=self.folder + os.pathsep + os.environ['PATH'], PLEIN_TEST_PG='not asked')
        return subprocess.Popen([sys.executable, os.path.join(self.folder, 'tools', 'run-tests'), 'build', *arguments],
                                env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def run(rows, *arguments, floor=''):
    with tempfile.TemporaryDirectory() as folder:
        process = Tree(folder, rows, floor).start(*arguments)
        output = process.communicate()[0]
        return process.returncode, output, output.splitlines()[-1]


def asked(*names):
    """What the runner is asked to run for these names, or None when it isn't asked at all."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Tree(folder, [row('plein:unit / a')])
        tree.start(*names).communicate()
        path = os.path.join(folder, 'asked')
        if not os.path.exists(path):
            return None
        with open(path, encoding='utf-8') as file:
            words = file.read().split('|')
            return words[words.index('--num-processes') + 4:]


def told_while_running():
    with tempfile.TemporaryDirectory() as folder:
        tree = Tree(folder, [row('plein:unit / a'), row('plein:http / b', 'ERROR', EARLY)], go=False)
        process = tree.start()
        for line in process.stdout:
            if 't.c:6: error: Failure!' in line:
                tree.write('go', '')
                break
        process.communicate()
        return process.returncode == 1


def main():
    fine = run([row('plein:unit / a'), row('plein:http+memory / b')])
    early = run([row('plein:http / b', 'ERROR', EARLY, 'x\n' * 99 + '(test program exited with status code 1)')])
    sentence = early[1].rindex('# t.c:6: error: Failure!') if '# t.c:6: error: Failure!' in early[1] else -1
    browser = run([row('plein:browser+slow / samples', 'ERROR', BROWSER + 'ok 9 - more\n' * 99)])
    crash = run([row('plein:unit / a'), row('plein:http / b', 'ERROR', '', 'Segmentation fault')])
    short = run([row('plein:unit / a', 'OK', 'ok 1 - a\n1..2\n')])
    plain = run([row('plein:unit / check-sql', 'OK', 'no test protocol\n')])
    shrunk = run([row('plein:unit / a')], floor='unit 3\n')
    cases = [
        ('every subtest counts, and the last line says so', fine[0] == 0 and fine[2] == '4 passed, 0 failed'),
        ('nothing is told of programs that pass', '---' not in fine[1]),
        ('one failing subtest makes the run red', early[0] == 1 and early[2] == '99 passed, 1 failed'),
        ('a sentence that failed early is told before the last line, however much followed',
         early[1].find('99 passed    1 failed') < sentence < early[1].rindex('99 passed, 1 failed')),
        ('of a long output no more than the end is told', early[1].count('later') <= 2 * 40),
        ('how the program ended is told as well', early[1].rindex('exited with status code 1') > sentence),
        ('a reason that is indented goes with its sentence', '  # nothing to tap' in browser[1]),
        ('a program that crashes before its first sentence counts', crash[2] == '2 passed, 1 failed'),
        ('what it said on the way is told', 'Segmentation fault' in crash[1]),
        ('a plan that is not kept counts', short[0] == 1 and short[2] == '1 passed, 1 failed'),
        ('a program without subtests is one', plain[2] == '1 passed, 0 failed'),
        ('a suite that shrank is red', shrunk[0] == 1 and 'only 2 tests ran, 3 must' in shrunk[1]),
        ('a program goes by its name, on both engines', asked('b') == ['b postgres', 'b sqlite']),
        ('suites are asked as suites: two may have a program of one name', asked('http', 'unit') == ['--suite', 'http', '--suite', 'unit']),
        ('a name that nothing has runs nothing', asked('a', 'mistyped') is None),
        ('a suite beside a program runs nothing', asked('http', 'a') is None),
        ('a failure is told while the others still run', told_while_running()),
    ]
    print(f'1..{len(cases)}')
    for number, (promise, good) in enumerate(cases, 1):
        print(f'{"" if good else "not "}ok {number} - {promise}')
    return 0 if all(good for _, good in cases) else 1


sys.exit(main())
