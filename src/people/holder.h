/* holder.h - everybody who works in a role, with all that decides what he can open */
#ifndef PEOPLE_HOLDER_H
#define PEOPLE_HOLDER_H

#include "access/access.h"
#include "platform/crypto/crypto.h"
#include "platform/db/db.h"

/* An appointment that is signed. Whether it counts today is access_standing()'s to say. */
struct holder {
	struct viewer viewer; /* as every request of his has it, but for what comes by invitation */
	struct standing standing;
	/* Only of who was kept: "Jan de Boer", "college van B en W Duinwaard"; ICU sort keys. */
	const char *person, *on_behalf;
	struct span person_key, participant_key;
};

typedef bool holder_fits(const struct holder *h, void *context);

/*
 * Those of one role that fit, by appointment: appended to *ret, an array of struct holder in the
 * arena. Reads all of the role; memory is taken only for who fits.
 */
MUST_CHECK enum status holder_list(struct db_read *r, enum role role, holder_fits *fits,
                                   void *context, struct arena *a, struct array *ret,
                                   struct error *reterr);

/* The appointments invited to a meeting: an array of int64_t. */
MUST_CHECK enum status holder_invited(struct db_read *r, int64_t meeting_id, struct arena *a,
                                      struct array *ret, struct error *reterr);

extern const struct db_stmt *const holder_statements[];

#endif
