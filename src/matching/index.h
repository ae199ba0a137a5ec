/*
 * index.h - one record against all, now: a register in memory that changes while it is asked
 *
 * The model is frozen: looking up never changes a weight (decisions 7.2). Each answer carries the
 * pattern, from which explain.h makes words. The index holds codes of folded texts, no more.
 *
 * Candidates come from the model's blocking rules and its look-up rules (wider ones that a whole
 * register couldn't afford); when none of them reaches the sure line, the distinct family names
 * are scanned for near ones (scan.h) and their lists are tried too. Lists above INDEX_LIST_MAX are
 * crowds (01-01, a shelter): of those only the first are read, since whoever else agrees on more
 * is found by a narrower rule.
 *
 * Cost of a look-up: some ten hash look-ups and one comparison per candidate: 5 to 50 us.
 * Threads: any number may look up; insert and remove wait for them and are short. One lock inside.
 */
#ifndef MATCHING_INDEX_H
#define MATCHING_INDEX_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "matching/model.h"
#include "matching/records.h"
#include "platform/core/error.h"

enum { INDEX_LIST_MAX = 400, INDEX_HITS_MAX = 100, INDEX_CLUSTER_MAX = 200 };

struct match_index;

/* A record that may be the one asked for. */
struct index_hit {
	uint64_t id;
	float weight; /* log2 odds that it is the same */
	float
	    probability; /* the same as a probability; several can be, one person may stand there twice */
	uint32_t pattern;
};

/* texts[i] is field i of the model, NULL or "" where unknown. */
struct index_record {
	const char *texts[MODEL_FIELD_MAX];
	uint64_t id;    /* the caller's, unique */
	uint64_t group; /* casefile; clusters stay within one group unless a judgement joins */
};

/* An empty index for all fields of the model. */
struct match_index *index_new(const struct model *m);

/*
 * The same for living records, whose own numbers nobody may learn: how common a name is comes from a
 * fixed list (frequencies.h), and a likeness weighs as it does among asked_of records, whatever is
 * in the index. So a weight is a function of the two records alone, and tells nothing of others.
 */
struct match_index *index_new_frozen(const struct model *m, uint32_t asked_of);

/* An index of records that were read from a file; takes them over (r is emptied). ids are the
 * record numbers. */
struct match_index *index_of_records(struct records *r);
void index_free(struct match_index *x); /* takes NULL */

/* ERR_CONFLICT: the id is in use. ERR_INVALID: a text isn't UTF-8. ERR_LIMIT: full. */
MUST_CHECK enum status index_insert(struct match_index *x, const struct index_record *r,
                                    struct error *reterr);
/* ERR_NOT_FOUND: no record has the id. */
MUST_CHECK enum status index_remove(struct match_index *x, uint64_t id, struct error *reterr);
/* Remove and insert in one step for readers. */
MUST_CHECK enum status index_change(struct match_index *x, const struct index_record *r,
                                    struct error *reterr);

uint32_t index_count(const struct match_index *x);

/* Bytes of memory that the rows, lists and texts of the index take, nearly. */
uint64_t index_bytes(const struct match_index *x);

/*
 * The most likely records, best first, at most most (up to INDEX_HITS_MAX) of at least weight_min.
 * Ties go to the lower id, so that the answer is the same each time.
 */
MUST_CHECK enum status index_lookup(const struct match_index *x, const struct index_record *asked,
                                    double weight_min, struct index_hit *ret, int most,
                                    int *ret_count, struct error *reterr);

/* The same for a record that is in the index (which isn't among the answers). */
MUST_CHECK enum status index_lookup_id(const struct match_index *x, uint64_t id, double weight_min,
                                       struct index_hit *ret, int most, int *ret_count,
                                       struct error *reterr);

/* A look-up without the pair's weight: explain.h wants the pattern of two given records. */
MUST_CHECK enum status index_compare(const struct match_index *x, const struct index_record *a,
                                     const struct index_record *b, struct index_hit *ret,
                                     struct error *reterr);

/* Whom the caller's judgements join or part; kind 0: not judged, 1: the same, -1: not the same. It is
 * asked while the index is held, so it changes nothing there. */
struct index_judged {
	int (*kind)(const void *arg, uint64_t a, uint64_t b);
	const void *arg;
};

/*
 * From now on clusters over pairs of at least weight_min are kept up to date with each change, so that
 * asking for one only reads them. It freezes the weights: they stay as they are now (those of
 * index_new_frozen always do). Asked again: begins anew. Not part of a snapshot. About 100 bytes a
 * record; takes a second for a million records, and nobody can ask meanwhile.
 */
void index_keep_clusters(struct match_index *x, double weight_min);

/*
 * The candidate cluster of a record as it stands now: all records that can be reached over pairs
 * of at least weight_min within its group, or judged the same; never over a pair judged not the
 * same. Pairs are those that a blocking rule brings together by a key that isn't a crowd
 * (index_neighbours.h), so a cluster doesn't depend on the order in which records came. Ascending;
 * of more than INDEX_CLUSTER_MAX those that hang together with the record most strongly. Nothing is
 * decided. Cost: reading what is kept; comparing some hundred records per member where nothing is
 * kept for weights as low as weight_min.
 */
MUST_CHECK enum status index_cluster(const struct match_index *x, uint64_t id, double weight_min,
                                     const struct index_judged *judged, uint64_t *ret,
                                     int *ret_count, struct error *reterr);

/* Lists that are crowds now: rule, example id and size, largest first; at most most. */
struct index_crowd {
	const char *rule;
	uint64_t example;
	uint32_t count;
	uint32_t key;    /* what they share, as blocking sees it */
	uint32_t fields; /* a bit per field of the model that the rule reads */
};
int index_crowds(const struct match_index *x, struct index_crowd *ret, int most);

/* The highest ids of those that share it, descending, at most most; how many. 0 when it is gone. */
int index_crowd_ids(const struct match_index *x, const struct index_crowd *c, uint64_t *ret,
                    int most);

/* Writes all there is to a file (atomically), and reads it back; ERR_INVALID when it isn't such a
 * file, is damaged, or was made with another model or version. */
MUST_CHECK enum status index_save(const struct match_index *x, const char *path,
                                  struct error *reterr);
MUST_CHECK enum status index_load(const char *path, const struct model *m, struct match_index **ret,
                                  struct error *reterr);

/* The same to and from an open stream that nobody seeks in, so that the caller can seal it; false: the
 * stream failed. Who reads must say how many bytes it was. A frozen index is frozen again. */
uint64_t index_write_bytes(const struct match_index *x);
MUST_CHECK bool index_write(const struct match_index *x, FILE *to);
MUST_CHECK enum status index_read(FILE *from, uint64_t bytes, const struct model *m,
                                  struct match_index **ret, struct error *reterr);

#endif
