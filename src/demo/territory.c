#include "demo/territory.h"

#include "demo/deltaland.h"
#include "partners/partner.h"
#include "partners/reference.h"

struct writing {
	struct sorted_name *municipalities; /* as many as deltaland_municipalities() */
	struct sorted_name province, bureau;
};

static int64_t day_of(int32_t yyyymmdd)
{
	return yyyymmdd == 0 ? NO_DAY : reference_day(yyyymmdd);
}

static enum status write_municipality(struct db_tx *tx, const struct deltaland_municipality *row,
                                      const struct sorted_name *name, int64_t region_id,
                                      struct error *reterr)
{
	struct municipality m = { .cbs_code = row->cbs_code,
		                  .inhabitants = row->inhabitants,
		                  .valid_from = day_of(row->from),
		                  .valid_until = day_of(row->until) };
	enum status st = municipality_put(tx, &m, name, &m.id, reterr);
	if (st == OK)
		st = municipality_join(tx, region_id, m.id, m.valid_from, m.valid_until, reterr);
	if (st == OK && row->until == 0)
		st = participant_put_municipality(tx, &m, name, NULL, reterr);
	return st;
}

static enum status write_province(struct db_tx *tx, const struct sorted_name *name,
                                  struct error *reterr)
{
	const struct participant p = { .code = "PROV-DELTA",
		                       .short_name = name->text,
		                       .valid_from = WGS_FIRST_DAY,
		                       .valid_until = NO_DAY };
	struct organ organ = { .letter = LETTER_PROVINCE,
		               .name = name->text,
		               .on_behalf = "de provincie Delta" };
	enum status st = participant_put(tx, &p, name, &organ.participant_id, reterr);
	return st == OK ? organ_put(tx, &organ, NULL, reterr) : st;
}

static enum status territory_job(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct writing *w = args;
	const struct region region = { .code = "DELTALAND", .name = "RIEC Deltaland", .own = true };
	size_t count;
	const struct deltaland_municipality *rows = deltaland_municipalities(&count);
	int64_t region_id = 0;
	enum status st = region_put(tx, &region, &region_id, reterr);

	for (size_t i = 0; st == OK && i < count; i++)
		st = write_municipality(tx, &rows[i], &w->municipalities[i], region_id, reterr);
	for (size_t i = 0; st == OK && i < count; i++)
		if (rows[i].successor != NULL)
			st = municipality_follow(tx, rows[i].cbs_code, rows[i].successor, reterr);
	if (st == OK)
		st = write_province(tx, &w->province, reterr);
	if (st == OK)
		st = participant_put_bureau(tx, region.name, &w->bureau, NULL, reterr);
	if (st == OK)
		st = setting_put(tx, "region.name", region.name, reterr);
	return st == OK ? setting_put(tx, "installation.demo", "1", reterr) : st;
}

enum status territory_write(struct db *db, struct folder *folder, struct arena *a,
                            struct error *reterr)
{
	size_t count;
	const struct deltaland_municipality *rows = deltaland_municipalities(&count);
	struct writing w = {
		.municipalities = ARENA_ARRAY(a, struct sorted_name, count),
		.province = sorted_name_of(folder, "Provincie Delta", "Provincie Delta", a),
		.bureau = sorted_name_of(folder, "RIEC Deltaland", "RIEC Deltaland", a),
	};
	for (size_t i = 0; i < count; i++)
		w.municipalities[i] = sorted_name_of(folder, rows[i].name, rows[i].name, a);
	struct db_job job = { .run = territory_job, .args = &w, .lane = LANE_BULK };
	return db_run(db, &job, reterr);
}

/* ---- looking up -------------------------------------------------------------------------------
 */

static enum status read_participant(struct db_read *r, const char *code, struct arena *a,
                                    struct territory_participant *ret, struct error *reterr)
{
	struct participant p;
	struct array organs = { 0 };
	struct array desks = { 0 };
	enum status st = participant_by_code(r, code, a, &p, reterr);
	if (st == OK)
		st = organ_list(r, p.id, a, &organs, reterr);
	if (st == OK)
		st = desk_list(r, p.id, WGS_FIRST_DAY, a, &desks, reterr);
	if (st != OK)
		return st;
	*ret = (struct territory_participant){ .id = p.id, .municipality_id = p.municipality_id };
	const struct organ *organ = organs.items;
	for (size_t i = 0; i < organs.count; i++)
		*(organ[i].letter == LETTER_MAYOR ? &ret->mayor_id : &ret->organ_id) = organ[i].id;
	struct territory_desk *list = ARENA_ARRAY(a, struct territory_desk, desks.count + 1);
	const struct desk *desk = desks.items;
	for (size_t i = 0; i < desks.count; i++)
		list[i] = (struct territory_desk){ desk[i].code, desk[i].id };
	ret->desks = list;
	ret->desk_count = desks.count;
	return OK;
}

enum status territory_read(struct db *db, struct arena *a, const struct territory_participant **ret,
                           struct error *reterr)
{
	size_t count;
	const struct deltaland_participant *rows = deltaland_participants(&count);
	struct territory_participant *list = ARENA_ARRAY(a, struct territory_participant, count);
	struct db_read *r;
	enum status st = db_read_begin(db, &r, reterr);
	if (st != OK)
		return st;
	for (size_t i = 0; st == OK && i < count; i++)
		st = read_participant(r, rows[i].code, a, &list[i], reterr);
	db_read_end(r);
	if (st == OK)
		*ret = list;
	return st;
}
