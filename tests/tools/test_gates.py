#!/usr/bin/env python3
"""Each gate turns red on the fault it is there for (TAP)."""
import os
import subprocess
import sys
import tempfile

TOOLS = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'tools')
CORE = {'src/platform/core/arena.h': '#ifndef A\n#define A\n#endif\n',
        'src/platform/core/banned.h': '\n'}
LONG = 'int f(void)\n{\n' + '\tf();\n' * 71 + '\treturn 0;\n}\n'

# promise, gate, path, text, expected word in the output
CASES = [
    ('platform may not know the mission', 'layers', 'src/platform/core/a.c', '#include "signals/signal.h"\n', 'may not include'),
    ('the law stands on core alone', 'layers', 'src/law/a.c', '#include "platform/db/db.h"\n', 'may not include'),
    ('a room does not reach into another room\'s store', 'layers', 'src/weighing/a.c', '#include "signals/signal_store.h"\n', 'may not include'),
    ('a foreign library lives in one room', 'layers', 'src/signals/a.c', '#include <sqlite3.h>\n', 'is included in 2 rooms'),
    ('a room called helpers says nothing', 'layers', 'src/signals/helpers.c', '\n', 'a name that says nothing'),
    ('only main.c ends the program', 'layers', 'src/signals/a.c', 'void a(void)\n{\n\texit(1);\n}\n', 'exit() belongs in'),
    ('memory is asked of an arena', 'layers', 'src/signals/a.c', 'void a(void)\n{\n\tuse(malloc(1));\n}\n', 'malloc() belongs in'),
    ('a header that needs another one first is found', 'layers', 'src/signals/b.h', 'extern size_t b;\n', 'does not compile alone'),
    ('two rooms do not lean on each other', 'layers', 'src/signals/a.c', '#include "weighing/w.h"\n', 'a circle of rooms'),
    ('a file\'s first include is its own header', 'layers', 'src/signals/signal.c', '#include <stdio.h>\n#include "signals/signal.h"\n', 'first include must be'),
    ('a function of more than seventy lines is refused', 'sizes', 'src/a.c', LONG, 'lines, 70 allowed'),
    ('a file of more than seven hundred lines is refused', 'sizes', 'src/a.c', '\n' * 701, '701 lines'),
    ('a header of more than 250 lines is refused', 'sizes', 'src/a.h', '\n' * 251, '251 lines'),
    ('what reads text from outside has a fuzz target', 'fuzz', 'src/signals/r.h', 'bool row_parse(const char *text);\n', 'reads from outside'),
    ('a fuzz target that is named is there', 'fuzz', 'fuzz/parsers', 'signals/word.h word_read = word\n', 'fuzz/fuzz_word.c is not there'),
    ('a parser that is gone leaves the list', 'fuzz', 'fuzz/parsers', 'signals/signal.h line_parse - for nobody\n', 'declares no line_parse'),
    ('a promise needs an issue number', 'text', 'src/a.c', '/* TO' 'DO later */\n', 'issue number'),
    ('a path of one workplace is refused', 'text', 'README.md', 'see /wo' 'rk/shared/x\n', 'one workplace'),
    ('a registry host is refused', 'text', 'a.txt', 'registry' '.npmjs.org\n', 'registry'),
    ('a number that could be a person\'s is refused', 'text', 'a.txt', 'bsn 1112' '22333\n', 'citizen service number'),
]
FINE = [
    ('an orderly tree passes the layers', 'layers', 'src/signals/signal.c', '#include "signals/signal.h"\n#include "platform/core/arena.h"\n'),
    ('a function of seventy lines passes', 'sizes', 'src/a.c', 'int f(void)\n{\n' + '\tf();\n' * 70 + '}\n'),
    ('a made-up service number passes', 'text', 'a.txt', 'bsn 999990019\n'),
]
STANDING = dict(CORE, **{
    'src/signals/signal.h': '#ifndef S\n#define S\n#endif\n',
    'src/weighing/w.h': '#ifndef W\n#define W\n#endif\n',
    'src/weighing/w.c': '#include "weighing/w.h"\n#include "signals/signal.h"\n',
    'src/signals/word.h': '#ifndef W\n#define W\nint word_read(int c);\n#endif\n',
    'fuzz/parsers': '# nothing yet\n',
    'fuzz/meson.build': '\n',
    'src/platform/db/sqlite.c': '#include <sqlite3.h>\n',
})


def run(gate, files):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, 'w', encoding='utf-8') as file:
                file.write(text)
        subprocess.run(['git', 'init', '-q', folder], check=True)
        done = subprocess.run([sys.executable, os.path.join(TOOLS, 'check-' + gate)], cwd=folder,
                              capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr


def main():
    wrong = 0
    print(f'1..{len(CASES) + len(FINE)}')
    number = 0
    for promise, gate, path, text, word in CASES:
        number += 1
        code, output = run(gate, dict(STANDING, **{path: text}))
        good = code == 1 and word in output
        wrong += not good
        print(f'{"" if good else "not "}ok {number} - {promise}')
        if not good:
            print('# ' + output.replace('\n', '\n# '))
    for promise, gate, path, text in FINE:
        number += 1
        code, output = run(gate, dict(STANDING, **{path: text}))
        wrong += code != 0
        print(f'{"not " if code else ""}ok {number} - {promise}')
        if code:
            print('# ' + output.replace('\n', '\n# '))
    return 1 if wrong else 0


sys.exit(main())
