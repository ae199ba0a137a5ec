/*
 * explain.h - why two records may be the same, in plain Dutch and in numbers
 *
 * Per comparison one clause: what agrees or differs, with both texts where they differ, how rare
 * it is, and its points: the weight less the weight the pair would have if this comparison were
 * missing. Points add up roughly, not exactly, since the latent classes hang together: what agrees
 * may count against, and the clause then says so. Store the text with the decision, together with
 * the model's name and version, which it names.
 */
#ifndef MATCHING_EXPLAIN_H
#define MATCHING_EXPLAIN_H

#include <stdint.h>

#include "matching/model.h"
#include "platform/core/out.h"

enum explain_side {
	EXPLAIN_SAME,      /* speaks for one and the same */
	EXPLAIN_DIFFERENT, /* speaks against it */
	EXPLAIN_UNKNOWN    /* missing on one side: says nothing */
};

struct explained {
	const char *field; /* Dutch: "achternaam" */
	enum explain_side side;
	char words[320]; /* "achternaam één letter anders: Yilmaz / Yilmas" */
	double points;   /* in bits; 0 when missing */
};

/* One entry per comparison of the model, most telling first; returns how many (at most
 * MODEL_COMPARISON_MAX). texts as in struct index_record, NULL where unknown. records: the weight is
 * that of a look-up among so many (index.h); 0: that of a pair of a file. */
int explain(const struct model *m, uint32_t pattern, double records, const char *const *a,
            const char *const *b, struct explained ret[MODEL_COMPARISON_MAX]);

/* "Waarschijnlijk dezelfde", "Misschien dezelfde", ...: the verdict that goes with a weight. It
 * never says that something is so: a person decides. */
const char *explain_verdict(double weight);

/* A weight as people read it: "+2,0". */
enum { EXPLAIN_WEIGHT_BYTES = 48, EXPLAIN_PROMISE_BYTES = 96 };
void explain_weight(double weight, char ret[EXPLAIN_WEIGHT_BYTES]);

/* What a weight promises, in a number that anybody can picture: "Van 100 paren als dit zijn er naar
 * schatting 80 dezelfde". */
void explain_promise(double weight, char ret[EXPLAIN_PROMISE_BYTES]);

/* What a ready model is about, in Dutch: "personen"; another model goes by its own name. */
const char *explain_model(const struct model *m);

/* The whole as text, three lines: verdict with numbers, what agrees, what differs. */
void explain_text(const struct model *m, uint32_t pattern, double records, const char *const *a,
                  const char *const *b, struct out *o);

#endif
