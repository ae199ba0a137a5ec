/*
 * read_prose.h - addresses, numbers, dates and amounts found in a pasted mail or story
 *
 * Found by rule, from left to right, so that the same text gives the same finds and
 * each can be explained. What is found is a proposal for a field; what may not stay
 * in prose is marked: a BSN moves to its field, a person's name becomes a mention,
 * a forbidden topic goes or is explained. Finds of numbers don't overlap; a topic
 * may lie inside another find. Offsets are bytes of the text as given.
 */
#ifndef LAW_READ_PROSE_H
#define LAW_READ_PROSE_H

#include "law/topics.h"
#include "law/validate.h"
#include "platform/core/arena.h"

enum law_find_kind {
	FIND_BSN = 1,
	FIND_RSIN = 2,
	FIND_KVK = 3,
	FIND_VAT = 4,
	FIND_IBAN = 5,
	FIND_BAG_ID = 6,
	FIND_POSTCODE = 7,
	FIND_ADDRESS = 8, /* street and house number */
	FIND_PLATE = 9,
	FIND_PHONE = 10,
	FIND_EMAIL = 11,
	FIND_DATE = 12,
	FIND_TIME = 13,
	FIND_AMOUNT = 14,
	FIND_NAME = 15, /* of a person: after "mevrouw", or initials and a surname */
	FIND_TOPIC = 16,
	FIND_BIRTH_DATE = 17 /* a day behind "geboren" */
};

enum law_stay {
	STAY_YES,
	STAY_MOVE,  /* belongs in a field or mention of its own */
	STAY_REMOVE /* may not be in Plein unless we misread it */
};

struct law_find_kind_row {
	enum law_find_kind code;
	const char *id;    /* "BSN" */
	const char *label; /* "Burgerservicenummer" */
	enum law_stay stay;
	const char *sentence; /* for the writer; NULL where it may stay */
	const char *article;  /* or NULL */
};

const struct law_find_kind_row *law_find_kinds(size_t *ret_count);
const struct law_find_kind_row *law_find_kind(enum law_find_kind kind);

enum { LAW_FIND_VALUE_MAX = 120, LAW_FINDS_MAX = 1000 };

struct law_find {
	enum law_find_kind kind;
	size_t start, length;       /* bytes */
	enum law_check_level level; /* as the validator said; ERROR: found, but it can't be right */
	enum law_topic topic;       /* with FIND_TOPIC, else 0 */
	int64_t number;             /* day, minute, cents: as in law/validate.h */
	char value[LAW_FIND_VALUE_MAX + 1]; /* normal form; as written with a level of ERROR */
};

struct law_finds {
	struct law_find *item; /* by start; in the arena */
	size_t count;
	bool cut; /* there were more than LAW_FINDS_MAX */
};

/* text need not end in NUL and may hold anything. today serves dates without a year. Cost: linear
 * in the text but for a small constant per word. */
struct law_finds law_prose_read(struct arena *arena, const char *text, size_t text_bytes,
                                int32_t today);

/* ---- what a story doesn't say yet ---- */

enum law_missing {
	MISSING_WHERE = 1 << 0,
	MISSING_WHEN = 1 << 1,
	MISSING_WHO_OR_WHAT = 1 << 2,
	MISSING_FACTS = 1 << 3 /* too short to hold any */
};

/* Bits of enum law_missing. */
unsigned law_prose_missing(const struct law_finds *finds, size_t text_bytes);

/* The question to the writer for one bit: "Waar zag u dit? Een adres, ..." */
const char *law_missing_question(enum law_missing bit);

#endif
