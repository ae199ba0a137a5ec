/*
 * fold.h - words as a search finds them and names as a list sorts them: the only user of ICU here
 *
 * Folding takes away what people don't type the same twice: case, accents, script and
 * ligatures (Any-Latin; Latin-ASCII; Lower of ICU, so "Ä" "ä" "a", "ß" "ss", "Ж" "z").
 * A word is a run of letters and digits after folding. Sorting is Dutch collation (CLDR nl).
 *
 * ICU's transliterators aren't safe from several threads: a struct folder is one thread's at a
 * time. Opening costs milliseconds: one per worker, kept. Folding costs about 4 us a name.
 */
#ifndef PLATFORM_TEXT_FOLD_H
#define PLATFORM_TEXT_FOLD_H

#include <stddef.h>
#include <stdint.h>

#include "platform/core/arena.h"
#include "platform/core/error.h"

struct folder;

MUST_CHECK enum status folder_open(struct folder **ret, struct error *reterr);
void folder_close(struct folder *f); /* takes NULL */

enum { FOLD_WORD_MAX_BYTES = 64 /* longer words are cut, the same way each time */ };

/* text (UTF-8; wrong bytes count as a space) folded, in the arena: a-z, 0-9 and single spaces
 * between the words, none at the ends. */
const char *fold_text(struct folder *f, const char *text, struct arena *arena);

/* The words of text, folded, in order, with repeats; at most max. Returns how many. */
size_t fold_words(struct folder *f, const char *text, struct arena *arena, size_t max,
                  const char **ret);

/*
 * Bytes that sort as a Dutch reader expects, for the bytea sort key of a public name. Equal
 * names give equal keys. For one ICU version: `plein index` rebuilds them after an upgrade.
 */
const uint8_t *fold_sort_key(struct folder *f, const char *name, struct arena *arena,
                             size_t *ret_len);

#endif
