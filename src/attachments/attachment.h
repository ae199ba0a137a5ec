/*
 * attachment.h - files beside a record: what they are, of whom, about whom; sealed, forgettable
 *
 * A record (a signal; later a casefile, an answer) owns numbered attachments. Who may see them is
 * the owner's business; this room keeps. The bytes are written to disk before the job, under a
 * key of their own; the job stores the row and the key. A job that fails leaves a file without a
 * row, which nobody can open and attachments_sweep() removes. Removing drops row and key: from
 * then on the file can't be opened; the sweep takes the bytes.
 */
#ifndef ATTACHMENTS_ATTACHMENT_H
#define ATTACHMENTS_ATTACHMENT_H

#include "attachments/sealed_file.h"
#include "platform/core/problems.h"
#include "platform/crypto/sealed_key.h"
#include "platform/db/db.h"
#include "platform/http/input.h"

enum {
	ATTACHMENTS_MAX = 50,            /* of one record */
	ATTACHMENT_BYTES_MAX = 20971520, /* 20 MiB: under the limit of a request */
	ATTACHMENT_NAME_CHARS = 120,
	ATTACHMENT_SWEEP_AGE_MS = 86400000 /* a job is done long before */
};

/* Every kind of law/categories.h, the refused ones too: who asks gets the reason. */
extern const struct code ATTACHMENT_KINDS[];
/* What a document with a bit of everything holds at most. */
extern const struct code ATTACHMENT_CATEGORIES[];

struct attachment_owner {
	int kind; /* enum audit_object */
	int64_t id;
};

struct attachment {
	int64_t id, number, bytes, added_at, key_id;
	struct uuid uuid;
	int kind, media, category;
	int64_t source_participant_id;
	const char *source;     /* the participant's short name */
	const char *name;       /* as it was called; may name persons: only for readers */
	const char *sha256;     /* 64 hexadecimal digits, of the plain bytes */
	struct array presences; /* of int64_t: the numbers of the subjects that it is about */
};

/* "312 kB", "2,4 MB". */
const char *attachment_size(struct arena *a, int64_t bytes);

/* In the order in which they were added: an array of struct attachment. A forgotten one is
 * absent. */
MUST_CHECK enum status attachment_list(struct db_read *r, struct keyring *k,
                                       const struct attachment_owner *owner, struct arena *a,
                                       struct array *ret, struct error *reterr);
/* ERR_NOT_FOUND: no such number. */
MUST_CHECK enum status attachment_load(struct db_read *r, struct keyring *k,
                                       const struct attachment_owner *owner, int64_t number,
                                       struct arena *a, struct attachment *ret,
                                       struct error *reterr);
/* Its bytes, for response.read; as sealed_file_open. */
MUST_CHECK enum status attachment_open(struct db_read *r, struct keyring *k, const char *folder,
                                       const struct attachment *what, struct arena *a,
                                       struct sealed_reader **ret, struct error *reterr);

/* ---- adding ---------------------------------------------------------------------------------- */

struct attachment_input {
	int kind, category; /* category: of the kind, or what was said of a mixed one */
	const struct input_value *file;
	int64_t source_participant_id;
};

/* What is wrong with the file, as problems at path. Gives its medium. */
int attachment_check(const struct attachment_input *in, const char *path,
                     struct problems *problems);

struct sealed_attachment {
	struct uuid uuid;
	struct fresh_key key;
	int kind, media, category;
	int64_t bytes, source_participant_id;
	const uint8_t *name, *digest;
	size_t name_len, digest_len;
};
/* In prepare, after attachment_check(): seals the file into the folder. */
MUST_CHECK enum status attachment_seal(struct keyring *k, const char *folder,
                                       const struct attachment_input *in, int media, int64_t now_ms,
                                       struct arena *a, struct sealed_attachment *ret,
                                       struct error *reterr);

struct attachment_adding {
	struct attachment_owner owner;
	const struct sealed_attachment *what;
	int64_t organ_id, appointment_id; /* organ_id 0: none */
	int task;
	const int64_t *presence_ids;
	size_t presence_count;
	int64_t now_ms;
};
/* In apply. ERR_LIMIT: the record has ATTACHMENTS_MAX of them. */
MUST_CHECK enum status attachment_add(struct db_tx *tx, const struct attachment_adding *in,
                                      struct error *reterr);

/* ---- forgetting ------------------------------------------------------------------------------- */

/* ERR_NOT_FOUND: no such number. */
MUST_CHECK enum status attachment_remove(struct db_tx *tx, const struct attachment_owner *owner,
                                         int64_t number, struct error *reterr);
/* All of them. */
MUST_CHECK enum status attachments_destroy(struct db_tx *tx, const struct attachment_owner *owner,
                                           struct error *reterr);
/* About this presence, also those that are set apart: an array of int64_t, their ids. */
MUST_CHECK enum status attachments_about(struct db_read *r, int64_t presence_id, struct arena *a,
                                         struct array *ret, struct error *reterr);
/* From its record to a hold on destruction (OBJECT_HOLD with its own id): no reader of the record
 * gets it any more, and no search finds it. Twice changes nothing. */
MUST_CHECK enum status attachment_set_apart(struct db_tx *tx, int64_t id, struct error *reterr);
/* A person or thing goes: files about it that aren't set apart go whole, since a file can't be cut. */
MUST_CHECK enum status attachments_forget_presence(struct db_tx *tx, int64_t presence_id,
                                                   struct error *reterr);
/* Removes files that no row names and that are a day old. */
MUST_CHECK enum status attachments_sweep(struct db *db, const char *folder, int64_t now_ms,
                                         int64_t *ret_count, struct error *reterr);

extern const struct db_stmt *const attachment_statements[];

#endif
