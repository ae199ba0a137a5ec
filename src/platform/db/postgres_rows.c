#include "platform/db/postgres_rows.h"

#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "platform/core/memory.h"
#include "platform/db/gather.h"

enum { ARRAY_HEAD_BYTES = 20, CELL_HEAD_BYTES = 4, COLUMN_CHARS = 8, ENOUGH_CHARS = 64 };

/* ---- the text over arrays ---------------------------------------------------------------------- */

struct over_arrays {
	struct db_stmt stmt;
	char params[VALUES_MAX + 1];
	char name[ENOUGH_CHARS];
	char sql[]; /* stmt points into these */
};

/* The letter of an array of what this one declares (postgres_values.h). */
static char array_letter(char letter)
{
	switch (letter | 0x20) {
	case 'i':
		return 'j';
	case 'f':
		return 'g';
	case 't':
		return 'u';
	default:
		return 'c';
	}
}

/* "$3" becomes "r.c3". */
static char *put_values(char *to, const char *from, const char *end)
{
	for (; from < end; from++) {
		if (*from == '$')
			to = stpcpy(to, "r.c");
		else
			*to++ = *from;
	}
	*to = '\0';
	return to;
}

/* "c1, c2, c3" with c as the mark. */
static char *put_list(char *to, char mark, size_t columns)
{
	for (size_t i = 1; i <= columns; i++)
		to += snprintf(to, COLUMN_CHARS, "%s%c%zu", i > 1 ? ", " : "", mark, i);
	return to;
}

static char *put_arrays(char *to, size_t columns)
{
	to = put_list(stpcpy(to, " FROM unnest("), '$', columns);
	to = put_list(stpcpy(to, ") AS r ("), 'c', columns);
	return stpcpy(to, ")");
}

static struct over_arrays *make(const struct db_stmt *s)
{
	const size_t columns = strlen(s->params);
	const size_t room = 3 * strlen(s->sql) + 2 * COLUMN_CHARS * columns + ENOUGH_CHARS;
	struct over_arrays *ret = calloc(1, sizeof(*ret) + room);
	const char *begin, *end;

	if (ret == NULL || !gather_fits(s, &begin, &end)) {
		free(ret);
		return NULL;
	}
	char *to = ret->sql;
	memcpy(to, s->sql, (size_t)(begin - s->sql));
	to = stpcpy(to + (begin - s->sql), "SELECT ");
	to = put_values(to, begin + strlen("VALUES ("), end);
	to = put_arrays(to, columns);
	(void)stpcpy(to, end + 1);
	for (size_t i = 0; i < columns; i++)
		ret->params[i] = array_letter(s->params[i]);
	(void)snprintf(ret->name, sizeof(ret->name), "%.50s_rows", s->name);
	ret->stmt = (struct db_stmt){ ret->name, ret->params, ret->sql };
	return ret;
}

static const struct db_stmt *over_arrays(struct pg *p, const struct db_stmt *s)
{
	struct over_arrays *known = cache_get(&p->over_arrays, s);

	if (known != NULL)
		return &known->stmt;
	known = make(s);
	if (known == NULL || !cache_put(&p->over_arrays, s, known)) {
		free(known);
		return NULL;
	}
	return &known->stmt;
}

/* ---- a column as an array, in binary (array_recv) ------------------------------------------------ */

static char *put_whole(char *to, uint32_t value)
{
	const uint32_t bits = htobe32(value);

	memcpy(to, &bits, sizeof(bits));
	return to + sizeof(bits);
}

static size_t cell_bytes(const struct db_value *v)
{
	switch (v->kind) {
	case DB_KIND_NULL:
		return 0;
	case DB_KIND_TEXT:
		return strlen(v->bytes);
	case DB_KIND_BYTES:
		return v->len;
	case DB_KIND_INT:
	case DB_KIND_FLOAT:
		break;
	}
	return sizeof(uint64_t);
}

static char *put_cell(char *to, const struct db_value *v)
{
	struct bound b LEFT_ALONE;

	if (v->kind == DB_KIND_NULL)
		return put_whole(to, UINT32_MAX);
	value_bind(&b, 0, v);
	to = put_whole(to, (uint32_t)b.lengths[0]);
	memcpy(to, b.values[0], (size_t)b.lengths[0]);
	return to + b.lengths[0];
}

/* Every step-th argument from the first on. NULL: no memory. The caller frees it. */
static char *column_array(const struct db_value *first, size_t step, size_t rows, unsigned type,
                          size_t *ret_len)
{
	size_t len = ARRAY_HEAD_BYTES;
	bool nulls = false;

	for (size_t i = 0; i < rows; i++) {
		len += CELL_HEAD_BYTES + cell_bytes(&first[i * step]);
		nulls |= first[i * step].kind == DB_KIND_NULL;
	}
	char *ret = malloc(len);
	if (ret == NULL)
		return NULL;
	char *to = put_whole(ret, 1); /* dimensions */
	to = put_whole(to, nulls);
	to = put_whole(to, type);
	to = put_whole(to, (uint32_t)rows);
	to = put_whole(to, 1); /* the first is number one */
	for (size_t i = 0; i < rows; i++)
		to = put_cell(to, &first[i * step]);
	*ret_len = len;
	return ret;
}

enum status rows_send(struct pg *p, const struct db_stmt *s, const struct db_value *args,
                      size_t rows)
{
	const size_t columns = strlen(s->params);
	const struct db_stmt *all = over_arrays(p, s);
	char *arrays[VALUES_MAX] = { NULL };
	struct db_value values[VALUES_MAX];
	bool fine = all != NULL;

	for (size_t i = 0; fine && i < columns; i++) {
		size_t len = 0;
		arrays[i] = column_array(&args[i], columns, rows, value_type(s->params[i]), &len);
		values[i] = DB_BYTES(arrays[i], len);
		fine = arrays[i] != NULL;
	}
	enum status st =
	    fine ? line_send(p, all, values, (struct sent){ .kind = SENT_UNHEARD })
		 : conn_trouble(&p->base, TROUBLE_IO, "no memory for rows that go together");
	for (size_t i = 0; i < columns; i++)
		free(arrays[i]);
	return st;
}
