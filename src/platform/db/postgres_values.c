#include "platform/db/postgres_values.h"

#include <assert.h>
#include <endian.h>
#include <libpq-fe.h>

/* Fixed numbers of PostgreSQL's own types (pg_type.dat). */
enum oid {
	OID_BOOL = 16,
	OID_BYTEA = 17,
	OID_INT8 = 20,
	OID_INT2 = 21,
	OID_INT4 = 23,
	OID_TEXT = 25,
	OID_FLOAT8 = 701,
	OID_BYTEA_ARRAY = 1001,
	OID_TEXT_ARRAY = 1009,
	OID_INT8_ARRAY = 1016,
	OID_FLOAT8_ARRAY = 1022,
	OID_NUMERIC = 1700,
};

unsigned value_type(char letter)
{
	switch (letter | 0x20) {
	case 'i':
		return OID_INT8;
	case 'f':
		return OID_FLOAT8;
	case 't':
		return OID_TEXT;
	case 'j':
		return OID_INT8_ARRAY;
	case 'g':
		return OID_FLOAT8_ARRAY;
	case 'u':
		return OID_TEXT_ARRAY;
	case 'c':
		return OID_BYTEA_ARRAY;
	default:
		return OID_BYTEA;
	}
}

void value_bind(struct bound *b, size_t i, const struct db_value *v)
{
	uint64_t bits = 0;

	b->formats[i] = 1;
	switch (v->kind) {
	case DB_KIND_NULL:
		b->values[i] = NULL;
		return;
	case DB_KIND_TEXT:
		b->values[i] = v->bytes;
		b->lengths[i] = (int)strlen(v->bytes);
		return;
	case DB_KIND_BYTES:
		b->values[i] = v->len == 0 ? "" : v->bytes;
		b->lengths[i] = (int)v->len;
		return;
	case DB_KIND_INT:
		bits = (uint64_t)v->integer;
		break;
	case DB_KIND_FLOAT:
		memcpy(&bits, &v->number, sizeof(bits));
		break;
	}
	b->numbers[i] = htobe64(bits);
	b->values[i] = (const char *)&b->numbers[i];
	b->lengths[i] = (int)sizeof(bits);
}

static int16_t half_at(const char *p)
{
	uint16_t bits;

	memcpy(&bits, p, sizeof(bits));
	return (int16_t)be16toh(bits);
}

static int64_t big_int(const char *p)
{
	uint64_t bits;

	memcpy(&bits, p, sizeof(bits));
	return (int64_t)be64toh(bits);
}

static int32_t whole_at(const char *p)
{
	uint32_t bits;

	memcpy(&bits, p, sizeof(bits));
	return (int32_t)be32toh(bits);
}

/* sum(bigint) is a numeric: base 10,000 digits, the first of weight w (numeric_send). */
static int64_t numeric_int(const char *p)
{
	int digits = half_at(p), weight = half_at(p + 2);
	bool negative = (uint16_t)half_at(p + 4) == 0x4000;
	int64_t value = 0;

	for (int i = 0; i <= weight; i++)
		value = value * 10000 + (i < digits ? half_at(p + 8 + (ptrdiff_t)2 * i) : 0);
	return negative ? -value : value;
}

static double float_at(const char *p)
{
	uint64_t bits;
	double value;

	memcpy(&bits, p, sizeof(bits));
	bits = be64toh(bits);
	memcpy(&value, &bits, sizeof(value));
	return value;
}

struct db_value value_cell(const struct cursor *cur, int column)
{
	assert(column >= 0 && column < PQnfields(cur->rows));
	if (PQgetisnull(cur->rows, cur->row, column))
		return DB_NULL;
	const char *p = PQgetvalue(cur->rows, cur->row, column);
	size_t len = (size_t)PQgetlength(cur->rows, cur->row, column);

	switch (PQftype(cur->rows, column)) {
	case OID_INT8:
		return DB_INT(big_int(p));
	case OID_INT4:
		return DB_INT(whole_at(p));
	case OID_INT2:
		return DB_INT(half_at(p));
	case OID_NUMERIC:
		return DB_INT(numeric_int(p));
	case OID_BOOL:
		return DB_INT(*p);
	case OID_FLOAT8:
		return DB_FLOAT(float_at(p));
	case OID_BYTEA:
		return DB_BYTES(p, len);
	default:
		return (struct db_value){ .kind = DB_KIND_TEXT, .bytes = p, .len = len };
	}
}
