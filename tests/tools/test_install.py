#!/usr/bin/env python3
"""What docs/operate says to install does: the commands, the unit of systemd, nginx in front (TAP).

test_install.py PLEIN. What needs a machine of its own (adduser, systemctl) is compared with the unit;
the rest runs, with its paths below a folder that is thrown away.
"""
import http.client
import os
import re
import shlex
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
PATIENCE_S = 60
EXPOSED_AT_MOST = 15  # tenths, as systemd-analyze counts
NGINX = shutil.which('nginx') or '/usr/sbin/nginx'


def text_of(*path):
    with open(os.path.join(ROOT, *path), encoding='utf-8') as file:
        return file.read()


def blocks(page):
    """The lines of each fenced block."""
    return [block.strip().splitlines() for block in re.findall(r'^```\n(.*?)^```', page, re.M | re.S)]


def block_with(page, word):
    found = [lines for lines in blocks(page) if any(word in line for line in lines)]
    assert len(found) >= 1, word
    return found[0]


def run(*words, **more):
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=PATIENCE_S, **more)


def must(*words, **more):
    done = run(*words, **more)
    assert done.returncode == 0, f'{" ".join(words)}: {done.stdout}{done.stderr}'
    return done.stdout


def directive(name):
    return re.findall(rf'^{name}=(.*)$', text_of('packaging', 'plein.service'), re.M)


def the_commands_put_in_place_what_the_unit_starts(place):
    """`install` lines run as printed, below a folder, without their group; adduser makes the unit's user."""
    build = os.path.join(place.folder, 'build-release')
    os.makedirs(build)
    shutil.copy(place.plein, os.path.join(build, 'plein'))
    lines = block_with(text_of('docs', 'operate', 'install.md'), 'adduser')
    for line in (words for words in map(shlex.split, lines) if words[0] == 'install'):
        words = [w for i, w in enumerate(line) if w != '-g' and line[i - 1] != '-g']
        words = [os.path.join(place.folder, w.lstrip('/')) if w.startswith('/') else w for w in words]
        words = [w.replace('build-release/', build + '/') for w in words]
        os.makedirs(os.path.dirname(words[-1]), exist_ok=True)
        must(*words, cwd=ROOT)
    start = shlex.split(directive('ExecStart')[0])
    for path in (start[0], start[start.index('--config') + 1]):
        assert os.path.exists(os.path.join(place.folder, path.lstrip('/'))), path
    user = next(line for line in lines if line.startswith('adduser ')).split()
    assert user[-1] == directive('User')[0] and '--group' in user
    assert user[user.index('--home') + 1] == directive('WorkingDirectory')[0]
    for line in (words for words in lines if words.startswith('tools/')):
        assert os.access(os.path.join(ROOT, line.split()[0]), os.X_OK), line


def the_settings_that_come_along_are_understood(place):
    shown = must(place.plein, 'config', '--config', os.path.join(place.folder, 'etc', 'plein', 'plein.conf'))
    for name in re.findall(r'^([a-z-]+) = ', text_of('packaging', 'plein.conf'), re.M):
        assert re.search(rf'^{name} .*\(bestand\)$', shown, re.M), name


def systemd_understands_the_unit_and_finds_it_closed(place):
    if shutil.which('systemd-analyze') is None:
        return 'systemd-analyze is not here'
    unit = os.path.join(place.folder, 'plein.service')
    with open(unit, 'w', encoding='utf-8') as out:
        out.write(text_of('packaging', 'plein.service').replace('/usr/bin/plein', place.plein))
    done = run('systemd-analyze', 'verify', unit)
    assert done.returncode == 0 and done.stderr == '', done.stderr
    must('systemd-analyze', 'security', '--no-pager', '--offline=true', f'--threshold={EXPOSED_AT_MOST}', unit)
    return None


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def nginx_config(place):
    """The example, on free ports of this machine, with a certificate of its own."""
    key, certificate = os.path.join(place.folder, 'key.pem'), os.path.join(place.folder, 'fullchain.pem')
    must('openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, '-days', '2', '-subj', '/CN=plein.example')
    text = text_of('packaging', 'nginx', 'plein.conf')
    for old, new in (('127.0.0.1:8080', f'127.0.0.1:{place.inner}'), ('/etc/ssl/plein/fullchain.pem', certificate), ('/etc/ssl/plein/key.pem', key)):
        assert old in text, old
        text = text.replace(old, new)
    text = re.sub(r'^\tlisten \[::\].*\n', '', text, flags=re.M)
    text = text.replace('listen 80;', f'listen 127.0.0.1:{place.open};').replace('listen 443 ', f'listen 127.0.0.1:{place.outer} ')
    path = os.path.join(place.folder, 'nginx.conf')
    with open(path, 'w', encoding='utf-8') as out:
        out.write(f'pid {place.folder}/nginx.pid;\nerror_log {place.folder}/nginx.log;\ndaemon off;\nevents {{}}\nhttp {{\n'
                  + ''.join(f'{kind}_temp_path {place.folder}/{kind};\n' for kind in ('client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'))
                  + text + '}\n')
    return path


def settings(place):
    lines = block_with(text_of('docs', 'operate', 'tls-and-proxy.md'), 'trusted-proxies')
    path = os.path.join(place.folder, 'proxied.conf')
    with open(path, 'w', encoding='utf-8') as out:
        out.write('\n'.join([*lines, f'port = {place.inner}', '']))
    return path


def answers(port):
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        try:
            socket.create_connection(('127.0.0.1', port), 1).close()
            return True
        except OSError:
            time.sleep(0.1)
    return False


def page_over_tls(place):
    context = ssl._create_unverified_context()
    context.check_hostname = False
    asked = http.client.HTTPSConnection('127.0.0.1', place.outer, context=context, timeout=PATIENCE_S)
    asked.request('GET', '/sign-in', headers={'Host': 'plein.example', 'X-Forwarded-Proto': 'http'})
    return asked.getresponse()


def in_front_of_it_nginx_speaks_tls_by_the_example(place):
    if not os.access(NGINX, os.X_OK):
        return 'nginx is not here'
    config = nginx_config(place)
    must(NGINX, '-t', '-c', config)
    data = os.path.join(place.folder, 'data')
    must(place.plein, 'init', '--data', data, '--region', 'ROTTERDAM')
    serve = subprocess.Popen([place.plein, 'serve', '--config', settings(place), '--data', data], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    front = subprocess.Popen([NGINX, '-c', config], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        assert answers(place.inner) and answers(place.outer)
        page = page_over_tls(place)
        assert page.status == 200 and 'max-age' in page.getheader('Strict-Transport-Security', ''), page.headers
        moved = http.client.HTTPConnection('127.0.0.1', place.open, timeout=PATIENCE_S)
        moved.request('GET', '/people?page=2', headers={'Host': 'plein.example'})
        answer = moved.getresponse()
        assert answer.status == 301 and answer.getheader('Location') == 'https://plein.example/people?page=2'
    finally:
        for child in (front, serve):
            child.terminate()
            child.wait(PATIENCE_S)
    return None


class Place:
    def __init__(self, plein, folder):
        self.plein, self.folder = os.path.abspath(plein), folder
        self.inner, self.open, self.outer = free_port(), free_port(), free_port()


def main():
    promises = [the_commands_put_in_place_what_the_unit_starts, the_settings_that_come_along_are_understood,
                systemd_understands_the_unit_and_finds_it_closed, in_front_of_it_nginx_speaks_tls_by_the_example]
    print(f'1..{len(promises)}')
    with tempfile.TemporaryDirectory(prefix='plein-install-') as folder:
        os.chmod(folder, 0o755)
        place = Place(sys.argv[1], folder)
        failed = 0
        for number, promise in enumerate(promises, 1):
            name = promise.__name__.replace('_', ' ')
            try:
                missing = promise(place)
                print(f'ok {number} - {name}' + (f' # SKIP {missing}' if missing else ''), flush=True)
            except Exception as fault:  # pylint: disable=broad-except
                failed += 1
                print(f'not ok {number} - {name}\n# {fault!r}', flush=True)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
