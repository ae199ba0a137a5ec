/* encode_parts.h - what reading (encode.c), joining (encode_join.c) and finishing (encode_finish.c) share */
#ifndef MATCHING_ENCODE_PARTS_H
#define MATCHING_ENCODE_PARTS_H

#include <pthread.h>
#include <stdatomic.h>

#include "matching/encode.h"
#include "matching/threads.h"

enum {
	CHUNK_BYTES = 1 << 19, /* read and parsed by one thread, in a part of its nearest cache */
	ROWS_WAITING = 8,      /* for their texts */
	PLACE_CACHE = 1 << 12, /* places repeat: what a raw text gave last time */
	ID_COLUMN_NONE = -1
};

/* What becomes of a text that a thread has read. */
struct raw_text {
	uint32_t code; /* of the value it is */
	uint32_t uses;
};

/* Groups of values that are joined, to be described by who has time. */
struct describing {
	atomic_bool joined;
	atomic_uint next; /* code, from there on nobody has them yet */
};

/* What one thread has made so far. Raw codes are numbers of its own dictionaries. */
struct share {
	const struct encoder *encoder;
	struct csv_cursor cursor;
	struct bigarray window;             /* the chunk it parses, and what it read behind it */
	struct dictionary raw[FIELD_KINDS]; /* per kind, only for kinds with text */
	struct bigarray rows;               /* word_count words a record */
	struct bigarray ids, id_text;
	uint64_t id_base; /* where its id_text begins among all */
	struct name_folder folder;
	uint32_t row_count;
	struct bigarray
	    folded[FIELD_KINDS];           /* of raw codes 1, 2, ...: a byte of length, the text */
	const char *unjoined[FIELD_KINDS]; /* in folded: the first that isn't a value yet */
	uint32_t text_count[FIELD_KINDS];  /* raw codes are below it */
	struct raw_text *texts[FIELD_KINDS]; /* by raw code; raw is empty from then on */
	bool bad_text;                       /* one of them isn't UTF-8 */
	struct {
		uint64_t text;
		uint32_t value;
	} places[PLACE_CACHE];
	struct dictionary_key waiting[ROWS_WAITING][MODEL_FIELD_MAX]; /* texts on their way */
	uint32_t texts_done; /* rows that have their texts */
	bool bad_id;
	char pad[64];
};

/* A chunk of a file: whole rows, parsed by one share. Chunks stand in the order of the file, and so the
 * numbers of records and values don't depend on who parsed what. */
struct chunk {
	int share;
	uint64_t offset; /* in the file */
	size_t bytes;
	bool final;
	uint32_t first, count;           /* of the share's rows */
	uint32_t target;                 /* record number of the first */
	uint32_t raw_end[FIELD_KINDS];   /* texts that the share knew after it */
	uint32_t raw_begin[FIELD_KINDS]; /* and before */
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
	int thread_count;
	struct threads *threads;
	struct share *shares;
	struct bigarray chunks;  /* struct chunk; while a file is read only with reading held */
	pthread_mutex_t reading; /* who has it reads the next chunk */
	uint64_t next_offset;    /* where that begins: a row does */
	uint64_t row_count;      /* of all chunks that are parsed */
	uint64_t text_total;     /* texts that those were the first of their share to have */
	enum status read;        /* the first thing that went wrong, then nobody reads on */
	struct error read_error;
	bool bad_row;           /* encode_explain knows which */
	atomic_uint next_group; /* of values: who takes it joins it */
	struct describing describing[VALUE_GROUPS];
	atomic_size_t next_part;     /* of the room for the records: who takes it fetches it */
	struct bigarray_store rooms; /* of what isn't needed any more, for what comes */
};

/* Parses a chunk, which stands in the share's window, into the share's rows. False: a row is wrong. */
bool encode_parse_chunk(struct share *s, struct chunk *c);

/* ERR_INVALID with row and column of what is wrong in one of the files; OK when nothing is. */
MUST_CHECK enum status encode_explain(const struct encoder *e, struct error *reterr);

/* Folds the raw texts, joins the threads' dictionaries and writes the final rows and keys. */
MUST_CHECK enum status encode_join(struct encoder *e, struct error *reterr);

/* The last step of that: rows and keys, into room that stands ready. */
void encode_finish(struct encoder *e);

#endif
