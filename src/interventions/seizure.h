/*
 * seizure.h - the ledger of integral seizure (afpakken): measures, amounts, yearly targets
 *
 * Who works for the owner sees its measures; the head and the Stuurploeg's secretary see all. The sums
 * per column, without persons or assets, are for everybody who may open the ledger. Amounts of
 * different columns are never added.
 */
#ifndef INTERVENTIONS_SEIZURE_H
#define INTERVENTIONS_SEIZURE_H

#include "access/access.h"
#include "interventions/interventions.h"

/* Stored; never reused. */
enum asset_kind {
	ASSET_MONEY = 1,
	ASSET_ACCOUNT = 2,
	ASSET_REAL_ESTATE = 3,
	ASSET_VEHICLE = 4,
	ASSET_GOODS = 5,
	ASSET_CRYPTO = 6,
	ASSET_COMPANY = 7,
	ASSET_OTHER = 8
};
extern const struct code ASSET_KINDS[], SEIZURE_KINDS[];

bool seizure_sees_all(enum role role);
/* Pure; what the statements ask of a measure of this organ. */
bool seizure_opens_to(const struct viewer *viewer, int64_t organ_id);

struct seizure {
	int64_t id, organ_id, begun_day, ended_day;
	const char *casefile, *intervention; /* references, "" where it belongs to none */
	struct uuid uuid;
	const char *reference, *participant, *basis;
	int kind, asset; /* kind: enum law_intervention_kind */
	int64_t key_id;
	struct span described;       /* sealed */
	int64_t cents[AMOUNT_KINDS]; /* -1: nothing registered */
};
struct seizure_query {
	const struct viewer *viewer;
	int64_t day, year;     /* day: where the page begins; year 0: any */
	const char *reference; /* the row at that place; NULL: the start */
	bool backward;
	uint64_t kinds, assets; /* bits; 0: any */
	int64_t limit;
};
/* Newest first: an array of struct seizure. */
MUST_CHECK enum status seizure_rows(struct db_read *r, const struct seizure_query *q,
                                    struct arena *a, struct array *ret, struct error *reterr);
MUST_CHECK enum status seizure_load(struct db_read *r, const struct viewer *viewer,
                                    const char *reference, struct arena *a, struct seizure *ret,
                                    struct error *reterr);
/* Its owner, while it stands. */
bool seizure_may_end(const struct seizure *s, const struct viewer *viewer);
MUST_CHECK enum status seizure_described(struct db_read *r, struct keyring *k,
                                         const struct seizure *s, struct arena *a, const char **ret,
                                         struct error *reterr);

/* Of a year, over the whole region: sums by the day of the amount, and targets; -1: none. */
struct seizure_year {
	int64_t cents[AMOUNT_KINDS], target[AMOUNT_KINDS];
};
MUST_CHECK enum status seizure_year_load(struct db_read *r, int year, struct seizure_year *ret,
                                         struct error *reterr);

struct seizure_line {
	const char *reference;
	int64_t organ_id;
	int asset;
};
/* Of an intervention, for who may open each (seizure_opens_to()): an array of struct seizure_line. */
MUST_CHECK enum status seizures_of_intervention(struct db_read *r, const struct viewer *viewer,
                                                int64_t intervention_id, struct arena *a,
                                                struct array *ret, struct error *reterr);

/* ---- inside a job ------------------------------------------------------------------------------- */

struct seizure_new {
	struct uuid uuid;
	const struct mac_key *reference_key;
	const struct viewer *viewer;
	int64_t now_ms, begun_day;
	int64_t casefile_id, intervention_id; /* 0: none; an intervention with its casefile */
	int kind, asset;
	const char *basis;
	struct intervention_words described;
};
void seizure_seal(struct keyring *k, struct seizure_new *n, const char *described, struct arena *a);
MUST_CHECK enum status seizure_add(struct db_tx *tx, const struct seizure_new *n,
                                   const char **ret_reference, struct error *reterr);

struct seizure_amount_new {
	int64_t seizure_id, cents, day, now_ms, appointment_id;
	int amount; /* enum law_amount_column */
};
MUST_CHECK enum status seizure_amount_add(struct db_tx *tx, const struct seizure_amount_new *n,
                                          struct error *reterr);
MUST_CHECK enum status seizure_end(struct db_tx *tx, int64_t seizure_id, int64_t day,
                                   struct error *reterr);
/* In the place of an earlier one for that year and column. */
MUST_CHECK enum status seizure_target_put(struct db_tx *tx, int year, int amount, int64_t cents,
                                          const struct viewer *viewer, int64_t now_ms,
                                          struct error *reterr);

extern const struct db_stmt *const seizure_statements[];

#endif
