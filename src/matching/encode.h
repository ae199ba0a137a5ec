/*
 * encode.h - from a CSV file to rows of codes, with several threads and in one pass
 *
 * Each thread takes chunks of whole rows, as they come, and parses them into rows whose texts are
 * numbers of its own dictionary of raw cells. At the end each distinct raw text is folded once, the
 * dictionaries are joined in the order of the file, and the rows get their final codes and blocking
 * keys. So folding, phonetics and nicknames cost per distinct text, not per record, and no number
 * depends on which thread read what.
 */
#ifndef MATCHING_ENCODE_H
#define MATCHING_ENCODE_H

#include "matching/csv.h"
#include "matching/progress.h"
#include "matching/records.h"

enum { FIELD_MAP_MAX = MODEL_FIELD_MAX + 1 };

/* field=column; field "id" names the record's id, column "-" means: as if it weren't there.
 * Strings belong to the caller. */
struct field_map {
	const char *field[FIELD_MAP_MAX];
	const char *column[FIELD_MAP_MAX];
	int count;
};

struct encode_options {
	struct field_map map;
	int threads;               /* 0: as many as the machine has */
	uint64_t memory_bytes;     /* 0: no bound */
	bool lookup_rules;         /* keep the rules that only look-ups can afford */
	struct progress *progress; /* NULL: nobody looks */
	struct bigarray_store
	    *spare; /* gets the room that only reading needed; NULL: nobody wants it */
};

/*
 * Fills r (which the caller frees, also after a failure) from the file. The model's fields read
 * the column of the same name unless map says otherwise; a field without column is absent.
 * ERR_INVALID for what csv.h refuses, for a map that names a column or field that isn't there,
 * for double or missing ids, for a file in which no field of the model occurs; ERR_LIMIT when the
 * records don't fit in memory_bytes. Always with row and column where there is one.
 */
MUST_CHECK enum status encode_file(const struct csv_file *file, const struct model *m,
                                   const struct encode_options *options, struct records *r,
                                   struct error *reterr);

/* The same for two files, for linking: the records of the second begin at *ret_boundary. The map
 * goes for both; an id may stand in both. */
MUST_CHECK enum status encode_two_files(const struct csv_file *first, const struct csv_file *second,
                                        const struct model *m, const struct encode_options *options,
                                        struct records *r, uint32_t *ret_boundary,
                                        struct error *reterr);

/* What a record is encoded with. */
struct record_encoding {
	const struct model *model;
	const struct layout *layout;
	const struct key_plan *plan;
	struct values *values;
	struct name_folder *folder;
	bool add; /* new texts join the values and their uses are counted; else: values->query */
};

/*
 * One record from texts (texts[i] is field i's, NULL or "" where unknown) into a row that is all
 * zero. ERR_INVALID: a text isn't UTF-8.
 */
MUST_CHECK enum status encode_record(const struct record_encoding *with, const char *const *texts,
                                     uint32_t *row, struct error *reterr);

/* The value of a cell of a kind that needs no dictionary; 0: nothing usable. */
uint32_t encode_packed(struct name_folder *f, enum model_field_kind kind, const char *text,
                       size_t bytes);

#endif
