/*
 * signal_text.h - the sealed words of a signal: its parts, questions and answers, and hits
 *
 * Each saved version of a part has a key of its own; saving again destroys the one before.
 */
#ifndef SIGNALS_SIGNAL_TEXT_H
#define SIGNALS_SIGNAL_TEXT_H

#include "platform/crypto/sealed_key.h"
#include "platform/crypto/uuid.h"
#include "platform/db/db.h"
#include "signals/signal.h"

enum { SIGNAL_PART_COUNT = PART_ASSIGNMENT + 1, SIGNAL_QUESTIONS_MAX = 50 };

/* "" for a part that isn't there. */
struct signal_texts {
	const char *part[SIGNAL_PART_COUNT];
	int64_t written_at; /* of the newest, ms; 0: nothing yet */
};
MUST_CHECK enum status signal_texts_load(struct db_read *r, struct keyring *k, int64_t id,
                                         const struct uuid *uuid, struct arena *a,
                                         struct signal_texts *ret, struct error *reterr);

/* Title alone, for a list: "" if there is none. */
MUST_CHECK enum status signal_title_load(struct db_read *r, struct keyring *k, int64_t id,
                                         const struct uuid *uuid, struct arena *a, const char **ret,
                                         struct error *reterr);

/*
 * For lists: a title whose row and key came along with the list's own statement, in the columns
 * of SIGNAL_TITLE_COLUMNS; "" where there is none, or where its key is forgotten.
 */
#define SIGNAL_TITLE_COLUMNS                                                                       \
	"s.uuid, coalesce(st.key_id, 0), coalesce(st.version, 0), st.sealed,"                      \
	" coalesce(sk.period_id, 0), sk.wrapped"
#define SIGNAL_TITLE_JOIN                                                                          \
	" LEFT JOIN signal_text st ON st.signal_id = s.id AND st.part = 1"                         \
	" LEFT JOIN sealed_key sk ON sk.id = st.key_id AND sk.kind = 2"
struct sealed_title {
	struct uuid uuid;
	int64_t version;
	const uint8_t *sealed; /* NULL: no title */
	size_t len;
	struct wrapped_key key;
};
/* The row's columns from `column` on, copied into the arena. */
struct sealed_title signal_title_read(const struct db_rows *row, int column, struct arena *a);
MUST_CHECK enum status signal_title_open(struct keyring *k, const struct sealed_title *t,
                                         struct arena *a, const char **ret, struct error *reterr);

/* One part, sealed before the job. An empty text removes the part. */
struct sealed_part {
	enum signal_part part;
	int64_t version;
	struct fresh_key key;
	const uint8_t *sealed; /* NULL: the part goes */
	size_t len;
};
void signal_seal_part(struct keyring *k, const struct uuid *uuid, int64_t version,
                      enum signal_part part, const char *text, struct arena *a,
                      struct sealed_part *ret);
struct signal_writer {
	int64_t signal_id, appointment_id, now_ms;
};
MUST_CHECK enum status signal_text_put(struct db_tx *tx, const struct signal_writer *w,
                                       const struct sealed_part *part, struct error *reterr);

/* The same for a signal that was made in this job: there is nothing to take away first. */
MUST_CHECK enum status signal_text_first(struct db_tx *tx, const struct signal_writer *w,
                                         const struct sealed_part *part, struct error *reterr);

/* ---- questions ----------------------------------------------------------------------------- */

struct signal_question {
	int64_t id, asked_at, answered_at; /* answered_at 0: open */
	const char *question, *answer;     /* answer "" while open */
};
MUST_CHECK enum status signal_questions(struct db_read *r, struct keyring *k, int64_t id,
                                        const struct uuid *uuid, struct arena *a, struct array *ret,
                                        struct error *reterr);
struct sealed_question {
	struct fresh_key key;
	const uint8_t *sealed;
	size_t len;
};
void signal_seal_question(struct keyring *k, const struct uuid *uuid, const char *text,
                          struct arena *a, struct sealed_question *ret);
MUST_CHECK enum status signal_ask(struct db_tx *tx, const struct signal_writer *w,
                                  const struct sealed_question *q, struct error *reterr);

/* In prepare: the answer under its question's key. ERR_NOT_FOUND: no such open question. */
MUST_CHECK enum status signal_seal_answer(struct db_read *r, struct keyring *k, int64_t id,
                                          const struct uuid *uuid, int64_t question_id,
                                          const char *text, struct arena *a, const uint8_t **ret,
                                          size_t *ret_len, struct error *reterr);
/* ERR_CONFLICT: answered meanwhile. */
MUST_CHECK enum status signal_answer(struct db_tx *tx, const struct signal_writer *w,
                                     int64_t question_id, const uint8_t *sealed, size_t len,
                                     struct error *reterr);

/* ---- what may not stand in the text (decisions 1.6) -------------------------------------------- */

struct signal_hit {
	enum signal_part part;
	int topic;         /* enum law_topic; 0: a number that looks like a BSN */
	const char *words; /* as they stand in the text */
	bool settled;      /* the submitter said: no special data. Never true for a BSN */
};
/* Hits in these texts, at most one a part and topic. */
MUST_CHECK enum status signal_hits(struct db_read *r, int64_t id, const struct signal_texts *texts,
                                   int32_t today, struct arena *a, struct array *ret,
                                   struct error *reterr);
MUST_CHECK enum status signal_hit_settle(struct db_tx *tx, const struct signal_writer *w,
                                         enum signal_part part, int topic, struct error *reterr);
MUST_CHECK enum status signal_hits_review(struct db_tx *tx, const struct signal_writer *w,
                                          struct error *reterr);

/* The text with every BSN that was found in it taken out. */
struct law_finds;
const char *signal_text_without_bsns(struct arena *a, const char *text,
                                     const struct law_finds *finds);

/* Sets what only the words tell: criteria long enough, hits settled. */
void signal_judge_texts(const struct signal_texts *texts, const struct array *hits,
                        struct signal_picture *picture);

/* Texts, questions and their keys go; for good (keys_store.h). */
MUST_CHECK enum status signal_texts_destroy(struct db_tx *tx, int64_t id, struct error *reterr);

extern const struct db_stmt *const signal_text_statements[];

#endif
