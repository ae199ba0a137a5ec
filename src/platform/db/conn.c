#include "platform/db/engine.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

const struct engine *engine_for(enum db_engine which)
{
	return which == DB_SQLITE ? &SQLITE_ENGINE : &POSTGRES_ENGINE;
}

/* ---- what went wrong, in words -------------------------------------------------------------- */

static void fill_error(struct error *e, enum trouble what)
{
	switch (what) {
	case TROUBLE_FULL:
		(void)FAIL(e, ERR_UNAVAILABLE,
		           "De server kan nu niets bewaren. Uw wijziging is niet opgeslagen. "
		           "Waarschuw de beheerder.");
		return;
	case TROUBLE_STATEMENT:
		(void)FAIL(e, ERR_CONFLICT,
		           "Dit past niet bij wat al is vastgelegd. Ververs de pagina en kijk "
		           "opnieuw.");
		return;
	case TROUBLE_RERUN:
	case TROUBLE_BUSY:
		(void)FAIL(e, ERR_UNAVAILABLE,
		           "Het is nu erg druk. Uw wijziging is niet opgeslagen. Probeer het "
		           "over een minuut opnieuw.");
		return;
	case TROUBLE_NONE:
	case TROUBLE_IO:
	case TROUBLE_LOST:
		break;
	}
	(void)FAIL(e, ERR_UNAVAILABLE,
	           "De gegevens zijn even niet bereikbaar. Probeer het over een minuut opnieuw.");
}

void conn_note(struct conn *c, enum trouble what, const char *cause)
{
	if (what > c->trouble)
		c->trouble = what;
	fill_error(&c->error, what);
	(void)error_cause(&c->error, "%s", cause);
}

/* ---- the counted way ---------------------------------------------------------------------------
 */

/* True when this call is the one that a test wants to fail. */
static bool struck(struct conn *c)
{
	if (c->counter == NULL)
		return false;
	long long n = atomic_fetch_add(&c->counter->calls, 1) + 1;
	if (n != atomic_load(&c->counter->fail_at))
		return false;
	conn_note(c, TROUBLE_IO, "this call was told to fail");
	return true;
}

enum status conn_command(struct conn *c, enum command what)
{
	/* A transaction can always be given up: what cannot fail isn't made to. */
	if (what == COMMAND_ROLLBACK || what == COMMAND_LEAVE)
		return c->engine->command(c, what);
	if (what == COMMAND_BEGIN || what == COMMAND_BEGIN_READ)
		c->trouble = TROUBLE_NONE;
	if (struck(c))
		return c->error.status;
	return c->engine->command(c, what);
}

static enum status misuse(struct conn *c, const struct db_stmt *s, const char *why)
{
	char cause[200];

	(void)snprintf(cause, sizeof(cause), "statement %s: %s", s->name, why);
	return conn_mistake(c, cause);
}

/* Before each statement: is it called as declared, and does no test want it to fail? */
static enum status checked(struct conn *c, const struct db_stmt *s, const struct db_value *args)
{
	const char *why;

	if (!stmt_args_fit(s, args, &why))
		return misuse(c, s, why);
	return struck(c) ? c->error.status : OK;
}

enum status conn_query(struct conn *c, const struct db_stmt *s, const struct db_value *args,
                       struct cursor **ret)
{
	enum status st = checked(c, s, args);

	return st == OK ? c->engine->query(c, s, args, ret) : st;
}

enum status conn_ask(struct conn *c, const struct db_stmt *s, const struct db_value *args,
                     struct cursor **ret)
{
	enum status st = checked(c, s, args);

	return st == OK ? c->engine->ask(c, s, args, ret) : st;
}

enum status conn_exec(struct conn *c, const struct db_stmt *s, const struct db_value *args,
                      int64_t *ret_changed)
{
	enum status st = checked(c, s, args);

	return st == OK ? c->engine->exec(c, s, args, ret_changed) : st;
}

enum status conn_exec_late(struct conn *c, const struct db_stmt *s, const struct db_value *args)
{
	enum status st = checked(c, s, args);

	return st == OK ? c->engine->exec_late(c, s, args) : st;
}

enum status conn_exec_rows(struct conn *c, const struct db_stmt *s, const struct db_value *args,
                           size_t rows)
{
	return struck(c) ? c->error.status : c->engine->exec_rows(c, s, args, rows);
}

/* ---- arguments
 * ---------------------------------------------------------------------------------- */

/* The length of the well-formed UTF-8 character at p (Unicode 15, table 3-7), or 0. */
static size_t utf8_char(const unsigned char *p)
{
	static const struct {
		unsigned char first, last, second_low, second_high, len;
	} SHAPE[] = {
		{ 0xC2, 0xDF, 0x80, 0xBF, 2 }, { 0xE0, 0xE0, 0xA0, 0xBF, 3 },
		{ 0xE1, 0xEC, 0x80, 0xBF, 3 }, { 0xED, 0xED, 0x80, 0x9F, 3 },
		{ 0xEE, 0xEF, 0x80, 0xBF, 3 }, { 0xF0, 0xF0, 0x90, 0xBF, 4 },
		{ 0xF1, 0xF3, 0x80, 0xBF, 4 }, { 0xF4, 0xF4, 0x80, 0x8F, 4 },
	};

	if (*p < 0x80)
		return 1;
	for (size_t i = 0; i < sizeof(SHAPE) / sizeof(SHAPE[0]); i++) {
		if (*p < SHAPE[i].first || *p > SHAPE[i].last)
			continue;
		if (p[1] < SHAPE[i].second_low || p[1] > SHAPE[i].second_high)
			return 0;
		for (size_t k = 2; k < SHAPE[i].len; k++)
			if ((p[k] & 0xC0) != 0x80)
				return 0;
		return SHAPE[i].len;
	}
	return 0;
}

static bool is_utf8(const char *text)
{
	const unsigned char *p = (const unsigned char *)text;
	size_t len;

	for (; *p != '\0'; p += len) {
		len = utf8_char(p);
		if (len == 0)
			return false;
	}
	return true;
}

static const char *misfit(char letter, const struct db_value *v)
{
	static const struct {
		char letter;
		enum db_kind kind;
	} LETTERS[] = {
		{ 'i', DB_KIND_INT },
		{ 'f', DB_KIND_FLOAT },
		{ 't', DB_KIND_TEXT },
		{ 'b', DB_KIND_BYTES },
	};
	bool may_be_null = letter >= 'A' && letter <= 'Z';
	char plain = may_be_null ? (char)(letter - 'A' + 'a') : letter;

	if (v->kind == DB_KIND_NULL)
		return may_be_null ? NULL : "NULL where none may be";
	for (size_t i = 0; i < sizeof(LETTERS) / sizeof(LETTERS[0]); i++) {
		if (LETTERS[i].letter != plain)
			continue;
		if (LETTERS[i].kind != v->kind)
			return "an argument of another kind than declared";
		if (plain == 't' && !is_utf8(v->bytes))
			return "text that isn't UTF-8";
		return NULL;
	}
	return "an unknown letter in params";
}

bool stmt_args_fit(const struct db_stmt *s, const struct db_value *args, const char **ret_why)
{
	assert(s->params[0] == '\0' || args != NULL);
	for (size_t i = 0; s->params[i] != '\0'; i++) {
		*ret_why = misfit(s->params[i], &args[i]);
		if (*ret_why != NULL)
			return false;
	}
	return true;
}

struct db_value db_text_value(const char *s)
{
	if (s == NULL)
		return DB_NULL;
	return (struct db_value){ .kind = DB_KIND_TEXT, .bytes = s };
}
