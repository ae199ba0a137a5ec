#include "people/holder.h"

#include <string.h>

#include "people/account.h"

static const struct db_stmt OF_ROLE = {
	"holder_of_role", "i",
	"SELECT a.id, a.person_id, a.participant_id, a.organ_id, a.desk_id, a.municipality_id,"
	" a.from_day, a.until_day, a.ended_at, p.state, p.screening_manner, p.screened_on,"
	" p.trained_on, o.letter, coalesce(o.on_behalf, w.name), p.full_name, p.sort_key, "
	"w.sort_key"
	" FROM appointment a JOIN person p ON p.id = a.person_id"
	" JOIN participant w ON w.id = a.participant_id LEFT JOIN organ o ON o.id = a.organ_id"
	" WHERE a.role = $1 AND a.state = 2 ORDER BY a.id"
};
static const struct db_stmt INVITED = {
	"holder_invited", "i",
	"SELECT appointment_id FROM meeting_invitation WHERE meeting_id = $1"
	" ORDER BY appointment_id LIMIT 500"
};

const struct db_stmt *const holder_statements[] = { &OF_ROLE, &INVITED, NULL };

enum { FIRST_ROOM = 64, INVITED_MAX = 500 };

static struct holder who_is(const struct db_rows *row, enum role role, struct arena *a)
{
	struct holder h = {
		.viewer = { .appointment_id = db_int(row, 0),
		            .person_id = db_int(row, 1),
		            .participant_id = db_int(row, 2),
		            .organ_id = db_int(row, 3),
		            .desk_id = db_int(row, 4),
		            .municipality_id = db_int(row, 5),
		            .letter = db_text(row, 13, a)[0],
		            .role = role },
		.standing = { .account_active = db_int(row, 9) == ACCOUNT_ACTIVE,
		              .from_day = db_int(row, 6),
		              .until_day = db_int(row, 7),
		              .ended_at_ms = db_int(row, 8),
		              .screened_by_vog = db_int(row, 10) == SCREENING_VOG,
		              .screened_on_day = db_int(row, 11),
		              .trained_on_day = db_int(row, 12),
		              .handles_persons = role_handles_persons(role) },
	};

	viewer_audiences(&h.viewer);
	return h;
}

static void name(const struct db_rows *row, struct arena *a, struct holder *h)
{
	h->on_behalf = db_text(row, 14, a);
	h->person = db_text(row, 15, a);
	h->person_key.bytes = db_bytes(row, 16, a, &h->person_key.len);
	h->participant_key.bytes = db_bytes(row, 17, a, &h->participant_key.len);
}

/* Room doubles when count reaches a power of two of FIRST_ROOM. */
static void append(struct array *list, const struct holder *h, struct arena *a)
{
	struct holder *items = list->items;
	const size_t n = list->count;

	if (n == 0 || (n >= FIRST_ROOM && (n & (n - 1)) == 0)) {
		items = ARENA_ARRAY(a, struct holder, n == 0 ? FIRST_ROOM : n * 2);
		if (n > 0)
			memcpy(items, list->items, n * sizeof *items);
	}
	items[n] = *h;
	*list = (struct array){ items, n + 1 };
}

enum status holder_list(struct db_read *r, enum role role, holder_fits *fits, void *context,
                        struct arena *a, struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st = db_query(r, &OF_ROLE, DB_ARGS(DB_INT(role)), &rows, reterr);

	if (st != OK)
		return st;
	while (db_next(&rows)) {
		struct holder h = who_is(&rows, role, a);
		if (!fits(&h, context))
			continue;
		name(&rows, a, &h);
		append(ret, &h, a);
	}
	return db_rows_end(&rows, reterr);
}

enum status holder_invited(struct db_read *r, int64_t meeting_id, struct arena *a,
                           struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	int64_t *ids = ARENA_ARRAY(a, int64_t, INVITED_MAX);
	size_t count = 0;
	enum status st = db_query(r, &INVITED, DB_ARGS(DB_INT(meeting_id)), &rows, reterr);

	if (st != OK)
		return st;
	while (count < INVITED_MAX && db_next(&rows))
		ids[count++] = db_int(&rows, 0);
	*ret = (struct array){ ids, count };
	return db_rows_end(&rows, reterr);
}
