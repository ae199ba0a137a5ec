#!/usr/bin/env python3
"""Writes a C header with the texts of the given model files: embed.py OUTPUT MODEL.json..."""
import os
import sys

output, paths = sys.argv[1], sorted(sys.argv[2:])
names = [os.path.splitext(os.path.basename(p))[0] for p in paths]
with open(output, "w", encoding="ascii") as out:
    for name, path in zip(names, paths):
        with open(path, "rb") as f:
            data = f.read()
        out.write("static const unsigned char MODEL_%s[] = {\n" % name.upper())
        for i in range(0, len(data), 24):
            out.write(",".join(str(b) for b in data[i:i + 24]) + ",\n")
        out.write("};\n")
    out.write("#define READY_MODEL_NAMES \"%s\"\n" % ", ".join(names))
    out.write("static const struct { const char *name, *json; size_t bytes; } READY_MODELS[] = {\n")
    for name in names:
        out.write('{ "%s", (const char *)MODEL_%s, sizeof(MODEL_%s) },\n' % (name, name.upper(), name.upper()))
    out.write("};\n")
