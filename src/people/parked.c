#include "people/parked.h"

#include "plein/plein.h"

enum { PARKED_MAX_BYTES = 512 << 10 };
static const int64_t PARKED_MS = INT64_C(24) * 3600 * 1000;

static const struct db_stmt KEEP = {
	"parked_keep", "itib",
	"INSERT INTO parked_form (person_id, path, at, sealed) VALUES ($1, $2, $3, $4)"
	" ON CONFLICT (person_id, path) DO UPDATE SET at = excluded.at, sealed = excluded.sealed"
};
static const struct db_stmt FORGET = { "parked_forget", "i",
	                               "DELETE FROM parked_form WHERE at < $1" };
static const struct db_stmt LOAD = {
	"parked_load", "iti",
	"SELECT sealed FROM parked_form WHERE person_id = $1 AND path = $2 AND at >= $3"
};

const struct db_stmt *const parked_statements[] = { &KEEP, &FORGET, &LOAD, NULL };

static bool has_page(const struct plein *p, const struct route *post)
{
	for (size_t i = 0; p->routes != NULL && p->routes[i] != NULL; i++)
		for (const struct route *r = p->routes[i]; r->method != NULL; r++)
			if (strcmp(r->method, "GET") == 0 && strcmp(r->path, post->path) == 0)
				return true;
	return false;
}

bool parked_possible(const struct request *rq)
{
	const bool own = strncmp(rq->path, "/me/", 4) == 0 || strcmp(rq->path, "/step-up") == 0;

	return strcmp(rq->method, "POST") == 0 && !rq->wants_json && !own &&
	       rq->route->form != NULL && has_page(plein_of(rq), rq->route);
}

static struct seal_place place_of(int64_t person_id, const char *path)
{
	return (struct seal_place){ .table = "parked_form", .column = path, .id = person_id };
}

/* Paths and values, each with its NUL; hidden tokens (they begin with _) and files stay out. */
static void write_values(const struct input *in, struct out *o)
{
	for (size_t i = 0; i < in->count; i++) {
		const struct input_value *v = &in->values[i];
		if (v->path[0] == '_' || v->kind == INPUT_FILE)
			continue;
		out_raw(o, v->path, strlen(v->path) + 1);
		out_raw(o, v->text, strlen(v->text) + 1);
	}
}

struct keeping {
	int64_t person_id, now_ms;
	const char *path;
	const uint8_t *sealed;
	size_t len;
};

static enum status keep_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct keeping *k = args;
	enum status st = db_exec(tx, &FORGET, DB_ARGS(DB_INT(k->now_ms - PARKED_MS)), NULL, reterr);
	if (st != OK)
		return st;
	return db_exec(tx, &KEEP,
	               DB_ARGS(DB_INT(k->person_id), DB_TEXT(k->path), DB_INT(k->now_ms),
	                       DB_BYTES(k->sealed, k->len)),
	               NULL, reterr);
}

void parked_keep(const struct request *rq, int64_t person_id)
{
	const struct seal_place place = place_of(person_id, rq->path);
	struct keeping k = { .person_id = person_id, .now_ms = rq->now_ms, .path = rq->path };
	struct db_job job = { .run = keep_run, .args = &k };
	struct error ignored = { 0 };
	struct out o;

	out_init(&o, PARKED_MAX_BYTES);
	write_values(rq->body, &o);
	if (o.len > 0 && !o.overflowed) {
		k.sealed =
		    seal_in(rq->arena, plein_of(rq)->account_key, &place, o.data, o.len, &k.len);
		if (db_run(plein_of(rq)->db, &job, &ignored) != OK)
			problems_add(rq->problems, PROBLEM_WARNING, "",
			             "Uw tekst kon niet worden bewaard.");
	}
	out_free(&o);
}

static void read_values(struct arena *a, const char *plain, size_t len, struct input *ret)
{
	size_t count = 0;

	for (size_t i = 0; i < len; i++)
		count += plain[i] == '\0';
	struct input_value *values = ARENA_ARRAY(a, struct input_value, count / 2 + 1);
	for (const char *at = plain; ret->count < count / 2;) {
		struct input_value *v = &values[ret->count++];
		v->path = at;
		v->text = at + strlen(at) + 1;
		v->kind = INPUT_TEXT;
		at = v->text + strlen(v->text) + 1;
	}
	ret->values = values;
}

enum status parked_show(struct request *rq, int64_t person_id, struct error *reterr)
{
	const struct seal_place place = place_of(person_id, rq->path);
	AUTO(db_rows_close) struct db_rows row = { 0 };
	struct input *in = ARENA_NEW(rq->arena, struct input);
	const char *plain;
	size_t len = 0;

	enum status st =
	    db_query(rq->db, &LOAD,
	             DB_ARGS(DB_INT(person_id), DB_TEXT(rq->path), DB_INT(rq->now_ms - PARKED_MS)),
	             &row, reterr);
	if (st != OK || !db_next(&row))
		return st == OK ? db_rows_end(&row, reterr) : st;
	const uint8_t *sealed = db_bytes(&row, 0, rq->arena, &len);
	st = seal_open(plein_of(rq)->account_key, &place, sealed, len, rq->arena, &plain, &len,
	               reterr);
	if (st != OK)
		return st;
	read_values(rq->arena, plain, len, in);
	rq->body = in;
	rq->note = "Hier staat wat u typte voordat u was uitgelogd. Bewaar het nu.";
	return OK;
}
