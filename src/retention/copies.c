#include "retention/copies.h"
#include "platform/crypto/stored.h"

#include <string.h>

/* Those of this casefile, up to a phase: $1, $2. */
#define OF_CASEFILE                                                                                \
	" FROM fact f JOIN presence p ON p.id = f.presence_id"                                     \
	" JOIN copy_fact c ON c.fact_uuid = f.uuid WHERE p.casefile_id = $1 AND f.phase <= $2"
#define COLUMNS                                                                                    \
	"SELECT k.id, k.uuid, k.act, k.at, k.reference, n.full_name, coalesce(o.on_behalf, ''),"   \
	" u.facts FROM (SELECT c.copy_id AS copy_id, count(*) AS facts" OF_CASEFILE
/* An advice on paper holds no facts; it is a copy of this casefile all the same. */
#define OF_ITS_ADVICES                                                                             \
	" GROUP BY c.copy_id UNION ALL SELECT y.id, 0 FROM copy y JOIN advice d"                   \
	" ON d.id = y.object_id AND y.object_kind = 41 WHERE d.casefile_id = $1"
#define WHO                                                                                        \
	") u JOIN copy k ON k.id = u.copy_id"                                                      \
	" JOIN appointment a ON a.id = k.appointment_id JOIN person n ON n.id = a.person_id"       \
	" LEFT JOIN organ o ON o.id = a.organ_id"
static const struct db_stmt LIST = { "copies_of_casefile", "iii",
	                             COLUMNS " AND c.copy_id < $3" OF_ITS_ADVICES
	                                     " AND y.id < $3" WHO " ORDER BY k.id DESC LIMIT 51" };
/* The middle of its uuid stands on paper: copy_number(). */
static const struct db_stmt ONE = { "copy_of_casefile", "iib",
	                            COLUMNS OF_ITS_ADVICES WHO " WHERE substr(k.uuid, 9, 6) = $3"
	                                                       " ORDER BY k.id LIMIT 1" };
static const struct db_stmt CONTENTS = {
	"copy_contents", "iii",
	"SELECT p.number, f.id, f.kind, f.phase, coalesce(x.kind, 0), c.version FROM copy_fact c"
	" JOIN fact f ON f.uuid = c.fact_uuid JOIN presence p ON p.id = f.presence_id"
	" LEFT JOIN fact_correction x ON x.fact_id = f.id"
	" WHERE c.copy_id = $1 AND p.casefile_id = $2 AND f.phase <= $3"
	" ORDER BY p.number, f.kind, f.id LIMIT 500"
};
const struct db_stmt *const copies_statements[] = { &LIST, &ONE, &CONTENTS, NULL };

static struct kept_copy read_copy(const struct db_rows *row, struct arena *a)
{
	struct kept_copy ret = {
		.id = db_int(row, 0),
		.act = (int)db_int(row, 2),
		.at = db_int(row, 3),
		.reference = db_text(row, 4, a),
		.person = db_text(row, 5, a),
		.on_behalf = db_text(row, 6, a),
		.facts = db_int(row, 7),
	};

	ret.uuid = uuid_stored(row, 1);
	return ret;
}

enum status copies_of_casefile(struct db_read *r, int64_t casefile_id, int max_phase,
                               int64_t before, struct arena *a, struct array *ret,
                               struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct kept_copy *list = ARENA_ARRAY(a, struct kept_copy, COPIES_SHOWN + 1);
	size_t count = 0;

	enum status st =
	    db_query(r, &LIST, DB_ARGS(DB_INT(casefile_id), DB_INT(max_phase), DB_INT(before)),
	             &rows, reterr);
	if (st != OK)
		return st;
	while (count < COPIES_SHOWN + 1 && db_next(&rows))
		list[count++] = read_copy(&rows, a);
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

static int digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

enum { NUMBER_BYTES = 6 };

static bool number_read(const char *number, uint8_t ret[NUMBER_BYTES])
{
	if (strlen(number) != 2 + 2 * NUMBER_BYTES || (number[0] | 0x20) != 'k' || number[1] != '-')
		return false;
	for (size_t i = 0; i < NUMBER_BYTES; i++) {
		const int high = digit_of(number[2 + 2 * i]), low = digit_of(number[3 + 2 * i]);
		if (high < 0 || low < 0)
			return false;
		ret[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}

enum status copy_of_casefile(struct db_read *r, int64_t casefile_id, int max_phase,
                             const char *number, struct arena *a, struct kept_copy *ret,
                             struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	uint8_t bytes[NUMBER_BYTES] = { 0 };

	if (!number_read(number, bytes))
		return FAIL_NOT_FOUND(reterr);
	enum status st = db_query(
	    r, &ONE, DB_ARGS(DB_INT(casefile_id), DB_INT(max_phase), DB_BYTES(bytes, NUMBER_BYTES)),
	    &row, reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = read_copy(&row, a);
	return st;
}

enum status copy_contents(struct db_read *r, int64_t copy_id, int64_t casefile_id, int max_phase,
                          struct arena *a, struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct kept_fact *list = ARENA_ARRAY(a, struct kept_fact, COPY_FACTS_SHOWN);
	size_t count = 0;

	enum status st =
	    db_query(r, &CONTENTS, DB_ARGS(DB_INT(copy_id), DB_INT(casefile_id), DB_INT(max_phase)),
	             &rows, reterr);
	if (st != OK)
		return st;
	while (count < COPY_FACTS_SHOWN && db_next(&rows))
		list[count++] = (struct kept_fact){ .subject = db_int(&rows, 0),
			                            .fact_id = db_int(&rows, 1),
			                            .kind = (int)db_int(&rows, 2),
			                            .phase = (int)db_int(&rows, 3),
			                            .correction = (int)db_int(&rows, 4),
			                            .version = db_int(&rows, 5) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}
