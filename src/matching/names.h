/*
 * names.h - what a name sounds like, what else it may be called, and what in it is only a particle
 *
 * All work on folded text (fold.h).
 */
#ifndef MATCHING_NAMES_H
#define MATCHING_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

extern const char *const NICKNAME_ROWS[];
extern const size_t NICKNAME_ROW_COUNT;

enum { PHONETIC_MAX_BYTES = 16, NICKNAME_SLOTS = 4096, NICKNAME_ROWS_PER_NAME = 4 };

/*
 * The skeleton of a word as a Dutch ear hears it: ij=ei=y, c=k=q, ch=g=kh, z=s, v=f=w, th=t, d=t
 * and b=p at the end, sj=sh=sch, tsj=tch=c, dj=j, doubles once, h dropped, vowels only at the
 * start. Yilmaz, Yelmaz: "jlms". Writes at most PHONETIC_MAX_BYTES and a NUL; returns the length.
 * The idea is Soundex's (Russell 1918), the classes are ours; cost O(length).
 */
int name_phonetic(const char *folded, int bytes, char ret[PHONETIC_MAX_BYTES + 1]);

/* How many leading bytes are particles ("van der ", "el ", "d"), with the space behind them. Never
 * all of the name. */
int name_particle_bytes(const char *folded, int bytes);

/* Which rows of NICKNAME_ROWS a name stands in. Built once, then read-only: safe for all threads.
 */
struct nicknames {
	uint64_t names[NICKNAME_SLOTS];                        /* hash of the name, 0: free */
	uint16_t rows[NICKNAME_SLOTS][NICKNAME_ROWS_PER_NAME]; /* row + 1, 0: none */
};

void nicknames_init(struct nicknames *n);

/* The rows of the name (row + 1), 0-padded; all 0 for a name that has no row. */
void nicknames_rows(const struct nicknames *n, const char *folded, int bytes,
                    uint16_t ret[NICKNAME_ROWS_PER_NAME]);

#endif
