/*
 * topics.h - subjects that may not stand in a text, found by their words
 *
 * Rule R-5: health, ethnicity, religion, politics, union membership, sexual
 * orientation, biometrics and genetics have no place in Plein; rule R-4: nationality
 * only to tell who someone is. A hit is a question to the writer, never a verdict:
 * he removes the words or says that we misread them (decisions 1.6).
 *
 * Words are compared after folding: case and accents don't count. A table row is a
 * whole word, a stem (start of a word) or a part (anywhere in a word, for Dutch
 * compounds such as "hartpatiënt"). Offsets are bytes in the UTF-8 text as given;
 * broken UTF-8 is read byte by byte and never makes a hit longer than the text.
 */
#ifndef LAW_TOPICS_H
#define LAW_TOPICS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum law_topic {
	TOPIC_HEALTH = 1,
	TOPIC_ETHNICITY = 2,
	TOPIC_RELIGION = 3,
	TOPIC_POLITICS = 4,
	TOPIC_UNION = 5,
	TOPIC_ORIENTATION = 6,
	TOPIC_BIOMETRICS = 7,
	TOPIC_GENETICS = 8,
	TOPIC_NATIONALITY = 9
};

struct law_topic_row {
	enum law_topic code;
	const char *id;       /* "HEALTH" */
	const char *label;    /* "Gezondheid" */
	const char *sentence; /* what the writer reads at a hit */
	const char *rule;     /* "R-5" */
	const char *article;
};

const struct law_topic_row *law_topics(size_t *ret_count);
const struct law_topic_row *law_topic(enum law_topic code); /* NULL: none */

enum law_word_match { MATCH_WORD, MATCH_STEM, MATCH_PART };

struct law_topic_word {
	enum law_topic topic;
	enum law_word_match match;
	const char *word; /* folded: small letters without accents; a space is any gap */
};

const struct law_topic_word *law_topic_words(size_t *ret_count);

struct law_topic_hit {
	enum law_topic topic;
	size_t start, length; /* bytes: the whole words that were hit */
	const struct law_topic_word *word;
};

/*
 * Every hit in the text, from left to right, at most one per topic and word. Fills
 * up to `max` and returns how many there are in all. Cost: text length times the
 * words of the table that share a first letter.
 */
size_t law_topics_find(const char *text, size_t text_bytes, struct law_topic_hit *ret_hits,
                       size_t max);

/* Does a word of the text begin with this folded stem (a space in it is any gap)? */
bool law_text_mentions(const char *text, size_t text_bytes, const char *stem);

/*
 * One folded character at `at`: its small letter or digit without accent, '*' for
 * another letter, ' ' for anything that parts words, '\0' for a combining accent
 * (which counts for nothing). *ret_bytes is how far it reaches, at least 1.
 */
char law_fold_at(const char *text, size_t text_bytes, size_t at, size_t *ret_bytes);

#endif
