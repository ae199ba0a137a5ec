/* Loads reference.h into a database, in jobs short enough for a server that runs. */
#include "partners/partner.h"

#include <string.h>

#include "access/access.h"
#include "partners/reference.h"
#include "platform/text/fold.h"

/* Everything that is slow or from outside, made before the first job. */
struct seed {
	struct sorted_name *municipalities; /* as many as reference_municipalities() */
	struct sorted_name *provinces, *partners;
	struct sorted_name bureau;
	const struct reference_region *own; /* NULL: none yet */
	unsigned region;                    /* the one that municipalities_job loads */
	int64_t own_id;
};

static int64_t day_of(int32_t yyyymmdd)
{
	return yyyymmdd == 0 ? NO_DAY : reference_day(yyyymmdd);
}

/* ---- the territory ----------------------------------------------------------------------------
 */

static enum status regions_job(struct db_tx *tx, void *args, struct error *reterr)
{
	struct seed *seed = args;
	enum status st = OK;
	for (unsigned id = 0; st == OK && id < REFERENCE_REGION_COUNT; id++) {
		const struct reference_region *row = reference_region(id);
		const struct region region = { .code = row->code,
			                       .name = row->name,
			                       .own = row == seed->own };
		int64_t region_id = 0;
		st = region_put(tx, &region, &region_id, reterr);
		if (region.own)
			seed->own_id = region_id;
	}
	return st;
}

static enum status municipalities_job(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct seed *seed = args;
	const struct reference_region *row = reference_region(seed->region);
	const struct region region = { .code = row->code,
		                       .name = row->name,
		                       .own = row == seed->own };
	int64_t region_id = 0;
	enum status st = region_put(tx, &region, &region_id, reterr);
	size_t count;
	const struct reference_municipality *rows = reference_municipalities(&count);
	for (size_t i = 0; st == OK && i < count; i++) {
		if ((unsigned)rows[i].region != seed->region)
			continue;
		const struct municipality m = { .cbs_code = rows[i].cbs_code,
			                        .valid_from = day_of(rows[i].from),
			                        .valid_until = day_of(rows[i].until) };
		int64_t id = 0;
		st = municipality_put(tx, &m, &seed->municipalities[i], &id, reterr);
		if (st == OK)
			st = municipality_join(tx, region_id, id, m.valid_from, m.valid_until,
			                       reterr);
	}
	return st;
}

static enum status mergers_job(struct db_tx *tx, void *args, struct error *reterr)
{
	enum status st = OK;
	size_t count;
	const struct reference_municipality *rows = reference_municipalities(&count);
	(void)args;
	for (size_t i = 0; st == OK && i < count; i++)
		if (rows[i].successor != NULL)
			st = municipality_follow(tx, rows[i].cbs_code, rows[i].successor, reterr);
	return st;
}

/* ---- the participants -------------------------------------------------------------------------
 */

/* The parts of this participant that the law treats apart are its first desks. */
static enum status put_units(struct db_tx *tx, int64_t participant_id, enum law_letter letter,
                             struct error *reterr)
{
	enum status st = OK;
	size_t count;
	const struct law_unit_row *units = law_units(&count);
	for (size_t i = 0; st == OK && i < count; i++) {
		const struct desk desk = { .participant_id = participant_id,
			                   .code = units[i].id,
			                   .name = units[i].label,
			                   .valid_from = WGS_FIRST_DAY,
			                   .valid_until = NO_DAY };
		if (law_letters_have(units[i].of, letter))
			st = desk_put(tx, &desk, NULL, reterr);
	}
	return st;
}

/* A participant with one organ. */
static enum status put_single(struct db_tx *tx, const char *code, enum law_letter letter,
                              const struct sorted_name *name, const char *short_name,
                              const char *on_behalf, struct error *reterr)
{
	const struct participant p = { .code = code,
		                       .short_name = short_name,
		                       .valid_from = WGS_FIRST_DAY,
		                       .valid_until = NO_DAY };
	int64_t id = 0;
	enum status st = participant_put(tx, &p, name, &id, reterr);
	if (st != OK)
		return st;
	const struct organ organ = { .participant_id = id,
		                     .letter = (char)letter,
		                     .name = name->text,
		                     .on_behalf = on_behalf };
	st = organ_put(tx, &organ, NULL, reterr);
	return st == OK ? put_units(tx, id, letter, reterr) : st;
}

static enum status partners_job(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct seed *seed = args;
	size_t count;
	const struct reference_partner *partners = reference_partners(&count);
	enum status st = OK;
	for (size_t i = 0; st == OK && i < count; i++) {
		const struct law_participant *law = law_participant(partners[i].letter);
		st = put_single(tx, partners[i].code, law->letter, &seed->partners[i],
		                law->short_name, law->in_sentence, reterr);
	}
	return st;
}

static enum status provinces_job(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct seed *seed = args;
	size_t count;
	const struct reference_province *rows = reference_provinces(&count);
	enum status st = OK;
	for (size_t i = 0; st == OK && i < count; i++) {
		bool in_own = false;
		for (unsigned id = 0; id < REFERENCE_REGION_COUNT; id++)
			in_own |= (rows[i].regions & (1u << id)) != 0 &&
			          reference_region(id) == seed->own;
		if (!in_own)
			continue;
		const char *behalf =
		    arena_printf(db_tx_arena(tx), "de p%s", rows[i].name + strlen("P"));
		st = put_single(tx, rows[i].code, LETTER_PROVINCE, &seed->provinces[i],
		                rows[i].name, behalf, reterr);
	}
	return st;
}

enum status participant_put_municipality(struct db_tx *tx, const struct municipality *m,
                                         const struct sorted_name *name, int64_t *ret_id,
                                         struct error *reterr)
{
	struct arena *a = db_tx_arena(tx);
	const struct participant p = {
		.code = arena_printf(a, "GM%s", m->cbs_code),
		.short_name = name->text,
		.municipality_id = m->id,
		.valid_from = m->valid_from > WGS_FIRST_DAY ? m->valid_from : WGS_FIRST_DAY,
		.valid_until = m->valid_until,
	};
	const struct sorted_name full = { arena_printf(a, "Gemeente %s", name->text),
		                          name->sort_key, name->sort_key_len };
	int64_t id = 0;
	enum status st = participant_put(tx, &p, &full, &id, reterr);
	const struct organ mayor = {
		.participant_id = id,
		.letter = LETTER_MAYOR,
		.name = arena_printf(a, "Burgemeester van %s", name->text),
		.on_behalf = arena_printf(a, "de burgemeester van %s", name->text),
	};
	const struct organ executive = {
		.participant_id = id,
		.letter = LETTER_EXECUTIVE,
		.name = arena_printf(a, "College van B en W %s", name->text),
		.on_behalf = arena_printf(a, "het college van B en W %s", name->text),
	};
	if (st == OK)
		st = organ_put(tx, &mayor, NULL, reterr);
	if (st == OK)
		st = organ_put(tx, &executive, NULL, reterr);
	if (st == OK && ret_id != NULL)
		*ret_id = id;
	return st;
}

enum status participant_put_bureau(struct db_tx *tx, const char *region_name,
                                   const struct sorted_name *name, int64_t *ret_id,
                                   struct error *reterr)
{
	const struct participant p = { .code = "RIEC",
		                       .short_name = region_name,
		                       .bureau = true,
		                       .valid_from = WGS_FIRST_DAY,
		                       .valid_until = NO_DAY };
	return participant_put(tx, &p, name, ret_id, reterr);
}

/* Those of the own region that exist, or existed under the law. */
static enum status own_municipalities_job(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct seed *seed = args;
	size_t count;
	const struct reference_municipality *rows = reference_municipalities(&count);
	enum status st = participant_put_bureau(tx, seed->own->name, &seed->bureau, NULL, reterr);
	for (size_t i = 0; st == OK && i < count; i++) {
		struct municipality m = { .cbs_code = rows[i].cbs_code,
			                  .valid_from = day_of(rows[i].from),
			                  .valid_until = day_of(rows[i].until) };
		if (reference_region(rows[i].region) != seed->own ||
		    (m.valid_until != NO_DAY && m.valid_until < WGS_FIRST_DAY))
			continue;
		st = municipality_put(tx, &m, &seed->municipalities[i], &m.id, reterr);
		if (st == OK)
			st = participant_put_municipality(tx, &m, &seed->municipalities[i], NULL,
			                                  reterr);
	}
	return st == OK ? setting_put(tx, "region.name", seed->own->name, reterr) : st;
}

/* ---- together ---------------------------------------------------------------------------------
 */

struct sorted_name sorted_name_of(struct folder *folder, const char *text, const char *by,
                                  struct arena *a)
{
	struct sorted_name name = { .text = text };
	name.sort_key = fold_sort_key(folder, by, a, &name.sort_key_len);
	return name;
}

static void prepare(struct seed *seed, struct folder *folder, struct arena *a)
{
	size_t count;
	const struct reference_municipality *municipalities = reference_municipalities(&count);
	seed->municipalities = ARENA_ARRAY(a, struct sorted_name, count);
	for (size_t i = 0; i < count; i++)
		seed->municipalities[i] =
		    sorted_name_of(folder, municipalities[i].name, municipalities[i].name, a);

	const struct reference_province *provinces = reference_provinces(&count);
	seed->provinces = ARENA_ARRAY(a, struct sorted_name, count);
	for (size_t i = 0; i < count; i++)
		seed->provinces[i] =
		    sorted_name_of(folder, provinces[i].name, provinces[i].name, a);

	const struct reference_partner *partners = reference_partners(&count);
	seed->partners = ARENA_ARRAY(a, struct sorted_name, count);
	for (size_t i = 0; i < count; i++) {
		const struct law_participant *law = law_participant(partners[i].letter);
		seed->partners[i] = sorted_name_of(folder, law->name, law->short_name, a);
	}
	if (seed->own != NULL)
		seed->bureau = sorted_name_of(folder, seed->own->name, seed->own->name, a);
}

static enum status run(struct db *db, db_job_fn *fn, struct seed *seed, struct error *reterr)
{
	struct db_job job = { .run = fn, .args = seed, .lane = LANE_BULK };
	return db_run(db, &job, reterr);
}

static enum status run_all(struct db *db, struct seed *seed, struct error *reterr)
{
	enum status st = run(db, regions_job, seed, reterr);
	for (seed->region = 0; st == OK && seed->region < REFERENCE_REGION_COUNT; seed->region++)
		st = run(db, municipalities_job, seed, reterr);
	if (st == OK)
		st = run(db, mergers_job, seed, reterr);
	if (st == OK)
		st = run(db, partners_job, seed, reterr);
	if (st == OK && seed->own != NULL)
		st = run(db, provinces_job, seed, reterr);
	if (st == OK && seed->own != NULL)
		st = run(db, own_municipalities_job, seed, reterr);
	return st;
}

enum { SEED_SOFT_BYTES = 1 << 20 };

enum status partner_load_reference(struct db *db, const char *own, struct error *reterr)
{
	struct seed seed = { 0 };
	if (own != NULL && (seed.own = reference_region_named(own)) == NULL)
		return FAIL(reterr, ERR_INVALID, "Er is geen regio met de naam %s.", own);
	struct folder *folder;
	enum status st = folder_open(&folder, reterr);
	if (st != OK)
		return st;
	struct arena arena;
	arena_init(&arena, SEED_SOFT_BYTES);
	prepare(&seed, folder, &arena);
	st = run_all(db, &seed, reterr);
	arena_reset(&arena);
	folder_close(folder);
	return st;
}
