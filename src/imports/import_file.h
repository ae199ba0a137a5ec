/*
 * import_file.h - a file with signals that somebody brings: looked at, kept, its round moved on
 *
 * The same for the page, the API and the command line: who brings is a viewer with an organ.
 */
#ifndef IMPORTS_IMPORT_FILE_H
#define IMPORTS_IMPORT_FILE_H

#include "attachments/attachment.h"
#include "imports/import.h"
#include "plein/plein.h"

struct import_sender {
	const struct plein *plein;
	const struct viewer *viewer;
	int64_t now_ms;
};

struct import_offer {
	struct sealed_attachment sealed;
	const char *header, *columns; /* a digest of what stands above them; what they become */
	int64_t rows;
};

struct import_wish {
	const struct input_value *file;
	const char *mapping; /* the name under which the organ kept its columns; NULL or "": none */
};
/*
 * In prepare: looks through the whole file and seals it. What is wrong goes into problems at
 * "file" or "mapping"; with an error among them nothing is kept. Without a name the columns are
 * as the last time with the same header, else as their names say.
 */
MUST_CHECK enum status import_look(struct db_read *r, const struct import_sender *who,
                                   const struct import_wish *wish, struct arena *a,
                                   struct problems *problems, struct import_offer *ret,
                                   struct error *reterr);
/* In apply: a round that waits for its columns. */
MUST_CHECK enum status import_begin(struct db_tx *tx, const struct import_sender *who,
                                    const struct import_offer *offer, int64_t *ret_id,
                                    struct error *reterr);

/* How far a round is. */
struct import_standing {
	int64_t version, rows, rows_done, wrong, stored, kept;
	uint8_t state;
};
/* Of this organ. ERR_NOT_FOUND. */
MUST_CHECK enum status import_standing(struct db_read *r, int64_t organ_id, int64_t id,
                                       struct import_standing *ret, struct error *reterr);

struct import_fault {
	int64_t line;
	const char *place, *sentence;
};
/* The first that are wrong, by line: an array of struct import_fault. */
MUST_CHECK enum status import_faults(struct db_read *r, int64_t id, struct arena *a,
                                     struct array *ret, struct error *reterr);

/* In a job: IMPORT_CHECK, IMPORT_READ or IMPORT_UNDO by its writer. ERR_CONFLICT with the sentence
 * of the table. */
MUST_CHECK enum status import_move(struct db_tx *tx, const struct import_sender *who, int64_t id,
                                   enum import_action action, struct error *reterr);

/* The appointment as a viewer, as long as it is in force. ERR_NOT_FOUND: it ended. */
MUST_CHECK enum status import_sender_of(struct db_read *r, int64_t appointment_id,
                                        struct viewer *ret, struct error *reterr);

#endif
