/*
 * answer.h - what a partner writes down in answer to a request: read and judged, item by item; pure
 *
 * An answer is a list of items: one thing known about one subject. The form asks what it is (a
 * kind of fact); its category follows from that (law/categories.h). What was not asked, about a
 * subject that isn't named, in a phase that isn't open or from a source that may not give it, is
 * refused at its field; whatever else was sent is kept.
 */
#ifndef REQUESTS_ANSWER_H
#define REQUESTS_ANSWER_H

#include "platform/core/problems.h"
#include "requests/information_request.h"

enum {
	ANSWER_TEXT_CHARS_MAX = 2000,
	ANSWER_SETTLED_CHARS_MIN = 10,
	ANSWER_SETTLED_CHARS_MAX = 500,
	ANSWER_ITEMS_MAX = 500 /* kept in one request, whatever is sent */
};

/* What was asked, and of whom: the same for every item. */
struct answer_asked {
	uint8_t kind;       /* enum request_kind */
	struct array parts; /* of struct answer_part */
	enum law_letter addressee;
	enum law_unit unit;
	enum law_activity activity;
	enum law_crime_form crime_form;
	bool exploitation;
	int32_t today;
};

struct answer_part {
	int64_t subject;  /* number in the casefile: 1, 2, ... */
	const char *name; /* of the subject, as this reader sees it */
	enum law_category category;
	enum law_phase opened_phase;
	bool criminal_data_present;
};

struct answer_item {
	int64_t subject;
	uint16_t kind; /* of law_kinds(), KIND_FACT */
	enum law_category category;
	const char *text;
	const char *settled; /* see answer_words_check; NULL or "": nothing was said */
	int64_t day;         /* on which it held; INT64_MIN: not said */
	int64_t cents;       /* INT64_MIN: no amount */
	bool is_judgement;
	char source_grade, information_grade; /* 0: not evaluated */
	uint8_t handling;                     /* index in law_handling_codes() */
	uint16_t task;                        /* of law_tasks(): where the addressee has it from */
};

/*
 * Everything that is wrong with this item, each at its field under `at` ("items[3]", or "" for a
 * form with one item): "subject", "kind", "text", "task", "grade". True: it may be kept.
 * Cost: linear in its text.
 */
bool answer_item_check(const struct answer_asked *asked, const struct answer_item *item,
                       const char *at, struct arena *a, struct problems *problems);

/*
 * Topics of R-5, a BSN, a name of a person: what has no place in the words of a question or an
 * answer, each at `path`. Words can look like a topic or a name and be something else (a street, a
 * firm): settled says why, by the writer, of at least ANSWER_SETTLED_CHARS_MIN characters; then
 * those are no problem, and the reason stands beside the words for who reads them. A BSN always is.
 */
void answer_words_check(const char *text, const char *settled, int32_t today, const char *path,
                        struct arena *a, struct problems *problems);

/* The part that this item belongs to, or NULL: that isn't asked. */
const struct answer_part *answer_part_of(const struct answer_asked *asked, int64_t subject,
                                         enum law_category category);

/* Words about income in what the tax administration writes (BGS 2.15): yes, or the no of R-3. */
struct verdict answer_income_words(enum law_letter source, const char *text);

/* The kinds of fact of one category: pointers into law_kinds(), at most max; how many. */
size_t answer_kinds(enum law_category category, const struct law_kind **ret, size_t max);

/* "A1": both grades, or false. "" gives zeros. */
bool answer_grade_read(const char *text, char *ret_source, char *ret_information);

#endif
