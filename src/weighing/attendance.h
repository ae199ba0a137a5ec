/*
 * attendance.h - who is at a meeting: invited members, for whom they speak, and guests
 *
 * A member is invited under one appointment. He speaks for the organ of that appointment, and
 * for further organs of the same participant that the secretary registered (a meeting_voice):
 * one person, one judgement an organ. Whoever left the partnership since he was invited stays
 * in the list and can't be registered as present.
 *
 * Guests have a name and an organisation, no account and no voice. Their names are sealed.
 */
#ifndef WEIGHING_ATTENDANCE_H
#define WEIGHING_ATTENDANCE_H

#include "access/access.h"
#include "platform/crypto/sealed_key.h"
#include "platform/db/db.h"
#include "platform/http/input.h"

enum { ATTENDEES_MAX = 60, GUESTS_MAX = 20 };

struct attendee { /* somebody invited, or who can be */
	int64_t appointment_id, participant_id, organ_id;
	const char *person, *participant, *on_behalf;
	int presence;                /* enum presence */
	int64_t arrived_at, left_at; /* ms; 0: not */
	char letter;                 /* of the organ */
	int64_t state, until_day, ended_at;
};
/* True once the appointment isn't in force any more. */
bool attendee_is_gone(const struct attendee *who, int64_t now_ms);

/* Everybody invited, once, by participant: an array of struct attendee. */
MUST_CHECK enum status attendee_list(struct db_read *r, int64_t meeting_id, struct arena *a,
                                     struct array *ret, struct error *reterr);
/* The same with a row for every organ for which somebody speaks; rows of one organ adjoin. */
MUST_CHECK enum status speaker_list(struct db_read *r, int64_t meeting_id, struct arena *a,
                                    struct array *ret, struct error *reterr);
/* Members of the informatie-overleg whose appointment is in force. */
MUST_CHECK enum status candidate_list(struct db_read *r, int64_t today, int64_t now_ms,
                                      struct arena *a, struct array *ret, struct error *reterr);
/* The same for another gathering, whose members have this role. */
MUST_CHECK enum status candidates_of_role(struct db_read *r, enum role role, int64_t now_ms,
                                          struct arena *a, struct array *ret, struct error *reterr);

/* Organs of the participants that are invited: for whom somebody could speak as well. */
struct meeting_organ {
	int64_t id, participant_id;
	const char *on_behalf;
};
MUST_CHECK enum status meeting_organs(struct db_read *r, int64_t meeting_id, struct arena *a,
                                      struct array *ret, struct error *reterr);

struct meeting_pause {
	int64_t began_at, ended_at; /* ended_at 0: it lasts */
};
MUST_CHECK enum status pause_list(struct db_read *r, int64_t meeting_id, struct arena *a,
                                  struct array *ret, struct error *reterr);

/* ---- inside a job ------------------------------------------------------------------------- */

/* ERR_INVALID: not a member in force. Inviting twice changes nothing. */
MUST_CHECK enum status meeting_invite(struct db_tx *tx, int64_t meeting_id, int64_t appointment_id,
                                      int64_t now_ms, struct error *reterr);
MUST_CHECK enum status meeting_invite_as(struct db_tx *tx, enum role role, int64_t meeting_id,
                                         int64_t appointment_id, int64_t now_ms,
                                         struct error *reterr);
/* He reads the agenda no more. Nothing where he wasn't invited. */
MUST_CHECK enum status meeting_uninvite(struct db_tx *tx, int64_t meeting_id,
                                        int64_t appointment_id, struct error *reterr);
MUST_CHECK enum status meeting_set_presence(struct db_tx *tx, int64_t meeting_id,
                                            int64_t appointment_id, int presence, int64_t now_ms,
                                            struct error *reterr);
/* Speaks for this organ of his own participant as well; on false no more. */
struct voice {
	int64_t meeting_id, appointment_id, organ_id;
};
MUST_CHECK enum status meeting_set_voice(struct db_tx *tx, const struct voice *v, bool speaks,
                                         int64_t by_appointment, int64_t now_ms,
                                         struct error *reterr);

/* ---- guests ------------------------------------------------------------------------------ */

struct guest {
	int64_t id;
	const char *name, *organisation; /* name NULL: forgotten, or not asked for */
	bool remote;
};
/* k NULL: without names. An array of struct guest. */
MUST_CHECK enum status guest_list(struct db_read *r, struct keyring *k, int64_t meeting_id,
                                  struct arena *a, struct array *ret, struct error *reterr);

/* What any meeting asks about a guest: members name, organisation and remote of the form's struct. */
#define GUEST_INPUT(type)                                                                          \
	{ .path = "name",                                                                          \
	  .kind = FIELD_TEXT,                                                                      \
	  .offset = offsetof(type, name),                                                          \
	  .label = "Naam van de gast",                                                             \
	  .required = true,                                                                        \
	  .missing = "Vul in hoe de gast heet.",                                                   \
	  .max_chars = 100 },                                                                      \
	    { .path = "organisation",                                                              \
	      .kind = FIELD_TEXT,                                                                  \
	      .offset = offsetof(type, organisation),                                              \
	      .label = "Organisatie van de gast",                                                  \
	      .required = true,                                                                    \
	      .missing = "Vul in voor welke organisatie de gast komt.",                            \
	      .max_chars = 100 },                                                                  \
	{                                                                                          \
		.path = "remote", .kind = FIELD_BOOL, .offset = offsetof(type, remote),            \
		.label = "Doet op afstand mee"                                                     \
	}

struct guest_new {
	int64_t meeting_id, appointment_id, now_ms;
	const char *organisation;
	bool remote;
	struct fresh_key key;
	const uint8_t *sealed;
	size_t len;
};
/* In prepare. */
void guest_seal(struct keyring *k, const char *name, struct arena *a, struct guest_new *ret);
MUST_CHECK enum status guest_put(struct db_tx *tx, const struct guest_new *g, int64_t *ret_id,
                                 struct error *reterr);
/* The name and its key go. ERR_NOT_FOUND: no guest of this meeting. */
MUST_CHECK enum status guest_remove(struct db_tx *tx, int64_t meeting_id, int64_t guest_id,
                                    struct error *reterr);
extern const struct db_stmt *const attendance_statements[];
extern const struct db_stmt *const guest_statements[];

#endif
