/*
 * Property: rows and cells stay within the limits, and the same bytes give the same rows. The first
 * byte chooses: 'c' a CSV, 'x' an XLSX as sent, 's' the XML of a sheet inside a whole XLSX.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "platform/view/zip.h"
#include "sheets/sheet.h"

struct sum {
	int64_t rows;
	uint64_t hash;
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool add(void *context, const struct sheet_row *row)
{
	struct sum *s = context;

	if (row->count > SHEET_COLUMNS_MAX || ++s->rows > SHEET_ROWS_MAX ||
	    row->formula_column > SHEET_COLUMNS_MAX)
		abort();
	for (size_t i = 0; i < row->count; i++) {
		const size_t len = strlen(row->cells[i]);
		if (len > SHEET_CELL_BYTES_MAX)
			abort();
		for (size_t j = 0; j < len; j++)
			s->hash = s->hash * 31 + (uint8_t)row->cells[i][j];
	}
	return true;
}

static struct sum sum_of(enum sheet_kind kind, const void *bytes, size_t len, enum status *ret)
{
	struct sum s = { 0 };
	struct error e = { 0 };

	*ret = sheet_parse(kind, bytes, len, add, &s, &e);
	if (*ret != OK && e.message[0] == '\0')
		abort();
	return s;
}

static void check(enum sheet_kind kind, const void *bytes, size_t len)
{
	enum status first, again;
	const struct sum a = sum_of(kind, bytes, len, &first);
	const struct sum b = sum_of(kind, bytes, len, &again);

	if (first != again || a.rows != b.rows || a.hash != b.hash)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct zip z;
	struct out o;

	if (size == 0)
		return 0;
	const char *bytes = (const char *)data + 1;
	if (data[0] == 'c')
		check(SHEET_CSV, bytes, size - 1);
	else if (data[0] == 'x')
		check(SHEET_XLSX, bytes, size - 1);
	if (data[0] != 's')
		return 0;
	out_init(&o, (size_t)16 << 20);
	zip_begin(&z, &o);
	zip_add(&z, "xl/worksheets/sheet1.xml", bytes, size - 1);
	zip_end(&z);
	if (o.data != NULL)
		check(SHEET_XLSX, o.data, o.len);
	out_free(&o);
	return 0;
}
