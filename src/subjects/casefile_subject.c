/* Who and what a casefile is about: read up to a phase, and one more fact. */
#include "subjects/casefile_subject.h"

#include <stdlib.h>
#include <string.h>

#include "law/terms.h"
#include "platform/core/calendar.h"
#include "platform/crypto/stored.h"

static const struct db_stmt PRESENCES = {
	"casefile_presences", "ii",
	"SELECT p.id, p.uuid, p.number, p.kind, p.role, p.key_id, p.first_processed_at,"
	" k.period_id, k.wrapped FROM presence p"
	" LEFT JOIN sealed_key k ON k.id = p.key_id AND k.kind = 1"
	" WHERE p.casefile_id = $1 AND ($2 = 0 OR p.number = $2)"
	" ORDER BY p.number, p.id LIMIT 100"
};
_Static_assert(KEY_PRESENCE == 1, "the statement above names the kind of key");
#define FACTS_WHERE(which)                                                                         \
	"SELECT p.id, f.id, f.uuid, f.kind, f.category, f.phase, f.source_participant_id, f.task," \
	" f.judgement, f.evaluation, f.handling, f.received_at,"                                   \
	" coalesce(o.on_behalf, w.short_name), f.value, f.raw, f.version,"                         \
	" coalesce(f.source_organ_id, 0), coalesce(k.kind, 0), coalesce(k.corrected_at, 0)"        \
	" FROM presence p JOIN fact f ON f.presence_id = p.id JOIN participant w"                  \
	" ON w.id = f.source_participant_id LEFT JOIN organ o ON o.id = f.source_organ_id"         \
	" LEFT JOIN fact_correction k ON k.fact_id = f.id"                                         \
	" WHERE p.casefile_id = $1 AND f.other_presence_id IS NULL" which                          \
	" ORDER BY p.number, f.kind, f.id LIMIT 4000"
static const struct db_stmt FACTS = { "casefile_facts", "i", FACTS_WHERE("") };
static const struct db_stmt FACTS_OF_ONE = { "casefile_facts_of_one", "ii",
	                                     FACTS_WHERE(" AND p.number = $2") };
static const struct db_stmt FACTS_NAMING = { "casefile_facts_naming", "i",
	                                     FACTS_WHERE(" AND f.kind < 19") };
_Static_assert(FACT_KIND_COUNT == 19, "the statement above names it: below it stands who it is");
static const struct db_stmt FACT_COUNTS = {
	"casefile_fact_counts", "ii",
	"SELECT p.id, f.phase, count(*) FROM presence p JOIN fact f ON f.presence_id = p.id"
	" WHERE p.casefile_id = $1 AND f.other_presence_id IS NULL AND f.phase <= $2"
	" GROUP BY p.id, f.phase"
};
static const struct db_stmt TIES = {
	"casefile_ties", "i",
	"SELECT f.uuid, f.kind, f.category, f.phase, f.source_participant_id, f.value, p.uuid,"
	" p.number, p.key_id, q.uuid, q.number, q.key_id, f.id, f.received_at, f.period,"
	" coalesce(o.on_behalf, w.short_name), x.period_id, x.wrapped, y.period_id, y.wrapped"
	" FROM presence p"
	" JOIN fact f ON f.presence_id = p.id JOIN presence q ON q.id = f.other_presence_id"
	" LEFT JOIN sealed_key x ON x.id = p.key_id AND x.kind = 1"
	" LEFT JOIN sealed_key y ON y.id = q.key_id AND y.kind = 1"
	" JOIN participant w ON w.id = f.source_participant_id"
	" LEFT JOIN organ o ON o.id = f.source_organ_id WHERE p.casefile_id = $1"
	" AND f.other_presence_id IS NOT NULL"
	" AND NOT EXISTS (SELECT 1 FROM fact_correction k WHERE k.fact_id = f.id)"
	" ORDER BY f.id LIMIT 500"
};
static const struct db_stmt ADD_FACT = {
	"casefile_fact_add", "biiiiiIiiiibbiiii",
	"INSERT INTO fact (uuid, presence_id, kind, category, phase, source_participant_id,"
	" source_organ_id, task, judgement, evaluation, handling, value, raw, received_at,"
	" recorded_by, version) SELECT $1, p.id, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,"
	" $14, $15, $17"
	" FROM presence p WHERE p.id = $2 AND p.casefile_id = $16"
};
static const struct db_stmt ADD_NECESSITY = {
	"fact_necessity_add", "bb",
	"INSERT INTO fact_necessity (fact_id, necessity) SELECT f.id, $2 FROM fact f"
	" WHERE f.uuid = $1"
};
static const struct db_stmt NECESSITY = {
	"fact_necessity", "i",
	"SELECT n.necessity, f.uuid, p.uuid, p.key_id FROM fact_necessity n JOIN fact f"
	" ON f.id = n.fact_id JOIN presence p ON p.id = f.presence_id WHERE n.fact_id = $1"
};
const struct db_stmt *const casefile_subject_statements[] = {
	&PRESENCES, &FACTS,    &FACTS_OF_ONE,  &FACTS_NAMING, &FACT_COUNTS,
	&TIES,      &ADD_FACT, &ADD_NECESSITY, &NECESSITY,    NULL
};

/* ---- reading ------------------------------------------------------------------------------- */

struct presence_row {
	struct casefile_subject subject;
	struct uuid uuid;
	struct wrapped_key wrapped;
	struct seal_key key;
	bool opens; /* false: forgotten, as if it had never been there */
};
struct fact_row {
	struct known_fact fact;
	int64_t presence_id, source_id;
	struct uuid uuid;
	const uint8_t *value, *raw;
	size_t value_len, raw_len;
};

/* What is read together travels together. */
struct asked {
	struct db_rows presences, facts, counts;
};

static void asked_close(struct asked *q)
{
	db_rows_close(&q->presences);
	db_rows_close(&q->facts);
	db_rows_close(&q->counts);
}

/* number 0: all of them. */
static enum status ask(struct db_read *r, int64_t casefile_id, int64_t number,
                       const struct db_stmt *facts, struct asked *q, struct error *reterr)
{
	const struct db_value *args = DB_ARGS(DB_INT(casefile_id), DB_INT(number));
	enum status st = db_ask(r, &PRESENCES, args, &q->presences, reterr);

	return st == OK ? db_ask(r, facts, args, &q->facts, reterr) : st;
}

static enum status read_presences(struct db_rows *rows, size_t most, struct arena *a,
                                  struct array *ret, struct error *reterr)
{
	struct presence_row *list = ARENA_ARRAY(a, struct presence_row, most);
	size_t count = 0;

	while (count < most && db_next(rows))
		list[count++] = (struct presence_row){
			.subject = { .id = db_int(rows, 0),
			             .uuid = uuid_stored(rows, 1),
			             .number = db_int(rows, 2),
			             .kind = (int)db_int(rows, 3),
			             .role = (int)db_int(rows, 4),
			             .first_processed_at = db_int(rows, 6) },
			.uuid = uuid_stored(rows, 1),
			.wrapped = key_beside(rows, 5, 7, KEY_PRESENCE, a),
		};
	*ret = (struct array){ list, count };
	return db_rows_end(rows, reterr);
}

enum { GRADE_BITS = 8, GRADE_MASK = 0xFF };

static void read_fact(const struct db_rows *row, struct arena *a, struct fact_row *ret)
{
	const int64_t grades = db_int(row, 9);

	*ret = (struct fact_row){
		.presence_id = db_int(row, 0),
		.uuid = uuid_stored(row, 2),
		.source_id = db_int(row, 6),
		.fact = { .id = db_int(row, 1),
		          .version = db_int(row, 15),
		          .uuid = uuid_stored(row, 2),
		          .participant_id = db_int(row, 6),
		          .organ_id = db_int(row, 16),
		          .correction = (int)db_int(row, 17),
		          .corrected_at = db_int(row, 18),
		          .kind = (int)db_int(row, 3),
		          .category = (enum law_category)db_int(row, 4),
		          .phase = (int)db_int(row, 5),
		          .task = (int)db_int(row, 7),
		          .is_judgement = db_int(row, 8) == 1,
		          .source_grade = (char)(grades >> GRADE_BITS & GRADE_MASK),
		          .information_grade = (char)(grades & GRADE_MASK),
		          .handling = (int)db_int(row, 10),
		          .received_at = db_int(row, 11),
		          .source = db_text(row, 12, a) },
	};
	ret->value = db_bytes(row, 13, a, &ret->value_len);
	ret->raw = db_bytes(row, 14, a, &ret->raw_len);
}

/* A row above max_phase is passed over before its bytes are copied. The list grows: most casefiles
 * have few. */
static enum status read_facts(struct db_rows *rows, int max_phase, struct arena *a,
                              struct array *ret, struct error *reterr)
{
	enum { PHASE_COLUMN = 5, FEW = 64 };
	struct fact_row *list = ARENA_ARRAY(a, struct fact_row, FEW);
	size_t count = 0, room = FEW;

	while (count < CASEFILE_FACTS_MAX && db_next(rows)) {
		if (db_int(rows, PHASE_COLUMN) > max_phase)
			continue;
		if (count == room) {
			struct fact_row *more = ARENA_ARRAY(a, struct fact_row, room * 4);
			memcpy(more, list, room * sizeof *list);
			list = more;
			room *= 4;
		}
		read_fact(rows, a, &list[count++]);
	}
	*ret = (struct array){ list, count };
	return db_rows_end(rows, reterr);
}

static struct seal_place place_of(const char *column, const struct uuid *fact,
                                  const struct uuid *presence, int64_t category, int64_t phase,
                                  int64_t source)
{
	return (struct seal_place){ .table = "fact",
		                    .column = column,
		                    .id = uuid_number(fact),
		                    .presence = uuid_number(presence),
		                    .category = category,
		                    .phase = phase,
		                    .source = source };
}

/* Label and text as people read them; a BSN is never shown whole. */
static void word_fact(struct arena *a, const char *value, const char *raw, struct known_fact *f)
{
	const struct law_kind *kind = law_kind((uint16_t)f->kind);

	f->value = value;
	if (f->kind >= FACT_KIND_COUNT) {
		f->label = kind != NULL ? kind->label : "Gegeven";
		return;
	}
	const struct subject_fact plain = {
		.kind = (enum fact_kind)f->kind, .category = f->category, .raw = raw, .value = value
	};
	f->label = fact_label(f->kind);
	f->value = fact_shown(a, &plain);
	f->raw = fact_raw_shown(&plain);
}

/* "1980-05-17": the last day on which he can have been born; an unknown part is its last. */
static int32_t latest_birth(const char *value)
{
	enum { LAST_MONTH = 12 };
	char *month = NULL, *day = NULL;
	struct civil c = { .year = (int)strtol(value, &month, 10) };

	c.month = *month == '-' ? (int)strtol(month + 1, &day, 10) : 0;
	c.day = day != NULL && *day == '-' ? (int)strtol(day + 1, NULL, 10) : 0;
	if (c.month == 0)
		c.month = LAST_MONTH;
	if (c.day == 0)
		c.day = month_length(c.year, c.month);
	return civil_valid(c) ? day_from_civil(c) : 0;
}

static enum status open_fact(struct presence_row *p, struct fact_row *row, struct arena *a,
                             struct error *reterr)
{
	const struct known_fact *f = &row->fact;
	const struct seal_place value =
	    place_of("value", &row->uuid, &p->uuid, f->category, f->phase, row->source_id);
	const struct seal_place raw =
	    place_of("raw", &row->uuid, &p->uuid, f->category, f->phase, row->source_id);
	const char *value_text = NULL, *raw_text = NULL;
	size_t len = 0;

	if (row->value_len == 0) { /* withdrawn: nothing to open */
		word_fact(a, "", "", &row->fact);
		row->fact.value = "";
		row->fact.raw = NULL;
		return OK;
	}
	enum status st =
	    seal_open(&p->key, &value, row->value, row->value_len, a, &value_text, &len, reterr);
	if (st == OK)
		st = seal_open(&p->key, &raw, row->raw, row->raw_len, a, &raw_text, &len, reterr);
	if (st == OK && f->kind == FACT_BIRTH_DATE && f->correction == 0)
		p->subject.born_by = latest_birth(value_text);
	if (st == OK)
		word_fact(a, value_text, raw_text, &row->fact);
	return st;
}

static const char *value_of(const struct casefile_subject *s, enum fact_kind kind)
{
	const struct known_fact *f = s->facts.items;

	for (size_t i = 0; i < s->facts.count; i++)
		if (f[i].kind == (int)kind && f[i].correction == 0)
			return f[i].value;
	return NULL;
}

static const char *join(struct arena *a, const char *first, const char *second)
{
	if (first == NULL || second == NULL)
		return first != NULL ? first : second;
	return arena_printf(a, "%s %s", first, second);
}

static const char *name_of(struct arena *a, const struct casefile_subject *s)
{
	static const enum fact_kind SINGLE[] = { FACT_NAME,  FACT_PLATE, FACT_PHONE_NUMBER,
		                                 FACT_IBAN,  FACT_KVK,   FACT_RSIN,
		                                 FACT_BAG_ID };
	const char *name = join(a, value_of(s, FACT_GIVEN_NAMES), value_of(s, FACT_FAMILY_NAME));

	for (size_t i = 0; name == NULL && i < sizeof SINGLE / sizeof SINGLE[0]; i++)
		name = value_of(s, SINGLE[i]);
	if (name == NULL)
		name = join(a, join(a, value_of(s, FACT_STREET), value_of(s, FACT_HOUSE_NUMBER)),
		            value_of(s, FACT_TOWN));
	if (name == NULL)
		name = join(a, value_of(s, FACT_POSTCODE), value_of(s, FACT_CADASTRAL));
	return name != NULL
	           ? name
	           : arena_printf(a, "%s %lld", subject_kind_label(s->kind), (long long)s->number);
}

/* The facts stand by number, as the presences do: one walk over both. */
static enum status open_presence(struct keyring *k, struct presence_row *p, struct array facts,
                                 size_t *at, struct arena *a, struct error *reterr)
{
	struct fact_row *rows = facts.items;
	struct known_fact *to;
	size_t count = 0, end = *at;

	while (end < facts.count && rows[end].presence_id == p->subject.id)
		end++;
	to = ARENA_ARRAY(a, struct known_fact, end - *at + 1);
	enum status st =
	    p->wrapped.bytes != NULL ? key_open(k, &p->wrapped, &p->key, reterr) : ERR_NOT_FOUND;
	p->opens = st == OK;
	if (st == ERR_NOT_FOUND)
		st = OK;
	for (; *at < end; (*at)++) {
		if (st != OK || !p->opens)
			continue;
		st = open_fact(p, &rows[*at], a, reterr);
		to[count++] = rows[*at].fact;
	}
	seal_key_wipe(&p->key);
	p->subject.facts = (struct array){ to, count };
	p->subject.name = name_of(a, &p->subject);
	return st;
}

static void count_facts(struct casefile_subject *s)
{
	const struct known_fact *f = s->facts.items;

	s->fact_count = (int64_t)s->facts.count;
	for (size_t i = 0; i < s->facts.count; i++)
		s->top_phase = f[i].phase > s->top_phase ? f[i].phase : s->top_phase;
}

/* Those that open, with these facts. */
static enum status open_all(struct keyring *k, struct array presences, struct array facts,
                            struct arena *a, struct array *ret, struct error *reterr)
{
	struct presence_row *p = presences.items;
	struct casefile_subject *to = ARENA_ARRAY(a, struct casefile_subject, presences.count + 1);
	size_t at = 0, count = 0;
	enum status st = OK;

	for (size_t i = 0; st == OK && i < presences.count; i++) {
		st = open_presence(k, &p[i], facts, &at, a, reterr);
		count_facts(&p[i].subject);
		if (p[i].opens)
			to[count++] = p[i].subject;
	}
	*ret = (struct array){ to, count };
	return st;
}

enum status casefile_subject_list(struct db_read *r, struct keyring *k, int64_t casefile_id,
                                  int max_phase, struct arena *a, struct array *ret,
                                  struct error *reterr)
{
	AUTO(asked_close) struct asked q = { 0 };
	struct array presences = { 0 }, facts = { 0 };

	enum status st = ask(r, casefile_id, 0, &FACTS, &q, reterr);
	if (st == OK)
		st = read_presences(&q.presences, SUBJECTS_MAX, a, &presences, reterr);
	if (st == OK)
		st = read_facts(&q.facts, max_phase, a, &facts, reterr);
	return st == OK ? open_all(k, presences, facts, a, ret, reterr) : st;
}

/* How many there are of each, also of those that weren't opened. */
static enum status count_all(struct db_rows *rows, struct array subjects, struct error *reterr)
{
	struct casefile_subject *s = subjects.items;

	for (size_t i = 0; i < subjects.count; i++)
		s[i].fact_count = 0;
	while (db_next(rows)) {
		const int phase = (int)db_int(rows, 1);
		for (size_t i = 0; i < subjects.count; i++)
			if (s[i].id == db_int(rows, 0)) {
				s[i].fact_count += db_int(rows, 2);
				s[i].top_phase = phase > s[i].top_phase ? phase : s[i].top_phase;
			}
	}
	return db_rows_end(rows, reterr);
}

enum status casefile_subject_outline(struct db_read *r, struct keyring *k, int64_t casefile_id,
                                     int max_phase, struct arena *a, struct array *ret,
                                     struct error *reterr)
{
	AUTO(asked_close) struct asked q = { 0 };
	struct array presences = { 0 }, facts = { 0 };

	enum status st = ask(r, casefile_id, 0, &FACTS_NAMING, &q, reterr);
	if (st == OK)
		st = db_ask(r, &FACT_COUNTS, DB_ARGS(DB_INT(casefile_id), DB_INT(max_phase)),
		            &q.counts, reterr);
	if (st == OK)
		st = read_presences(&q.presences, SUBJECTS_MAX, a, &presences, reterr);
	if (st == OK)
		st = read_facts(&q.facts, max_phase, a, &facts, reterr);
	if (st == OK)
		st = open_all(k, presences, facts, a, ret, reterr);
	return st == OK ? count_all(&q.counts, *ret, reterr) : st;
}

enum status casefile_subject_fill(struct db_read *r, struct keyring *k, int64_t casefile_id,
                                  int max_phase, struct arena *a, struct casefile_subject *s,
                                  struct error *reterr)
{
	AUTO(asked_close) struct asked q = { 0 };
	struct array presences = { 0 }, facts = { 0 }, found = { 0 };

	enum status st = ask(r, casefile_id, s->number, &FACTS_OF_ONE, &q, reterr);
	if (st == OK)
		st = read_presences(&q.presences, 1, a, &presences, reterr);
	if (st == OK)
		st = read_facts(&q.facts, max_phase, a, &facts, reterr);
	if (st == OK)
		st = open_all(k, presences, facts, a, &found, reterr);
	if (st == OK && found.count != 1)
		return FAIL_NOT_FOUND(reterr);
	if (st == OK)
		*s = *(struct casefile_subject *)found.items;
	return st;
}

int32_t casefile_subject_gone_on(int64_t first_processed_at)
{
	const struct law_parameter *years = law_parameter(PARAM_RETENTION_YEARS);
	return law_destroy_before(local_day(first_processed_at), years->value);
}

/* ---- ties ------------------------------------------------------------------------------------- */

struct tie_row {
	struct known_tie tie;
	struct uuid uuid, from, to;
	struct wrapped_key from_key, to_key;
	int64_t category, phase, source;
	const uint8_t *value, *period;
	size_t len, period_len;
};

static enum status read_ties(struct db_read *r, int64_t casefile_id, int max_phase, struct arena *a,
                             struct array *ret, struct error *reterr)
{
	enum { PHASE_COLUMN = 3, MAX = 500 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct tie_row *list = ARENA_ARRAY(a, struct tie_row, MAX);
	size_t count = 0;

	enum status st = db_query(r, &TIES, DB_ARGS(DB_INT(casefile_id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < MAX && db_next(&rows)) {
		if (db_int(&rows, PHASE_COLUMN) > max_phase)
			continue;
		struct tie_row *row = &list[count++];
		*row = (struct tie_row){
			.tie = { .from = db_int(&rows, 7),
			         .to = db_int(&rows, 10),
			         .kind = (int)db_int(&rows, 1),
			         .id = db_int(&rows, 12),
			         .uuid = uuid_stored(&rows, 0),
			         .phase = (int)db_int(&rows, 3),
			         .participant_id = db_int(&rows, 4),
			         .received_at = db_int(&rows, 13),
			         .source = db_text(&rows, 15, a),
			         .from_day = INT64_MIN,
			         .until_day = INT64_MIN },
			.uuid = uuid_stored(&rows, 0),
			.category = db_int(&rows, 2),
			.phase = db_int(&rows, 3),
			.source = db_int(&rows, 4),
			.from = uuid_stored(&rows, 6),
			.from_key = key_beside(&rows, 8, 16, KEY_PRESENCE, a),
			.to = uuid_stored(&rows, 9),
			.to_key = key_beside(&rows, 11, 18, KEY_PRESENCE, a),
		};
		row->value = db_bytes(&rows, 5, a, &row->len);
		if (!db_is_null(&rows, 14))
			row->period = db_bytes(&rows, 14, a, &row->period_len);
	}
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

/* "19800|20100" */
static enum status open_period(const struct seal_key *key, struct tie_row *row, struct arena *a,
                               struct error *reterr)
{
	const struct seal_place place =
	    place_of("period", &row->uuid, &row->from, row->category, row->phase, row->source);
	const char *text = "";
	char *end = NULL;
	size_t len = 0;

	if (row->period == NULL)
		return OK;
	enum status st =
	    seal_open(key, &place, row->period, row->period_len, a, &text, &len, reterr);
	if (st != OK)
		return st;
	row->tie.from_day = strtoll(text, &end, 10);
	row->tie.until_day = *end == '|' ? strtoll(end + 1, NULL, 10) : INT64_MIN;
	return OK;
}

/* ERR_NOT_FOUND: one of the two was forgotten. */
static enum status open_tie(struct keyring *k, struct tie_row *row, struct arena *a,
                            struct error *reterr)
{
	const struct seal_place place =
	    place_of("value", &row->uuid, &row->from, row->category, row->phase, row->source);
	struct seal_key from, to;
	size_t len = 0;

	enum status st = key_open(k, &row->from_key, &from, reterr);
	if (st != OK)
		return st;
	st = key_open(k, &row->to_key, &to, reterr);
	if (st == OK) {
		struct seal_key key =
		    seal_tie_key(uuid_number(&row->from), &from, uuid_number(&row->to), &to);
		st = seal_open(&key, &place, row->value, row->len, a, &row->tie.note, &len, reterr);
		if (st == OK)
			st = open_period(&key, row, a, reterr);
		seal_key_wipe(&key);
		seal_key_wipe(&to);
	}
	seal_key_wipe(&from);
	return st;
}

enum status casefile_tie_list(struct db_read *r, struct keyring *k, int64_t casefile_id,
                              int max_phase, struct arena *a, struct array *ret,
                              struct error *reterr)
{
	struct array rows = { 0 };
	enum status st = read_ties(r, casefile_id, max_phase, a, &rows, reterr);
	struct tie_row *from = rows.items;
	struct known_tie *to = ARENA_ARRAY(a, struct known_tie, rows.count + 1);
	size_t count = 0;

	for (size_t i = 0; st == OK && i < rows.count; i++) {
		st = open_tie(k, &from[i], a, reterr);
		if (st == ERR_NOT_FOUND)
			st = OK;
		else
			to[count++] = from[i].tie;
	}
	*ret = (struct array){ to, count };
	return st;
}

/* ---- one more fact ------------------------------------------------------------------------------ */

static struct seal_place necessity_place(const struct uuid *fact, const struct uuid *presence)
{
	return (struct seal_place){ .table = "fact_necessity",
		                    .column = "necessity",
		                    .id = uuid_number(fact),
		                    .presence = uuid_number(presence) };
}

void fact_seal_under(const struct seal_key *key, const struct uuid *presence,
                     const struct fact_new *in, int64_t now_ms, struct arena *a,
                     struct sealed_known_fact *ret)
{
	*ret = (struct sealed_known_fact){ .uuid = uuid_at(now_ms), .in = *in };
	const struct seal_place value =
	    place_of("value", &ret->uuid, presence, in->category, in->phase, in->participant_id);
	const struct seal_place raw =
	    place_of("raw", &ret->uuid, presence, in->category, in->phase, in->participant_id);
	ret->value = seal_in(a, key, &value, in->text, strlen(in->text), &ret->value_len);
	const char *typed = in->raw != NULL ? in->raw : in->text;
	ret->raw = seal_in(a, key, &raw, typed, strlen(typed), &ret->raw_len);
	if (in->necessity != NULL) {
		const struct seal_place why = necessity_place(&ret->uuid, presence);
		ret->necessity = seal_in(a, key, &why, in->necessity, strlen(in->necessity),
		                         &ret->necessity_len);
	}
}

// NOLINTNEXTLINE(readability-function-size): which subject of which casefile, and what is known
enum status casefile_fact_seal(struct db_read *r, struct keyring *k, int64_t casefile_id,
                               int64_t number, const struct fact_new *in, int64_t now_ms,
                               struct arena *a, struct sealed_known_fact *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct array found = { 0 };
	enum status st =
	    db_query(r, &PRESENCES, DB_ARGS(DB_INT(casefile_id), DB_INT(number)), &rows, reterr);
	if (st == OK)
		st = read_presences(&rows, 1, a, &found, reterr);
	struct presence_row *p = found.items;

	if (st == OK && (number == 0 || found.count != 1))
		return FAIL_NOT_FOUND(reterr);
	if (st == OK)
		st = key_open(k, &p->wrapped, &p->key, reterr);
	if (st != OK)
		return st;
	fact_seal_under(&p->key, &p->uuid, in, now_ms, a, ret);
	ret->presence_id = p->subject.id;
	seal_key_wipe(&p->key);
	return OK;
}

enum status casefile_fact_add(struct db_tx *tx, int64_t casefile_id,
                              const struct sealed_known_fact *f, int64_t now_ms,
                              struct error *reterr)
{
	const struct fact_new *in = &f->in;
	const int64_t grades = (int64_t)(unsigned char)in->source_grade << GRADE_BITS |
	                       (unsigned char)in->information_grade;
	int64_t changed = 0;

	enum status st = db_exec(
	    tx, &ADD_FACT,
	    DB_ARGS(DB_BYTES(f->uuid.bytes, UUID_BYTES), DB_INT(f->presence_id), DB_INT(in->kind),
	            DB_INT(in->category), DB_INT(in->phase), DB_INT(in->participant_id),
	            in->organ_id != 0 ? DB_INT(in->organ_id) : DB_NULL, DB_INT(in->task),
	            DB_INT(in->is_judgement), DB_INT(grades), DB_INT(in->handling),
	            DB_BYTES(f->value, f->value_len), DB_BYTES(f->raw, f->raw_len), DB_INT(now_ms),
	            DB_INT(in->appointment_id), DB_INT(casefile_id),
	            DB_INT(in->version > 0 ? in->version : 1)),
	    &changed, reterr);
	if (st == OK && changed == 0)
		return FAIL_NOT_FOUND(reterr);
	return st == OK && f->necessity != NULL
	           ? db_exec(tx, &ADD_NECESSITY,
	                     DB_ARGS(DB_BYTES(f->uuid.bytes, UUID_BYTES),
	                             DB_BYTES(f->necessity, f->necessity_len)),
	                     NULL, reterr)
	           : st;
}

enum status fact_necessity_open(struct db_read *r, struct keyring *k, int64_t fact_id,
                                struct arena *a, const char **ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	struct seal_key key;
	size_t len = 0, plain = 0;

	*ret = "";
	enum status st = db_query(r, &NECESSITY, DB_ARGS(DB_INT(fact_id)), &row, reterr);
	if (st != OK || !db_next(&row))
		return st == OK ? db_rows_end(&row, reterr) : st;
	const uint8_t *sealed = db_bytes(&row, 0, a, &len);
	const struct uuid fact = uuid_stored(&row, 1), presence = uuid_stored(&row, 2);
	const int64_t key_id = db_int(&row, 3);
	db_rows_close(&row); /* a second statement runs when the first is done */
	const struct seal_place place = necessity_place(&fact, &presence);
	st = key_load(r, k, key_id, KEY_PRESENCE, &key, reterr);
	if (st != OK)
		return st == ERR_NOT_FOUND ? OK : st;
	st = seal_open(&key, &place, sealed, len, a, ret, &plain, reterr);
	seal_key_wipe(&key);
	return st;
}
