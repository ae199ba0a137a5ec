/* match_table.h - some records of a CSV file with their texts, by the model's fields */
#ifndef CLI_MATCH_TABLE_H
#define CLI_MATCH_TABLE_H

#include "matching/csv.h"
#include "matching/encode.h"
#include "platform/core/arena.h"

struct match_row {
	const char *id;
	const char *texts[MODEL_FIELD_MAX]; /* NULL where the file has no such column */
};

struct match_table {
	struct arena arena; /* holds all texts */
	struct match_row *rows;
	size_t count;
};

/* Which rows: those whose id is in only (only_count of them; 0: all), at most `most`. */
struct match_rows_wanted {
	const char *const *only;
	int only_count;
	size_t most;
};

/* Reads those rows. The caller frees the table, also after a failure. */
MUST_CHECK enum status match_table_read(const char *path, const struct model *m,
                                        const struct field_map *map,
                                        const struct match_rows_wanted *wanted,
                                        struct match_table *ret, struct error *reterr);
void match_table_free(struct match_table *t);

/* The row with the id, or NULL. */
const struct match_row *match_table_row(const struct match_table *t, const char *id);

#endif
