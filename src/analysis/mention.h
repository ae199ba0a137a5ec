/*
 * mention.h - persons and things in a text by reference: typed with @, stored as a token; pure
 *
 * A writer types @[3 Jan de Boer], @3 or @Jan de Boer. What is stored holds no name: a token
 * names the presence, and each reader gets the name if he may see it and a blank else, also after
 * the presence is destroyed. A token is the byte 02, 32 hexadecimal digits and the byte 03, which
 * no form lets through.
 *
 * Cost: the text times the names.
 */
#ifndef ANALYSIS_MENTION_H
#define ANALYSIS_MENTION_H

#include <stdbool.h>
#include <stdint.h>

#include "platform/core/arena.h"
#include "platform/crypto/uuid.h"

enum { MENTIONS_MAX = 60 /* different ones in one text */ };

struct mention_known {     /* a subject of the casefile */
	int64_t number;    /* 1, 2, ... in the casefile */
	struct uuid uuid;  /* of the presence */
	const char *name;  /* what to call it */
	const char *other; /* a second name that tells who it is (a family name); NULL: none */
	bool named;        /* a person or organisation: its name may not stand there plainly */
};

struct mention_text {
	const char *stored;
	struct uuid mentions[MENTIONS_MAX]; /* each once, in order */
	size_t mention_count;
	bool too_many;
	int64_t unknown; /* a number after @ that nobody has; 0: none */
	/* Somebody known who stands there by name and not by @; NULL: nobody. */
	const struct mention_known *plain;
};

/* What was typed, as it is stored. known: count subjects that the writer may see. */
void mention_read(struct arena *a, const char *typed, const struct mention_known *known,
                  size_t count, struct mention_text *ret);

/* What is stored, as its writer types it: "@[3 Jan de Boer]"; who is gone is "[naam weg]". Read
 * again with the same subjects it is stored alike. */
const char *mention_typed(struct arena *a, const char *stored, const struct mention_known *known,
                          size_t count);

/* A text cut at its mentions. name NULL: plain text; "" in a mention: to be left blank. */
struct mention_piece {
	const char *text; /* plain text; "" for a mention */
	const char *name;
	int64_t number; /* of the subject; 0: not for this reader */
};
/* An array of struct mention_piece, in reading order. */
struct array mention_pieces(struct arena *a, const char *stored, const struct mention_known *known,
                            size_t count);

#define MENTION_BLANK "(naam weggelaten)"
/* The same as one text, with MENTION_BLANK where a name is left out. */
const char *mention_plain(struct arena *a, const char *stored, const struct mention_known *known,
                          size_t count);

#endif
