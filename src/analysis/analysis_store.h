/*
 * analysis_store.h - analyses, their paragraphs and versions in the database; for src/analysis/
 *
 * Every reading function takes the level: the highest phase that the reader reads. A row above it
 * is passed over by the statement, so that nothing of it reaches the program. Writing happens
 * inside a job; what changes a paragraph's words claims PARAGRAPH_ROOT first.
 */
#ifndef ANALYSIS_ANALYSIS_STORE_H
#define ANALYSIS_ANALYSIS_STORE_H

#include "analysis/analysis.h"
#include "analysis/mention.h"
#include "platform/crypto/sealed_key.h"
#include "platform/db/db.h"

extern const struct db_root PARAGRAPH_ROOT, FROZEN_ROOT;

enum {
	ANALYSIS_PARAGRAPHS_MAX = 600,
	ANALYSIS_CITATIONS_MAX = 60, /* of one paragraph */
	ANALYSIS_TEXT_CHARS = 6000,
	ANALYSIS_VERSIONS_MAX = 200 /* shown of one paragraph */
};
/* Stored; never reused. */
enum paragraph_state {
	PARAGRAPH_STANDS = 1,
	PARAGRAPH_REMOVED = 2,
	PARAGRAPH_DESTROYED = 3,
	PARAGRAPH_REPLACED = 4 /* by one of another phase */
};

/* ---- reading ------------------------------------------------------------------------------------ */

struct analysis {
	int64_t id; /* 0: nobody has written yet */
	int64_t begun_at;
	int64_t live; /* ms: what an open page of this level compares */
};
MUST_CHECK enum status analysis_find(struct db_read *r, int64_t casefile_id, int level,
                                     struct analysis *ret, struct error *reterr);

struct paragraph {
	int64_t id, version, number, version_id, written_at, written_by;
	int64_t follows; /* the paragraph that this one replaced; 0: none */
	struct uuid uuid, version_uuid;
	int section, phase;
	uint8_t state; /* enum paragraph_state */
	int64_t review, review_until;
	int64_t key_id;
	const char *author, *participant; /* who wrote the newest version */
	const char *stored; /* the text, with tokens; NULL: it can't be opened any more */
	struct span sealed;
};
/* Those that stand (or were removed), in reading order: an array of struct paragraph. */
MUST_CHECK enum status paragraph_list(struct db_read *r, struct keyring *k, int64_t analysis_id,
                                      int level, uint8_t state, struct arena *a, struct array *ret,
                                      struct error *reterr);
/* One that stands or was removed. ERR_NOT_FOUND: none of this casefile for this reader. */
MUST_CHECK enum status paragraph_load(struct db_read *r, struct keyring *k, int64_t casefile_id,
                                      int level, const char *uuid, struct arena *a,
                                      struct paragraph *ret, struct error *reterr);
/* Every version that this reader may see, newest first, those of paragraphs that it replaced too:
 * an array of struct paragraph. */
MUST_CHECK enum status paragraph_versions(struct db_read *r, struct keyring *k,
                                          const struct paragraph *p, int level, struct arena *a,
                                          struct array *ret, struct error *reterr);
/* Of every phase, what stands and what a fixed version holds: of a casefile; that mentions a
 * presence. */
MUST_CHECK enum status paragraphs_lasting(struct db_read *r, struct keyring *k, int64_t casefile_id,
                                          struct arena *a, struct array *ret, struct error *reterr);
MUST_CHECK enum status paragraphs_about(struct db_read *r, struct keyring *k, int64_t presence_id,
                                        struct arena *a, struct array *ret, struct error *reterr);
/* As a fixed version holds them, in its order; those whose words are destroyed are left out. */
MUST_CHECK enum status paragraphs_of_frozen(struct db_read *r, struct keyring *k, int64_t frozen_id,
                                            int level, struct arena *a, struct array *ret,
                                            struct error *reterr);
/* Is there anything above this level that stands? Only for who may know (analysis_tells_left_out). */
MUST_CHECK enum status analysis_hides(struct db_read *r, int64_t analysis_id, int level, bool *ret,
                                      struct error *reterr);

struct citation {
	int64_t version_id;
	struct uuid fact;
	int64_t fact_version; /* as it was read */
	int phase;
	int64_t now_id; /* the fact as it stands now; 0: destroyed */
	bool changed;   /* corrected since this was written */
};
/* Of all paragraphs that stand; of all parts of a frozen version; of one version. */
MUST_CHECK enum status citations_of_analysis(struct db_read *r, int64_t analysis_id, int level,
                                             struct arena *a, struct array *ret,
                                             struct error *reterr);
MUST_CHECK enum status citations_of_frozen(struct db_read *r, int64_t frozen_id, int level,
                                           struct arena *a, struct array *ret,
                                           struct error *reterr);
MUST_CHECK enum status citations_of_version(struct db_read *r, int64_t version_id, int level,
                                            struct arena *a, struct array *ret,
                                            struct error *reterr);

/* Facts of the casefile as a writer may cite them: an array of struct citable. */
struct citable {
	int64_t id, version;
	struct uuid uuid;
	int phase;
	bool corrected; /* it turned out wrong */
};
MUST_CHECK enum status citable_facts(struct db_read *r, int64_t casefile_id, int level,
                                     struct arena *a, struct array *ret, struct error *reterr);

/* The uuid of each presence of the casefile, by its number. */
struct presence_name {
	int64_t id, number;
	struct uuid uuid;
};
MUST_CHECK enum status presence_names(struct db_read *r, int64_t casefile_id, struct arena *a,
                                      struct array *ret, struct error *reterr);

/* ---- writing --------------------------------------------------------------------------------------- */

struct paragraph_words {
	int phase; /* the highest cited, at least 1 */
	const char *stored;
	const struct uuid *mentions;
	size_t mention_count;
	const struct citable *citations;
	size_t citation_count;
};
struct sealed_words {
	struct uuid uuid; /* of the version */
	struct fresh_key key;
	struct paragraph_words words;
	const uint8_t *sealed;
	size_t len;
};
/* In prepare. */
void paragraph_seal(struct keyring *k, const struct paragraph_words *words, int64_t now_ms,
                    struct arena *a, struct sealed_words *ret);

struct analysis_writer {
	int64_t casefile_id, appointment_id, person_id, now_ms;
	int level;
};
/* The analysis of the casefile, begun now if nobody did. fresh: its uuid if it is new. */
MUST_CHECK enum status analysis_begin(struct db_tx *tx, const struct analysis_writer *w,
                                      const struct uuid *fresh, int64_t *ret_id,
                                      struct error *reterr);
struct paragraph_spot {
	int section;
	int64_t after; /* id of the paragraph before it; 0: first; -1: last */
};
MUST_CHECK enum status paragraph_insert(struct db_tx *tx, const struct analysis_writer *w,
                                        int64_t analysis_id, const struct paragraph_spot *spot,
                                        const struct uuid *uuid, const struct sealed_words *words,
                                        struct error *reterr);
/* A new version of a claimed paragraph, or where the phase is another a new paragraph in its place
 * under the uuid `fresh`; what was to be looked at has been. */
MUST_CHECK enum status paragraph_save(struct db_tx *tx, const struct analysis_writer *w,
                                      const struct paragraph *p, const struct uuid *fresh,
                                      const struct sealed_words *words, struct error *reterr);
/* Elsewhere in the same section or in another; the words and their version stay. */
MUST_CHECK enum status paragraph_move(struct db_tx *tx, const struct analysis_writer *w,
                                      const struct paragraph *p, const struct paragraph_spot *spot,
                                      struct error *reterr);
MUST_CHECK enum status paragraph_set_state(struct db_tx *tx, const struct analysis_writer *w,
                                           const struct paragraph *p, uint8_t state,
                                           struct error *reterr);
extern const struct db_stmt *const analysis_read_statements[];
extern const struct db_stmt *const analysis_write_statements[];

#endif
