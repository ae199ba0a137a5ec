/*
 * attachment_words.h - an attachment in the one search: its name and the words in it
 *
 * Text, CSV, OpenDocument, PDF and Word or Excel files are read, in a child that can only compute;
 * of a picture only the name counts. Whose record it is says who finds it (search_feed.h).
 */
#ifndef ATTACHMENTS_ATTACHMENT_WORDS_H
#define ATTACHMENTS_ATTACHMENT_WORDS_H

#include "attachments/attachment.h"

/* reader: of its bytes (attachment_open). *ret: in a. A file that can't be read has only its name;
 * ERR_UNAVAILABLE: it could not be read now. */
MUST_CHECK enum status attachment_words(const struct attachment *what, struct sealed_reader *reader,
                                        struct arena *a, const char **ret, struct error *reterr);

/* Which words our readers find today: another number when they find more of the same files. */
int64_t attachment_words_known(void);

/* Of a row of the house's feeds: all that can be found, and those of which more words are found now. */
extern const struct db_stmt ATTACHMENT_QUEUE_ALL, ATTACHMENT_QUEUE_AGAIN;

/* In a job: who reads the record changed. */
MUST_CHECK enum status attachments_changed(struct db_tx *tx, const struct attachment_owner *owner,
                                           struct error *reterr);

extern const struct db_stmt *const attachment_words_statements[];

#endif
