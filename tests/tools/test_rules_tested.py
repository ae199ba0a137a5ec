#!/usr/bin/env python3
"""Every rule of the law has a test from outside, named in docs/rules-tested.md; the check itself turns red (TAP)."""
import os
import re
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')


def read(*path):
    with open(os.path.join(ROOT, *path), encoding='utf-8') as file:
        return file.read()


def strings(folder, suffixes):
    """All text of the program, with C literals that stand beside each other read as one."""
    whole = []
    for where, _, names in os.walk(os.path.join(ROOT, folder)):
        for name in names:
            if name.endswith(suffixes):
                with open(os.path.join(where, name), encoding='utf-8') as file:
                    whole.append(re.sub(r'"\s*"', '', file.read()))
    return '\n'.join(whole)


def promises(name):
    path = os.path.join('tests', 'http', name + '.c')
    if not os.path.exists(os.path.join(ROOT, path)):
        return set()
    text = read(path)
    return {p for p in re.findall(r'static void (\w+)\(void \*\*state\)', re.sub(r'\s+', ' ', text))
            if len(re.findall(r'\b' + p + r'\b', text)) > 1}


def faults(rules, table, program, known=promises):
    found = []
    rows = re.findall(r'^\| ([RX]-\d+) \| (.*?) \| (.*?) \|$', table, re.M)
    named = [row[0] for row in rows]
    found += [f'{rule} has no row' for rule in rules if rule not in named]
    found += [f'{rule} is no rule' for rule in named if rule not in rules]
    found += [f'{rule} has two rows' for rule in set(named) if named.count(rule) > 1]
    for rule, sentence, tests in rows:
        if sentence != '-' and sentence not in program:
            found.append(f'{rule}: nobody says "{sentence}"')
        pairs = re.findall(r'(test_\w+): (\w+)', tests)
        if not pairs or (sentence == '-' and not tests.startswith('none: ')):
            found.append(f'{rule}: no test is named')
        found += [f'{rule}: {file} has no {promise}' for file, promise in pairs if promise not in known(file)]
    return found


def main():
    rules = re.findall(r'_ROW\(\s*"([RX]-\d+)"', read('src', 'law', 'rules_table.c'))
    table = read('docs', 'rules-tested.md')
    program = strings('src', ('.c', '.h')) + strings('web', ('.html',))
    here = faults(rules, table, program)
    one = '| X-4 | Nooit. | test_law: promise |\n'
    broken = [
        ('a rule without a row', faults(['X-4', 'X-5'], one, 'Nooit.', lambda file: {'promise'}), 'X-5 has no row'),
        ('a row without a rule', faults([], one, 'Nooit.', lambda file: {'promise'}), 'X-4 is no rule'),
        ('a test that is gone', faults(['X-4'], one, 'Nooit.', lambda file: set()), 'X-4: test_law has no promise'),
        ('a sentence that nobody says', faults(['X-4'], one, '', lambda file: {'promise'}), 'X-4: nobody says "Nooit."'),
        ('a row that names no test', faults(['X-4'], '| X-4 | Nooit. | none: - |\n', 'Nooit.'), 'X-4: no test is named'),
    ]
    print(f'1..{len(broken) + 2}')
    print(f'{"ok" if len(rules) == 27 else "not ok"} 1 - the table of the law is read whole')
    print(f'{"not ok" if here else "ok"} 2 - every rule names a test from outside that is there')
    for fault in here:
        print('# ' + fault)
    bad = bool(here) or len(rules) != 27
    for number, (what, got, expected) in enumerate(broken, 3):
        right = got == [expected]
        bad = bad or not right
        print(f'{"ok" if right else "not ok"} {number} - {what} is told')
    sys.exit(1 if bad else 0)


main()
