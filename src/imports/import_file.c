#include "imports/import_file.h"

#include "attachments/media.h"
#include "attachments/virus_scan.h"
#include "audit/action.h"
#include "imports/import_store.h"

enum { KIND_MIXED = 319 };

/* The header and how many rows follow. */
struct looked {
	struct arena *a;
	struct import_columns guess;
	const char *header;
	int64_t rows;
};

static bool look(void *context, const struct sheet_row *row)
{
	struct looked *l = context;
	const char *header = "";

	if (row->number > 1 || l->header != NULL) {
		l->rows++;
		return true;
	}
	l->guess = import_columns_guess(row);
	for (size_t i = 0; i < row->count; i++)
		header = arena_printf(l->a, "%s%s\n", header, row->cells[i]);
	l->header = header;
	return true;
}

/* What stood above the columns, as a digest: the same header has the same columns next time. */
static const char *header_digest(const struct import_sender *who, struct arena *a,
                                 const char *header)
{
	char *hex = arena_alloc(a, 2 * DIGEST_BYTES + 1);
	const struct span parts[] = { SPAN_TEXT(header) };
	const struct digest d = digest_keyed(who->plein->web_key, "import header", parts, 1);

	hex_text(d.bytes, sizeof d.bytes, hex);
	return hex;
}

/* One look at one file. */
struct looking {
	struct db_read *r;
	const struct import_sender *who;
	const struct import_wish *wish;
	struct arena *a;
	struct problems *problems;
	struct import_offer *ret;
	int media;
};

/* What the columns are: as somebody named them, as the last time, or as they say themselves. */
static enum status choose_columns(const struct looking *l, const struct import_columns *guess,
                                  struct error *reterr)
{
	const int64_t organ = l->who->viewer->organ_id;
	const char *name = l->wish->mapping, *known = NULL;
	const bool named = name != NULL && name[0] != '\0';
	const enum status st =
	    named ? import_mapping(l->r, organ, name, l->a, &known, reterr)
		  : import_columns_before(l->r, organ, l->ret->header, l->a, &known, reterr);

	if (st == OK && named && known == NULL)
		problems_add(l->problems, PROBLEM_ERROR, "mapping",
		             "Deze indeling is niet bewaard. Kijk hoe zij heet.");
	l->ret->columns = known != NULL ? known : import_columns_text(l->a, guess);
	return st;
}

static enum status look_through(const struct looking *l, struct error *reterr)
{
	struct looked looked = { .a = l->a };
	const struct input_value *file = l->wish->file;
	const enum sheet_kind kind = l->media == MEDIA_XLSX ? SHEET_XLSX : SHEET_CSV;

	const enum status st = sheet_read(kind, &file->file, look, &looked, reterr);
	if (st == ERR_INVALID || st == ERR_LIMIT) {
		problems_add(l->problems, PROBLEM_ERROR, "file", reterr->message);
		return OK;
	}
	if (st != OK)
		return st;
	if (looked.rows == 0)
		problems_add(l->problems, PROBLEM_ERROR, "file",
		             "Onder de kopregel staan geen regels.");
	l->ret->header = header_digest(l->who, l->a, looked.header);
	l->ret->rows = looked.rows;
	return choose_columns(l, &looked.guess, reterr);
}

static enum status keep(const struct looking *l, const struct attachment_input *in,
                        struct error *reterr)
{
	const struct plein *p = l->who->plein;
	enum status st = OK;

	if (p->clamd != NULL)
		st = virus_scan(p->clamd, &in->file->file, reterr);
	if (st == ERR_INVALID) {
		problems_add(l->problems, PROBLEM_ERROR, "file", reterr->message);
		return OK;
	}
	return st == OK ? attachment_seal(p->keyring, p->files, in, l->media, l->who->now_ms, l->a,
	                                  &l->ret->sealed, reterr)
	                : st;
}

enum status import_look(struct db_read *r, const struct import_sender *who,
                        const struct import_wish *wish, struct arena *a, struct problems *problems,
                        struct import_offer *ret, struct error *reterr)
{
	const struct attachment_input in = { .kind = KIND_MIXED,
		                             .category = CATEGORY_IDENT,
		                             .file = wish->file,
		                             .source_participant_id = who->viewer->participant_id };
	const struct looking l = {
		r, who, wish, a, problems, ret, attachment_check(&in, "file", problems)
	};

	if (problems->error_count > 0)
		return OK;
	if (l.media != MEDIA_CSV && l.media != MEDIA_XLSX) {
		problems_add(problems, PROBLEM_ERROR, "file",
		             "Kies een rekenblad: XLSX, of CSV UTF-8.");
		return OK;
	}
	const enum status st = look_through(&l, reterr);
	return st == OK && problems->error_count == 0 ? keep(&l, &in, reterr) : st;
}

enum status import_begin(struct db_tx *tx, const struct import_sender *who,
                         const struct import_offer *offer, int64_t *ret_id, struct error *reterr)
{
	const struct import_new n = { .viewer = who->viewer,
		                      .header = offer->header,
		                      .columns = offer->columns,
		                      .rows_all = offer->rows,
		                      .now_ms = who->now_ms };

	enum status st = import_create(tx, &n, ret_id, reterr);
	const struct attachment_adding file = { .owner = { OBJECT_IMPORT, *ret_id },
		                                .what = &offer->sealed,
		                                .organ_id = who->viewer->organ_id,
		                                .appointment_id = who->viewer->appointment_id,
		                                .now_ms = who->now_ms };
	return st == OK ? attachment_add(tx, &file, reterr) : st;
}

/* ---- going on ----------------------------------------------------------------------------------- */

enum status import_standing(struct db_read *r, int64_t organ_id, int64_t id,
                            struct import_standing *ret, struct error *reterr)
{
	struct import_round round;
	struct arena a;

	arena_init(&a, 1 << 20);
	const enum status st = import_load(r, organ_id, id, &a, &round, reterr);
	if (st == OK)
		*ret = (struct import_standing){ round.version, round.rows_all, round.rows_done,
			                         round.wrong,   round.stored,   round.kept,
			                         round.state };
	arena_reset(&a);
	return st;
}

enum status import_faults(struct db_read *r, int64_t id, struct arena *a, struct array *ret,
                          struct error *reterr)
{
	struct array found = { 0 };
	const enum status st = import_problems(r, id, a, &found, reterr);
	const struct import_problem *from = found.items;
	struct import_fault *to = ARENA_ARRAY(a, struct import_fault, found.count + 1);

	for (size_t i = 0; st == OK && i < found.count; i++)
		to[i] = (struct import_fault){ from[i].line, from[i].place, from[i].sentence };
	*ret = (struct array){ to, found.count };
	return st;
}

struct import_picture import_picture_of(const struct import_round *round,
                                        const struct import_columns *c)
{
	struct import_picture p = { .state = round->state,
		                    .rows_good = round->rows_all - round->wrong };

	for (size_t i = 0; i < c->count; i++)
		p.has_column = p.has_column || c->field[i] != IMPORT_NOTHING;
	return p;
}

enum status import_move(struct db_tx *tx, const struct import_sender *who, int64_t id,
                        enum import_action action, struct error *reterr)
{
	struct import_round round;

	enum status st =
	    import_load(db_tx_read(tx), who->viewer->organ_id, id, db_tx_arena(tx), &round, reterr);
	if (st != OK)
		return st;
	const struct import_columns c = import_columns_read(round.columns);
	const struct import_picture p = import_picture_of(&round, &c);
	const struct move *mv = machine_move(&IMPORT_MACHINE, round.state, (uint8_t)action);
	if (mv == NULL || mv->who == 0)
		return FAIL(reterr, ERR_CONFLICT, "Dit kan nu niet. Bekijk hoe het nu staat.");
	const struct verdict v = move_verdict(mv, ROLE_BIT(who->viewer->role), &p);
	if (!verdict_allows(v))
		return FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
	if (action == IMPORT_CHECK)
		st = import_clear_problems(tx, id, reterr);
	return st == OK ? import_set_state(tx, id, mv->from, mv->to, who->now_ms, reterr) : st;
}

enum status import_sender_of(struct db_read *r, int64_t appointment_id, struct viewer *ret,
                             struct error *reterr)
{
	return import_viewer(r, appointment_id, ret, reterr);
}
