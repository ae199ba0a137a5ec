#include "requests/request_check.h"

#include "casework/casefile.h"
#include "requests/request_store.h"

static const struct db_stmt RECORDS = {
	"request_check_records", "i",
	"SELECT q.id, q.reference, q.state, q.phase, q.organ_id, q.written_by, c.state"
	" FROM information_request q JOIN casefile c ON c.id = q.casefile_id"
	" WHERE q.id > $1 ORDER BY q.id LIMIT 200"
};
static const struct db_stmt STORED = {
	"request_check_stored", "i",
	"SELECT audience_id FROM request_audience WHERE id = $1 ORDER BY audience_id LIMIT 120"
};

const struct db_stmt *const request_check_statements[] = { &RECORDS, &STORED, NULL };

static enum status expect(struct db_read *r, const struct audience_facts *f,
                          struct audience_list *ret, struct error *reterr)
{
	const struct information_request q = { .id = f->id,
		                               .state = (uint8_t)f->fact[0],
		                               .phase = (enum law_phase)f->fact[1],
		                               .organ_id = f->fact[2],
		                               .written_by = f->fact[3] };
	struct thing thing;

	(void)r;
	(void)reterr;
	if (f->fact[4] == CASEFILE_DESTROYED) /* what is left of it is a row that nobody reads */
		return OK;
	request_thing(&q, &thing);
	audience_list_add_readers(ret, &thing);
	return OK;
}

const struct audience_room REQUEST_AUDIENCES = {
	"bevragingen", &RECORDS, 5, &STORED, expect, false
};
