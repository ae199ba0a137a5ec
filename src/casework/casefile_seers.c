#include "casework/casefile_seers.h"

#include "casework/casework.h"

enum status casefile_invited(struct db_read *r, int64_t casefile_id, int64_t now_ms,
                             struct arena *a, struct array *ret, struct error *reterr)
{
	struct invited *to = ARENA_NEW(a, struct invited);
	struct array members = { 0 };
	const enum status st = casefile_members(r, casefile_id, now_ms, a, &members, reterr);
	const struct casefile_member *m = members.items;
	int64_t *ids = ARENA_ARRAY(a, int64_t, members.count + 1);

	for (size_t i = 0; i < members.count; i++)
		ids[i] = m[i].appointment_id;
	*to =
	    (struct invited){ audience_of(AUDIENCE_CASEFILE, casefile_id), { ids, members.count } };
	*ret = (struct array){ to, 1 };
	return st;
}

enum status casefile_keep_out(struct db_read *r, int64_t casefile_id, struct arena *a,
                              struct thing *thing, struct error *reterr)
{
	struct array blocks = { 0 };
	const enum status st = casefile_blocks(r, casefile_id, a, &blocks, reterr);
	const struct casefile_block *b = blocks.items;
	int64_t *persons = ARENA_ARRAY(a, int64_t, blocks.count + 1);

	for (size_t i = 0; i < blocks.count; i++)
		persons[i] = b[i].person_id;
	thing->blocked_persons = persons;
	thing->blocked_count = blocks.count;
	return st;
}
