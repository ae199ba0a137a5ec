#include "steering/pack.h"

#include <string.h>

#include "audit/action.h"
#include "platform/core/dutch.h"
#include "plein/plein.h"

/* What was withdrawn or replaced since isn't in the pack any more. */
static bool holds(const struct pack *pack, const struct steering_point *p)
{
	const struct handed_part *part = pack->parts.items;

	if (p->casefile_id == 0)
		return true;
	const struct uuid *of = p->advice_id != 0 ? &p->advice_uuid : &p->casefile_uuid;
	for (size_t i = 0; i < pack->parts.count; i++)
		if (memcmp(part[i].uuid.bytes, of->bytes, UUID_BYTES) == 0)
			return true;
	return false;
}

/* A point, its casefile or its advice that changes moves a version; one that he may not see any more is
 * gone. Reports are written anew each time and so aren't in a file for long. */
static struct digest mark_of(struct request *rq, const struct pack *pack)
{
	enum { NUMBERS = 5 };
	const struct steering_point *p = pack->points.items;
	int64_t *numbers = ARENA_ARRAY(rq->arena, int64_t, NUMBERS * pack->points.count + NUMBERS);
	size_t count = 0;

	numbers[count++] = pack->meeting.version;
	for (size_t i = 0; i < pack->points.count; i++) {
		numbers[count++] = p[i].id;
		numbers[count++] = p[i].version;
		numbers[count++] = p[i].casefile_version;
		numbers[count++] = p[i].advice_id;
		numbers[count++] = holds(pack, &p[i]) ? p[i].advice_edition : -1;
	}
	const struct span all = SPAN(numbers, count * sizeof *numbers);
	return digest_keyed(plein_of(rq)->web_key, "pack", &all, 1);
}

enum status pack_load(struct request *rq, struct pack *ret, struct error *reterr)
{
	enum status st = on_gathering(rq, &ret->meeting, reterr);

	if (st == OK)
		st = handed_load(rq->db, rq->params[1], rq->viewer->appointment_id, HANDED_PACK,
		                 rq->arena, &ret->handed, reterr);
	if (st != OK)
		return st;
	if (ret->handed.meeting_id != ret->meeting.id)
		return FAIL_NOT_FOUND(reterr);
	rq->touched = (struct touched){ .kind = OBJECT_STEERING_COPY,
		                        .id = ret->handed.id,
		                        .owner_id = ret->meeting.id,
		                        .owner_kind = OBJECT_MEETING };
	st = handed_parts(rq->db, ret->handed.id, rq->arena, &ret->parts, reterr);
	if (st == OK)
		st = point_list(rq->db, rq->viewer, &ret->meeting, rq->arena, &ret->points, reterr);
	if (st == OK)
		ret->mark = mark_of(rq, ret);
	return st;
}

/* Reading is the first half of the work, drawing the second. */
static bool in_pack(const struct steering_point *p, void *context)
{
	struct pack *pack = context;
	const int per_mille = (int)(500 * pack->composed++ / (int64_t)pack->points.count);

	if (pack->told != NULL)
		(void)pack->told->told(pack->told->context, per_mille);
	return holds(pack, p);
}

enum status pack_compose(struct request *rq, struct pack *pack, struct error *reterr)
{
	struct paper *p = &pack->paper;

	paper_begin(p, rq->arena,
	            arena_printf(rq->arena, "Stukken Stuurploeg %s", pack->meeting.reference));
	p->under = arena_printf(rq->arena, "%s, %s. Exemplaar %s van %s.",
	                        dutch_moment(rq->arena, pack->meeting.starts_at),
	                        pack->meeting.place, pack->handed.reference, pack->handed.person);
	p->footer = arena_printf(rq->arena, "Vertrouwelijk. Exemplaar %s van %s",
	                         pack->handed.reference, pack->handed.person);
	return write_points(rq, &pack->meeting, true, in_pack, pack, p, reterr);
}
