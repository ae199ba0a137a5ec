#include "platform/db/gather.h"

#include <string.h>

enum { KINDS_MAX = 32, ROWS_MAX = 512, FIRST_ROOM = 32 };

struct gathered {
	const struct db_stmt *stmt;
	struct db_value *args; /* row after row */
	size_t rows, room;
};
struct gather {
	struct gathered kinds[KINDS_MAX]; /* in the order in which each came first */
	size_t count;
};

bool gather_fits(const struct db_stmt *s, const char **ret_begin, const char **ret_end)
{
	static const char HEAD[] = "INSERT INTO ";
	int depth = 0;

	if (strncmp(s->sql, HEAD, strlen(HEAD)) != 0 || s->params[0] == '\0')
		return false;
	*ret_begin = strstr(s->sql, "VALUES (");
	if (*ret_begin == NULL)
		return false;
	const char *at = *ret_begin + strlen("VALUES ");
	for (; *at != '\0'; at++) {
		depth += (*at == '(') - (*at == ')');
		if (depth == 0)
			break;
	}
	*ret_end = at;
	return *at == ')' && strchr(at, '$') == NULL && strstr(at, "RETURNING") == NULL;
}

void db_gather(struct db_tx *tx)
{
	if (tx->gather != NULL || tx->read.conn->engine->exec_rows == NULL)
		return;
	tx->gather = ARENA_NEW(tx->arena, struct gather);
	*tx->gather = (struct gather){ 0 };
}

/* The list of this statement; NULL: there are too many different ones. */
static struct gathered *list_of(struct gather *g, const struct db_stmt *s)
{
	for (size_t i = 0; i < g->count; i++)
		if (g->kinds[i].stmt == s)
			return &g->kinds[i];
	if (g->count == KINDS_MAX)
		return NULL;
	g->kinds[g->count].stmt = s;
	return &g->kinds[g->count++];
}

static void grow(struct gathered *l, size_t columns, struct arena *a)
{
	const size_t room = l->room == 0 ? FIRST_ROOM : 2 * l->room;
	struct db_value *args = ARENA_ARRAY(a, struct db_value, room * columns);

	if (l->rows > 0)
		memcpy(args, l->args, l->rows * columns * sizeof(*args));
	l->args = args;
	l->room = room;
}

static struct db_value copied(const struct db_value *v, struct arena *a)
{
	struct db_value ret = *v;

	if (v->kind == DB_KIND_TEXT)
		ret.bytes = arena_strdup(a, v->bytes);
	else if (v->kind == DB_KIND_BYTES && v->len > 0)
		ret.bytes = memcpy(arena_alloc(a, v->len), v->bytes, v->len);
	return ret;
}

static void keep(struct gathered *l, const struct db_stmt *s, const struct db_value *args,
                 struct arena *a)
{
	const size_t columns = strlen(s->params);

	if (l->rows == l->room)
		grow(l, columns, a);
	for (size_t i = 0; i < columns; i++)
		l->args[l->rows * columns + i] = copied(&args[i], a);
	l->rows++;
}

bool gather_row(struct db_tx *tx, const struct db_stmt *s, const struct db_value *args,
                enum status *ret, struct error *reterr)
{
	const char *begin, *end, *why;
	struct gathered *l;

	*ret = OK;
	if (tx->gather == NULL || !gather_fits(s, &begin, &end) || !stmt_args_fit(s, args, &why))
		return false; /* what doesn't fit is said by who runs it */
	l = list_of(tx->gather, s);
	if (l == NULL)
		return false; /* alone, behind all that was kept */
	if (l->rows == ROWS_MAX)
		*ret = gather_send(tx, reterr);
	if (*ret == OK)
		keep(l, s, args, tx->arena);
	return true;
}

enum status gather_send(struct db_tx *tx, struct error *reterr)
{
	struct gather *g = tx->gather;
	enum status st = OK;

	if (g == NULL)
		return OK;
	for (size_t i = 0; st == OK && i < g->count; i++) {
		struct gathered *l = &g->kinds[i]; /* keeps its place: what refers to what stays */
		if (l->rows == 1)
			st = conn_exec_late(tx->read.conn, l->stmt, l->args);
		else if (l->rows > 1)
			st = conn_exec_rows(tx->read.conn, l->stmt, l->args, l->rows);
		l->rows = 0;
	}
	if (st == OK)
		return OK;
	*reterr = tx->read.conn->error;
	if (!tx->failed) {
		tx->failed = true;
		tx->failure = *reterr;
	}
	return st;
}

enum status db_gather_end(struct db_tx *tx, struct error *reterr)
{
	const enum status st = gather_send(tx, reterr);

	tx->gather = NULL;
	return st;
}
