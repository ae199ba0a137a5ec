#include "requests/request_case.h"

#include "casework/casefile.h"
#include "subjects/presence.h"

/* Of casefile_phase.state: a second person signed. Consent of police or OM alone opens nothing. */
enum { PHASE_STATE_OPENED = 3 };

static const struct db_stmt CASEFILE = {
	"asked_casefile", "i",
	"SELECT id, reference, state, activity, crime_form, theme FROM casefile WHERE id = $1"
};
static const struct db_stmt OPENED = {
	"asked_opened", "ii",
	"SELECT presence_id, max(phase) FROM casefile_phase WHERE casefile_id = $1 AND state = $2"
	" GROUP BY presence_id ORDER BY presence_id LIMIT 100"
};
/* A category of phase 2 or 3 whose phase isn't open for that subject. $2-$3: the categories of
 * phase 2 and of phase 3 as masks; $4: the state of an opened phase. */
static const struct db_stmt CLOSED = {
	"asked_closed_phase", "iiii",
	"SELECT count(*) FROM request_part t WHERE t.request_id = $1 AND ("
	"(($2 & (CAST(1 AS bigint) << CAST(t.category AS int))) <> 0 AND NOT EXISTS"
	" (SELECT 1 FROM casefile_phase f WHERE f.presence_id = t.presence_id AND f.phase >= 2"
	" AND f.state = $4)) OR "
	"(($3 & (CAST(1 AS bigint) << CAST(t.category AS int))) <> 0 AND NOT EXISTS"
	" (SELECT 1 FROM casefile_phase f WHERE f.presence_id = t.presence_id AND f.phase = 3"
	" AND f.state = $4)))"
};
static const struct db_stmt INVOLVED = {
	"asked_involved", "ii",
	"SELECT count(*) FROM casefile_organ WHERE casefile_id = $1 AND organ_id = $2"
};

const struct db_stmt *const request_case_statements[] = { &CASEFILE, &OPENED, &CLOSED, &INVOLVED,
	                                                  NULL };

enum status asked_casefile_load(struct db_read *r, int64_t casefile_id, struct arena *a,
                                struct asked_casefile *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &CASEFILE, DB_ARGS(DB_INT(casefile_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = (struct asked_casefile){
			.id = db_int(&row, 0),
			.reference = db_text(&row, 1, a),
			.open = casefile_is_live((uint8_t)db_int(&row, 2)),
			.activity = (enum law_activity)db_int(&row, 3),
			.crime_form = (enum law_crime_form)db_int(&row, 4),
			.theme = (int)db_int(&row, 5),
		};
	return st;
}

/* ---- about whom -------------------------------------------------------------------------------- */

static const char *value_of(const struct subject *s, enum fact_kind kind, struct arena *a)
{
	const struct subject_fact *facts = s->facts.items;

	for (size_t i = 0; i < s->facts.count; i++)
		if (facts[i].kind == kind)
			return fact_shown(a, &facts[i]);
	return NULL;
}

static const char *full_value(const struct subject *s, enum fact_kind kind)
{
	const struct subject_fact *facts = s->facts.items;

	for (size_t i = 0; i < s->facts.count; i++)
		if (facts[i].kind == kind)
			return facts[i].value;
	return NULL;
}

static const char *joined(struct arena *a, const char *one, const char *gap, const char *other)
{
	if (other == NULL || other[0] == '\0')
		return one;
	return one[0] == '\0' ? other : arena_printf(a, "%s%s%s", one, gap, other);
}

/* The facts that make up a name, in the order in which they are read; 0 ends a row. */
static const enum fact_kind NAMES[][4] = {
	{ FACT_GIVEN_NAMES, FACT_FAMILY_NAME, 0 },
	{ FACT_NAME, 0 },
	{ FACT_STREET, FACT_HOUSE_NUMBER, FACT_TOWN, 0 },
	{ FACT_POINT, 0 },
	{ FACT_PLATE, 0 },
	{ FACT_PHONE_NUMBER, 0 },
	{ FACT_IBAN, 0 },
};

static const char *name_of(const struct subject *s, struct arena *a)
{
	for (size_t n = 0; n < sizeof NAMES / sizeof NAMES[0]; n++) {
		const char *name = "";
		for (size_t i = 0; i < 4 && NAMES[n][i] != 0; i++)
			name = joined(a, name, " ", value_of(s, NAMES[n][i], a));
		if (name[0] != '\0')
			return name;
	}
	return subject_kind_label(s->kind);
}

/* What tells two of the same name apart. */
static const struct {
	enum fact_kind kind;
	const char *label;
} IDENTITY[] = {
	{ FACT_BIRTH_DATE, "geboren" }, { FACT_BSN, "BSN" },   { FACT_KVK, "KvK" },
	{ FACT_RSIN, "RSIN" },          { FACT_POSTCODE, "" }, { FACT_BAG_ID, "BAG" },
	{ FACT_CADASTRAL, "perceel" },  { FACT_VEHICLE, "" },
};

static const char *identity_of(const struct subject *s, bool in_full, struct arena *a)
{
	const char *text = "";

	for (size_t i = 0; i < sizeof IDENTITY / sizeof IDENTITY[0]; i++) {
		const char *value =
		    in_full ? full_value(s, IDENTITY[i].kind) : value_of(s, IDENTITY[i].kind, a);
		if (value == NULL || value[0] == '\0')
			continue;
		text = joined(a, text, ", ", joined(a, IDENTITY[i].label, " ", value));
	}
	return text;
}

struct opened {
	int64_t presence_id;
	enum law_phase phase;
};

static enum status load_opened(struct db_read *r, int64_t casefile_id, struct arena *a,
                               struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct opened *list = ARENA_ARRAY(a, struct opened, SUBJECTS_MAX);
	size_t count = 0;
	enum status st = db_query(
	    r, &OPENED, DB_ARGS(DB_INT(casefile_id), DB_INT(PHASE_STATE_OPENED)), &rows, reterr);

	if (st != OK)
		return st;
	while (count < SUBJECTS_MAX && db_next(&rows))
		list[count++] =
		    (struct opened){ db_int(&rows, 0), (enum law_phase)db_int(&rows, 1) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

static enum law_phase phase_of(struct array opened, int64_t presence_id)
{
	const struct opened *list = opened.items;

	for (size_t i = 0; i < opened.count; i++)
		if (list[i].presence_id == presence_id)
			return list[i].phase;
	return PHASE_1;
}

enum status asked_subjects(struct db_read *r, struct keyring *k, int64_t casefile_id,
                           struct arena *a, struct array *ret, struct error *reterr)
{
	struct array found = { 0 }, opened = { 0 };
	enum status st = subject_list_in_casefile(r, k, casefile_id, a, &found, reterr);

	if (st == OK)
		st = load_opened(r, casefile_id, a, &opened, reterr);
	const struct subject *from = found.items;
	struct asked_subject *to = ARENA_ARRAY(a, struct asked_subject, found.count + 1);
	for (size_t i = 0; st == OK && i < found.count; i++)
		to[i] = (struct asked_subject){
			.presence_id = from[i].id,
			.number = from[i].number,
			.kind = from[i].kind,
			.opened = phase_of(opened, from[i].id),
			.name = name_of(&from[i], a),
			.identity = identity_of(&from[i], false, a),
			.copied = identity_of(&from[i], true, a),
		};
	*ret = (struct array){ to, found.count };
	return st;
}

/* ---- how far ----------------------------------------------------------------------------------- */

static uint64_t categories_of(enum law_phase phase)
{
	uint64_t set = 0;
	size_t count = 0;
	const struct law_category_row *rows = law_categories(&count);

	for (size_t i = 0; i < count; i++)
		if (rows[i].phase == phase)
			set |= UINT64_C(1) << rows[i].code;
	return set;
}

static enum status count_of(struct db_read *r, const struct db_stmt *s, const struct db_value *args,
                            int64_t *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, s, args, &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = db_int(&row, 0);
	return st;
}

enum status asked_closed_phase(struct db_read *r, int64_t request_id, int64_t *ret,
                               struct error *reterr)
{
	return count_of(r, &CLOSED,
	                DB_ARGS(DB_INT(request_id), DB_INT((int64_t)categories_of(PHASE_2)),
	                        DB_INT((int64_t)categories_of(PHASE_3)),
	                        DB_INT(PHASE_STATE_OPENED)),
	                ret, reterr);
}

enum status asked_involved(struct db_read *r, int64_t casefile_id, int64_t organ_id, bool *ret,
                           struct error *reterr)
{
	int64_t count = 0;
	enum status st =
	    count_of(r, &INVOLVED, DB_ARGS(DB_INT(casefile_id), DB_INT(organ_id)), &count, reterr);

	*ret = count > 0;
	return st;
}
