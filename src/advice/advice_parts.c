/* The parts of an advice, opened: proposals, sources, the facts it cites. */
#include "advice/advice_seal.h"

#include <string.h>

#include "platform/crypto/stored.h"

static const struct db_stmt PROPOSALS = {
	"advice_proposals", "i",
	"SELECT p.id, p.version, p.number, p.place, p.uuid, p.instrument, p.kind, p.weight,"
	" p.barrier, p.lead_organ_id, t.id, o.on_behalf, t.short_name, o.letter, p.hours,"
	" p.wanted_day, p.waits_for, p.alternative_to, p.feasible, p.feasible_hours, p.asked_at,"
	" p.due_day, p.answered_at, coalesce(n.full_name, ''), p.named, p.key_id, p.basis,"
	" p.approach, p.effect, p.indicator, p.answer_key_id, p.answer FROM advice_proposal p"
	" JOIN organ o ON o.id = p.lead_organ_id JOIN participant t ON t.id = o.participant_id"
	" LEFT JOIN appointment b ON b.id = p.answered_by LEFT JOIN person n ON n.id = b.person_id"
	" WHERE p.advice_id = $1 ORDER BY p.place, p.id LIMIT 40"
};
static const struct db_stmt CO_OWNERS = {
	"advice_co_owners", "i",
	"SELECT c.proposal_id, c.organ_id, o.on_behalf FROM advice_co_owner c"
	" JOIN advice_proposal p ON p.id = c.proposal_id JOIN organ o ON o.id = c.organ_id"
	" WHERE p.advice_id = $1 ORDER BY c.proposal_id, o.on_behalf, o.id LIMIT 500"
};
static const struct db_stmt SOURCES = {
	"advice_sources", "ii",
	"SELECT s.id, s.version, s.organ_id, t.id, o.on_behalf, t.short_name, s.phase, s.state,"
	" s.asked_at, s.due_day, s.answered_at, s.handled_at, coalesce(n.full_name, ''),"
	" coalesce(m.full_name, ''), s.named, s.handled_how, s.reason_key_id, s.reason,"
	" s.handling_key_id, s.handling,"
	" (SELECT count(*) FROM advice_source_before e WHERE e.source_id = s.id)"
	" FROM advice_source s JOIN organ o ON o.id = s.organ_id"
	" JOIN participant t ON t.id = o.participant_id"
	" LEFT JOIN appointment b ON b.id = s.answered_by LEFT JOIN person n ON n.id = b.person_id"
	" LEFT JOIN appointment h ON h.id = s.handled_by LEFT JOIN person m ON m.id = h.person_id"
	" WHERE s.advice_id = $1 AND s.phase <= $2 ORDER BY t.sort_key, o.letter, s.id LIMIT 40"
};
static const struct db_stmt SOURCES_BEFORE = {
	"advice_sources_before", "ii",
	"SELECT s.id, s.version, s.organ_id, t.id, o.on_behalf, t.short_name, s.phase, e.state,"
	" e.asked_at, 0, e.answered_at, e.handled_at, coalesce(n.full_name, ''),"
	" coalesce(m.full_name, ''), e.named, e.handled_how, e.reason_key_id, e.reason,"
	" e.handling_key_id, e.handling, 0 FROM advice_source_before e"
	" JOIN advice_source s ON s.id = e.source_id JOIN organ o ON o.id = s.organ_id"
	" JOIN participant t ON t.id = o.participant_id"
	" LEFT JOIN appointment b ON b.id = e.answered_by LEFT JOIN person n ON n.id = b.person_id"
	" LEFT JOIN appointment h ON h.id = e.handled_by LEFT JOIN person m ON m.id = h.person_id"
	" WHERE s.advice_id = $1 AND s.phase <= $2 ORDER BY e.id DESC LIMIT 40"
};
static const struct db_stmt FACTS = {
	"advice_cited_facts", "ii",
	"SELECT coalesce(f.id, 0), c.proposal_number, c.organ_id, c.fact_uuid, c.phase, c.usable"
	" FROM advice_fact c LEFT JOIN fact f ON f.uuid = c.fact_uuid WHERE c.advice_id = $1"
	" AND c.phase <= $2 ORDER BY c.proposal_number, c.advice_id, c.fact_uuid LIMIT 400"
};
static const struct db_stmt OWNERS = {
	"advice_owners", "i",
	"SELECT o.id, o.on_behalf, o.letter FROM organ o JOIN participant t ON t.id = "
	"o.participant_id"
	" WHERE o.participant_id IN (SELECT e.participant_id FROM casefile_organ x"
	" JOIN organ e ON e.id = x.organ_id WHERE x.casefile_id = $1)"
	" ORDER BY t.sort_key, o.letter, o.id LIMIT 60"
};
const struct db_stmt *const advice_part_statements[] = {
	&PROPOSALS, &CO_OWNERS, &SOURCES, &SOURCES_BEFORE, &FACTS, &OWNERS, NULL
};

/* ---- proposals ----------------------------------------------------------------------------------- */

static struct advice_proposal read_proposal(const struct db_rows *row, struct arena *a)
{
	struct advice_proposal p = {
		.id = db_int(row, 0),
		.version = db_int(row, 1),
		.number = db_int(row, 2),
		.place = db_int(row, 3),
		.instrument = (uint16_t)db_int(row, 5),
		.kind = (int)db_int(row, 6),
		.weight = (int)db_int(row, 7),
		.barrier = (int)db_int(row, 8),
		.lead_organ_id = db_int(row, 9),
		.lead_participant_id = db_int(row, 10),
		.lead = db_text(row, 11, a),
		.lead_participant = db_text(row, 12, a),
		.lead_letter = db_text(row, 13, a)[0],
		.hours = db_int(row, 14),
		.wanted_day = db_int(row, 15),
		.waits_for = db_int(row, 16),
		.alternative_to = db_int(row, 17),
		.feasible = (enum feasibility)db_int(row, 18),
		.feasible_hours = db_int(row, 19),
		.asked_at = db_int(row, 20),
		.due_day = db_int(row, 21),
		.answered_at = db_int(row, 22),
		.answered_by = db_text(row, 23, a),
		.named = (enum naming)db_int(row, 24),
		.texts = { "", "", "", "" },
		.answer = "",
	};
	p.uuid = uuid_stored(row, 4);
	return p;
}

/* Sealed columns of one row, opened after the rows are read. */
struct sealed_row {
	int64_t key_id, answer_key_id;
	struct span text[PROPOSAL_TEXT_COUNT], answer;
};

static struct sealed_row read_sealed(const struct db_rows *row, struct arena *a)
{
	struct sealed_row s = { .key_id = db_int(row, 25),
		                .answer_key_id = db_int(row, 30),
		                .answer = span_stored(row, 31, a) };

	for (int i = 0; i < PROPOSAL_TEXT_COUNT; i++)
		s.text[i] = span_stored(row, 26 + i, a);
	return s;
}

static enum status open_proposal(struct db_read *r, struct keyring *k, const struct sealed_row *s,
                                 struct arena *a, struct advice_proposal *p, struct error *reterr)
{
	const char **const to[PROPOSAL_TEXT_COUNT] = { &p->texts.basis, &p->texts.approach,
		                                       &p->texts.effect, &p->texts.indicator };
	struct seal_key key;
	size_t len = 0;

	enum status st = key_load(r, k, s->key_id, KEY_PARAGRAPH, &key, reterr);
	if (st == ERR_NOT_FOUND)
		return OK; /* forgotten */
	if (st != OK)
		return st;
	for (size_t i = 0; st == OK && i < PROPOSAL_TEXT_COUNT; i++) {
		const struct seal_place place = proposal_text_place(&p->uuid, i);
		st = seal_open(&key, &place, s->text[i].bytes, s->text[i].len, a, to[i], &len,
		               reterr);
	}
	seal_key_wipe(&key);
	return st == OK ? advice_open_words(r, k, WORDS_OWNER_ANSWER, p->id, s->answer_key_id,
	                                    s->answer, a, &p->answer, reterr)
	                : st;
}

static void add_co_owner(struct array proposals, int64_t proposal_id, struct co_owner co,
                         struct arena *a)
{
	struct advice_proposal *p = proposals.items;

	for (size_t i = 0; i < proposals.count; i++) {
		if (p[i].id != proposal_id || p[i].co_owners.count == ADVICE_CO_OWNERS_MAX)
			continue;
		if (p[i].co_owners.items == NULL)
			p[i].co_owners.items =
			    ARENA_ARRAY(a, struct co_owner, ADVICE_CO_OWNERS_MAX);
		((struct co_owner *)p[i].co_owners.items)[p[i].co_owners.count++] = co;
	}
}

static enum status load_co_owners(struct db_read *r, int64_t advice_id, struct array proposals,
                                  struct arena *a, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st = db_query(r, &CO_OWNERS, DB_ARGS(DB_INT(advice_id)), &rows, reterr);

	if (st != OK)
		return st;
	while (db_next(&rows))
		add_co_owner(proposals, db_int(&rows, 0),
		             (struct co_owner){ db_int(&rows, 1), db_text(&rows, 2, a) }, a);
	return db_rows_end(&rows, reterr);
}

enum status advice_proposals(struct db_read *r, struct keyring *k, const struct advice *d,
                             struct arena *a, struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct advice_proposal *list = ARENA_ARRAY(a, struct advice_proposal, ADVICE_PROPOSALS_MAX);
	struct sealed_row *sealed = ARENA_ARRAY(a, struct sealed_row, ADVICE_PROPOSALS_MAX);
	size_t count = 0;

	enum status st = db_query(r, &PROPOSALS, DB_ARGS(DB_INT(d->id)), &rows, reterr);
	if (st != OK)
		return st;
	for (; count < ADVICE_PROPOSALS_MAX && db_next(&rows); count++) {
		list[count] = read_proposal(&rows, a);
		sealed[count] = read_sealed(&rows, a);
	}
	st = db_rows_end(&rows, reterr);
	for (size_t i = 0; st == OK && i < count; i++)
		st = open_proposal(r, k, &sealed[i], a, &list[i], reterr);
	*ret = (struct array){ list, count };
	return st == OK ? load_co_owners(r, d->id, *ret, a, reterr) : st;
}

static bool said(const char *text)
{
	return text[strspn(text, " \t\n")] != '\0';
}

bool proposal_is_whole(const struct advice_proposal *p)
{
	return said(p->texts.basis) && said(p->texts.approach) && said(p->texts.effect) &&
	       said(p->texts.indicator) && p->hours > 0 && p->wanted_day > 0;
}

int64_t proposal_hours(const struct advice_proposal *p)
{
	return p->feasible == FEASIBLE_OTHER_HOURS ? p->feasible_hours : p->hours;
}

/* ---- sources ---------------------------------------------------------------------------------------- */

static struct advice_source read_source(const struct db_rows *row, struct arena *a)
{
	return (struct advice_source){
		.id = db_int(row, 0),
		.version = db_int(row, 1),
		.organ_id = db_int(row, 2),
		.participant_id = db_int(row, 3),
		.on_behalf = db_text(row, 4, a),
		.participant = db_text(row, 5, a),
		.phase = (int)db_int(row, 6),
		.state = (enum source_state)db_int(row, 7),
		.asked_at = db_int(row, 8),
		.due_day = db_int(row, 9),
		.answered_at = db_int(row, 10),
		.handled_at = db_int(row, 11),
		.answered_by = db_text(row, 12, a),
		.handled_by = db_text(row, 13, a),
		.named = (enum naming)db_int(row, 14),
		.handled_how = (int)db_int(row, 15),
		.times_before = db_int(row, 20),
		.reason = "",
		.handling = "",
	};
}

struct sealed_source {
	int64_t reason_key_id, handling_key_id;
	struct span reason, handling;
};

// NOLINTNEXTLINE(readability-function-size): which rows, of which advice, for whom
static enum status read_sources(struct db_read *r, struct keyring *k, const struct db_stmt *which,
                                const struct advice *d, int max_phase, struct arena *a,
                                struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct advice_source *list = ARENA_ARRAY(a, struct advice_source, ADVICE_SOURCES_MAX);
	struct sealed_source *sealed = ARENA_ARRAY(a, struct sealed_source, ADVICE_SOURCES_MAX);
	size_t count = 0;

	enum status st =
	    db_query(r, which, DB_ARGS(DB_INT(d->id), DB_INT(max_phase)), &rows, reterr);
	if (st != OK)
		return st;
	for (; count < ADVICE_SOURCES_MAX && db_next(&rows); count++) {
		list[count] = read_source(&rows, a);
		sealed[count] = (struct sealed_source){ .reason_key_id = db_int(&rows, 16),
			                                .reason = span_stored(&rows, 17, a),
			                                .handling_key_id = db_int(&rows, 18),
			                                .handling = span_stored(&rows, 19, a) };
	}
	st = db_rows_end(&rows, reterr);
	for (size_t i = 0; st == OK && i < count; i++) {
		const struct sealed_source *s = &sealed[i];
		st = advice_open_words(r, k, WORDS_OBJECTION, list[i].id, s->reason_key_id,
		                       s->reason, a, &list[i].reason, reterr);
		if (st == OK)
			st = advice_open_words(r, k, WORDS_HANDLING, list[i].id, s->handling_key_id,
			                       s->handling, a, &list[i].handling, reterr);
	}
	*ret = (struct array){ list, count };
	return st;
}

enum status advice_sources(struct db_read *r, struct keyring *k, const struct advice *d,
                           int max_phase, struct arena *a, struct array *ret, struct error *reterr)
{
	return read_sources(r, k, &SOURCES, d, max_phase, a, ret, reterr);
}

enum status advice_sources_before(struct db_read *r, struct keyring *k, const struct advice *d,
                                  int max_phase, struct arena *a, struct array *ret,
                                  struct error *reterr)
{
	return read_sources(r, k, &SOURCES_BEFORE, d, max_phase, a, ret, reterr);
}

/* ---- facts --------------------------------------------------------------------------------------------- */

enum status advice_cited_facts(struct db_read *r, const struct advice *d, int max_phase,
                               struct arena *a, struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct cited_fact *list = ARENA_ARRAY(a, struct cited_fact, ADVICE_FACTS_MAX);
	size_t count = 0;

	enum status st =
	    db_query(r, &FACTS, DB_ARGS(DB_INT(d->id), DB_INT(max_phase)), &rows, reterr);
	if (st != OK)
		return st;
	for (; count < ADVICE_FACTS_MAX && db_next(&rows); count++) {
		list[count] = (struct cited_fact){ .fact_id = db_int(&rows, 0),
			                           .proposal_number = db_int(&rows, 1),
			                           .organ_id = db_int(&rows, 2),
			                           .phase = (int)db_int(&rows, 4),
			                           .usable = (enum usable)db_int(&rows, 5) };
		list[count].fact = uuid_stored(&rows, 3);
	}
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status advice_owners(struct db_read *r, int64_t casefile_id, struct arena *a,
                          struct array *ret, struct error *reterr)
{
	enum { MAX = 60 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct advice_owner *list = ARENA_ARRAY(a, struct advice_owner, MAX);
	size_t count = 0;
	enum status st = db_query(r, &OWNERS, DB_ARGS(DB_INT(casefile_id)), &rows, reterr);

	if (st != OK)
		return st;
	while (count < MAX && db_next(&rows))
		list[count++] = (struct advice_owner){ .organ_id = db_int(&rows, 0),
			                               .on_behalf = db_text(&rows, 1, a),
			                               .letter = db_text(&rows, 2, a)[0] };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}
