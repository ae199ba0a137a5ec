/* encode_parts.h - what reading (encode.c) and joining (encode_join.c) a register share */
#ifndef MATCHING_ENCODE_PARTS_H
#define MATCHING_ENCODE_PARTS_H

#include "matching/encode.h"
#include "matching/threads.h"

enum {
	WINDOW_BYTES = 8 << 20, /* read by all threads, then parsed by all */
	READ_BYTES = 1 << 18,
	ROWS_WAITING = 8,      /* for their texts */
	PLACE_CACHE = 1 << 12, /* places repeat: what a raw text gave last time */
	ID_COLUMN_NONE = -1
};

/* What one thread has made so far. Raw codes are numbers of its own dictionaries. */
struct share {
	const struct encoder *encoder;
	struct csv_cursor cursor;
	struct dictionary raw[FIELD_KINDS]; /* per kind, only for kinds with text */
	struct bigarray rows;               /* of this window, word_count words a record */
	struct bigarray ids, id_text;
	uint64_t id_base; /* where its id_text begins among all */
	struct name_folder folder;
	uint32_t row_count;
	struct bigarray
	    folded[FIELD_KINDS];           /* of raw codes 1, 2, ...: a byte of length, the text */
	uint32_t *final_code[FIELD_KINDS]; /* raw code -> value code */
	bool bad_text;                     /* one of them isn't UTF-8 */
	struct {
		uint64_t text;
		uint32_t value;
	} places[PLACE_CACHE];
	struct dictionary_key waiting[ROWS_WAITING][MODEL_FIELD_MAX]; /* texts on their way */
	uint32_t texts_done; /* rows of this window that have their texts */
	enum csv_step ended;
	enum status read;
	struct error read_error;
	bool bad_id;
	size_t begin, end; /* of the window */
	uint64_t quotes;
	char pad[64];
};

/* Rows of one share of one window, in the order of the file. */
struct piece {
	int share;
	uint32_t count;
	uint32_t target; /* record number of the first */
};

struct encoder {
	const struct csv_file *file;     /* the one being read */
	const struct csv_file *files[2]; /* all of them */
	int file_count;
	uint32_t boundary; /* records before it are the first file's */
	const struct encode_options *options;
	struct records *r;
	int column_of[MODEL_FIELD_MAX];                   /* -1: absent */
	int text_fields[MODEL_FIELD_MAX], text_count;     /* fields of this file with texts */
	int packed_fields[MODEL_FIELD_MAX], packed_count; /* and the others */
	int id_column;
	int addition; /* field index of the addition that "12b" goes to, or -1 */
	int threads;
	struct share *shares;
	struct bigarray pieces;
	char *window;
	size_t window_bytes;
	uint64_t window_offset; /* in the file */
	bool window_final;
};

/* Parses the share of a window into its rows (a work of threads_run; arg: the encoder). */
void encode_parse_share(int index, void *arg);

/* ERR_INVALID with row and column of what is wrong in one of the files; OK when nothing is. */
MUST_CHECK enum status encode_explain(const struct encoder *e, struct error *reterr);

/* Folds the raw texts, joins the threads' dictionaries and writes the final rows and keys. */
MUST_CHECK enum status encode_join(struct encoder *e, struct error *reterr);

#endif
