/*
 * input.h - what a person or machine sent, as paths and values; and forms that read it
 *
 * urlencoded, multipart and JSON bodies all become one flat list of (path, value):
 * "title", "subjects[2].familyName". Order is kept. Values are valid UTF-8 without NUL,
 * line ends normalised to \n, otherwise exactly as typed. Limits: platform/core/limits.h.
 *
 * A form is the mirror of a view: a table that says which path fills which member of a
 * struct, of what kind, how long, obligatory or not. input_read() fills the struct and
 * reports all problems at once, each at its path.
 */
#ifndef PLATFORM_HTTP_INPUT_H
#define PLATFORM_HTTP_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/core/arena.h"
#include "platform/core/error.h"
#include "platform/core/problems.h"
#include "platform/core/source.h"

enum input_kind { INPUT_TEXT, INPUT_NUMBER, INPUT_BOOL, INPUT_NULL, INPUT_FILE };

struct input_value {
	const char *path;
	const char *text; /* numbers and truth as text too; "" for null and files */
	enum input_kind kind;
	const char *file_name;    /* files: as sent, for showing only; else NULL */
	const char *content_type; /* files: as claimed */
	/* Files: valid as long as the request. In memory (file.bytes), but for large ones of a route
	 * with ROUTE_PIECES. */
	struct byte_source file;
};

struct input {
	const struct input_value *values;
	size_t count;
	/* Of a page and of a form, also one that saves itself: the day it was sent on, by which "1 maart"
	 * and "gisteren" have a meaning (days since 1970). 0: JSON, whose writer writes days in full. */
	int32_t today;
};

/* The first value at this path, or NULL. */
const struct input_value *input_at(const struct input *in, const char *path);
/* Its text, or NULL if absent. */
const char *input_text(const struct input *in, const char *path);
/* How many elements the list at this path has: the highest index + 1. */
size_t input_list_count(const struct input *in, const char *path);

/*
 * The choices of a stale form made: where PATH._keep is "theirs", PATH gets the text of
 * PATH._theirs; both helpers are left out. The same input where nothing was to choose.
 * input_read() does this by itself on pages.
 */
const struct input *input_settled(struct arena *a, const struct input *in);

enum field_kind {
	FIELD_TEXT,  /* const char *: trimmed at both ends, never NULL ("" if left empty) */
	FIELD_PROSE, /* const char *: exactly as typed */
	FIELD_INT,   /* int64_t */
	FIELD_BOOL,  /* bool: checkbox ("on", "1", "true") */
	FIELD_CODE,  /* int: one of codes */
	FIELD_DAY,   /* int64_t days since 1970; FIELD_NO_DAY if left empty */
	FIELD_MONEY, /* int64_t euro cents; FIELD_NO_MONEY if left empty */
	FIELD_LIST,  /* struct array: elements read by `element` */
	FIELD_CODES, /* uint64_t: a set of codes, one bit each (checkboxes) */
	FIELD_FILE   /* const struct input_value *, NULL if none */
};

#define FIELD_NO_DAY   INT64_MIN
#define FIELD_NO_MONEY INT64_MIN

struct code {
	int value;         /* as stored */
	const char *name;  /* English, as in API and URL */
	const char *label; /* Dutch, as on screen */
};

struct field {
	const char *path; /* "familyName", relative to the form or element */
	enum field_kind kind;
	size_t offset;     /* of the member */
	const char *label; /* Dutch, as above the field */
	bool required;
	bool to_come; /* FIELD_DAY without a year: the next such day; else the last there was */
	const char *missing;      /* Dutch sentence when left empty; NULL: "Vul <label> in." */
	size_t max_chars;         /* text: characters, not bytes; list: elements */
	const struct code *codes; /* FIELD_CODE(S): ends with a NULL name */
	const struct form *element;
	/* Further check of one value; NULL: none. Sets *ret_message to a Dutch sentence and returns
	 * its level, or returns -1 when fine. */
	int (*check)(const void *member, struct arena *a, const char **ret_message);
};

struct form {
	const struct field *fields;
	size_t field_count;
	size_t struct_bytes;
};

/* The version of the record that the form showed, so that a change of somebody else isn't
 * overwritten: a member `int64_t version` of the form's struct. */
#define FIELD_VERSION(type)                                                                        \
	{                                                                                          \
		.path = "_version", .kind = FIELD_INT, .offset = offsetof(type, version),          \
		.label = "Versie", .required = true                                                \
	}

/* A button that asks nothing more. */
struct version_input {
	int64_t version;
};
extern const struct form VERSION_FORM;

/* Fills *ret (struct_bytes, zeroed first). Paths not in the form are ignored on pages; on the API
 * (strict) each is a problem. */
void input_read(const struct input *in, const struct form *form, bool strict, struct arena *a,
                void *ret, struct problems *problems);

/* Parsers of foreign bytes; also fuzz targets. ERR_INVALID or ERR_LIMIT with a Dutch sentence. */
MUST_CHECK enum status input_urlencoded(struct arena *a, const char *bytes, size_t len,
                                        struct input *ret, struct error *reterr);
/* Of a body that isn't in memory only the texts are taken there; files are parts of it. */
MUST_CHECK enum status input_multipart(struct arena *a, const char *boundary,
                                       const struct byte_source *body, struct input *ret,
                                       struct error *reterr);
MUST_CHECK enum status input_json(struct arena *a, const char *bytes, size_t len, struct input *ret,
                                  struct error *reterr);

/* Valid UTF-8 without NUL, surrogates and overlong forms. */
bool input_is_utf8(const char *bytes, size_t len);

#endif
