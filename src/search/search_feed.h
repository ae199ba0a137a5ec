/*
 * search_feed.h - records of any room come behind in the one search
 *
 * A room says in its own transaction that a record changed; the feeder reads its words and readers
 * a moment later, in a job of its own, and puts them in the search store. A store that is new or
 * was lost is filled again. Searching asks for words and readers in one question, and the room names
 * what was found for who may open it (search/namer.h): what lags behind shows nothing too much.
 */
#ifndef SEARCH_SEARCH_FEED_H
#define SEARCH_SEARCH_FEED_H

#include "platform/core/clock.h"
#include "search/search.h"

struct plein;

struct search_text {
	const char *reference;
	int64_t at;        /* ms: when it last changed */
	const char *words; /* whatever it can be found by */
	struct thing thing;
};
struct search_feed {
	int kind; /* enum audit_object */
	/* Inside a job. ERR_NOT_FOUND: it is nobody's any more, and leaves the store. */
	enum status (*read)(struct plein *p, struct db_read *r, int64_t id, struct arena *a,
	                    struct search_text *ret, struct error *reterr);
	const struct db_stmt *queue_all; /* INSERT INTO index_waiting of all that can be found */
	/* The same of what hangs from the casefile $1 and follows its readers; NULL: nothing does. */
	const struct db_stmt *queue_of_casefile;
	/*
	 * Words that take long to read and never change (those of a file): asked once, outside any
	 * job; then read's words don't count. NULL: read gives them.
	 */
	enum status (*words)(struct plein *p, int64_t id, struct arena *a, const char **ret,
	                     struct error *reterr);
	/* Of such words: which reader is at work, and an INSERT INTO index_waiting with again = 1 of
	 * what it reads better than the one before. Another number: they are read again. */
	int64_t (*reader)(void);
	const struct db_stmt *queue_again;
};

/* In a job: its words or readers changed. OBJECT_CASEFILE: its readers did, and so those of all that
 * hangs from it. */
MUST_CHECK enum status search_changed(struct db_tx *tx, int kind, int64_t object_id,
                                      struct error *reterr);

/* Nobody brings in much, and nobody asked anything for three seconds, of this process. */
bool search_feed_alone(const struct plein *p);

/* A short job's share of what waits, a longer one's while search_feed_alone(); feeds ends in a row without read. *ret_more: there may be more. One that
 * can't be read holds no other up: it waits an hour, and the step tells. */
MUST_CHECK enum status search_feed_step(struct plein *p, const struct search_feed *feeds,
                                        bool *ret_more, struct error *reterr);

extern const struct db_stmt *const search_feed_statements[];

#endif
