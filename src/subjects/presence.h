/*
 * presence.h - presences and their facts: sealed, findable by keyed tokens, forgettable
 *
 * A presence is a subject in one signal; its facts are sealed under its own key. Everything is
 * made before the job (subject_seal) and stored inside it.
 */
#ifndef SUBJECTS_PRESENCE_H
#define SUBJECTS_PRESENCE_H

#include "platform/crypto/lexeme.h"
#include "platform/crypto/sealed_key.h"
#include "platform/crypto/uuid.h"
#include "platform/db/db.h"
#include "subjects/subject.h"

enum { SUBJECTS_MAX = 100 /* in one signal */ };

struct subject {
	int64_t id, number;
	int kind, role;
	struct array facts; /* of struct subject_fact */
};

/* In the order in which they were added: an array of struct subject. */
MUST_CHECK enum status subject_list(struct db_read *r, struct keyring *k, int64_t signal_id,
                                    struct arena *a, struct array *ret, struct error *reterr);

/* The same of a casefile, with what tells who it is and no more: facts of the first phase alone. */
MUST_CHECK enum status subject_list_in_casefile(struct db_read *r, struct keyring *k,
                                                int64_t casefile_id, struct arena *a,
                                                struct array *ret, struct error *reterr);

/* One presence by its row, with what tells who it is. ERR_NOT_FOUND: absent, or forgotten. */
MUST_CHECK enum status subject_identity(struct db_read *r, struct keyring *k, int64_t presence_id,
                                        struct arena *a, struct subject *ret, struct error *reterr);

struct sealed_fact {
	struct uuid uuid;
	enum fact_kind kind;
	enum law_category category;
	int task, evaluation; /* as struct subject_fact */
	int64_t organ_id;
	const uint8_t *value, *raw;
	size_t value_len, raw_len;
};
struct sealed_token {
	enum token_kind kind;
	char token[IDENTIFIER_TOKEN_BYTES];
};
struct sealed_subject {
	int64_t presence_id; /* of subject_reseal; 0: a new one */
	struct uuid uuid, subject_uuid;
	struct fresh_key key;
	int kind, role;
	struct sealed_fact facts[FACT_KIND_COUNT];
	struct sealed_token tokens[FACT_KIND_COUNT];
	size_t fact_count, token_count;
};
struct subject_source {
	int64_t participant_id, organ_id, appointment_id;
	int task;
};
/* In prepare. Wipe ret->key.key when everything under it is sealed. */
void subject_seal(struct keyring *k, const struct mac_key *identifier_key,
                  const struct subject_input *in, const struct subject_fact *facts, size_t count,
                  const struct subject_source *source, int64_t now_ms, struct arena *a,
                  struct sealed_subject *ret);

/* In apply. ERR_LIMIT: the signal has SUBJECTS_MAX of them. */
MUST_CHECK enum status subject_add(struct db_tx *tx, int64_t signal_id,
                                   const struct sealed_subject *s,
                                   const struct subject_source *source, int64_t now_ms,
                                   struct error *reterr);
/* The same where nothing is asked: of a signal that this job made. id: of db_take_ids of
 * "presence"; number: counted from 1 by the caller, up to SUBJECTS_MAX. */
struct subject_fresh {
	int64_t id, signal_id, number;
	int64_t first_processed_at; /* ms; 0: a draft, its clock doesn't run yet */
};
MUST_CHECK enum status subject_add_fresh(struct db_tx *tx, const struct subject_fresh *at,
                                         const struct sealed_subject *s,
                                         const struct subject_source *source, int64_t now_ms,
                                         struct error *reterr);
struct subject_place {
	int64_t signal_id, number;
};
/* In prepare: other facts for one that is there; its number, ties and files stay. ERR_NOT_FOUND: no
 * such number, or of another kind. */
MUST_CHECK enum status
subject_reseal(struct db_read *r, struct keyring *k, const struct mac_key *identifier_key,
               const struct subject_place *place, const struct subject_input *in,
               const struct subject_fact *facts, size_t count, const struct subject_source *source,
               int64_t now_ms, struct arena *a, struct sealed_subject *ret, struct error *reterr);
/* In apply, of what subject_reseal made. */
MUST_CHECK enum status subject_replace(struct db_tx *tx, int64_t signal_id,
                                       const struct sealed_subject *s,
                                       const struct subject_source *source, int64_t now_ms,
                                       struct error *reterr);
/* From now on the partnership processes what is known of the persons in this signal: the clock of
 * each whose clock doesn't run begins (decisions 3.10). */
MUST_CHECK enum status subjects_begin_clock(struct db_tx *tx, int64_t signal_id, int64_t now_ms,
                                            struct error *reterr);
/* Facts, tokens and key go, for good. ERR_NOT_FOUND: no such number. */
MUST_CHECK enum status subject_remove(struct db_tx *tx, int64_t signal_id, int64_t number,
                                      struct error *reterr);
/* All of them. */
MUST_CHECK enum status subjects_destroy(struct db_tx *tx, int64_t signal_id, struct error *reterr);

extern const struct db_stmt *const subject_statements[];

#endif
