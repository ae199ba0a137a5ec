#include "people/account.h"

#include "access/access.h"
#include "audit/action.h"
#include "platform/core/calendar.h"

static const struct state STATES[] = {
	{ ACCOUNT_REQUESTED, "REQUESTED", "Aangevraagd", LOOK_TODO },
	{ ACCOUNT_EMPLOYER_CONFIRMED, "EMPLOYER_CONFIRMED", "Bevestigd door werkgever", LOOK_BUSY },
	{ ACCOUNT_SCREENING_CHECKED, "SCREENING_CHECKED", "Screening in orde", LOOK_BUSY },
	{ ACCOUNT_TRAINED, "TRAINED", "Training gevolgd", LOOK_SIGN },
	{ ACCOUNT_ACTIVE, "ACTIVE", "Actief", LOOK_DONE },
	{ ACCOUNT_SUSPENDED, "SUSPENDED", "Geschorst", LOOK_WAIT },
	{ ACCOUNT_REVOKED, "REVOKED", "Ingetrokken", LOOK_STOPPED },
};

static const struct action ACTIONS[] = {
	{ ACCOUNT_CONFIRM, "confirm", "Bevestig dat deze persoon bij ons werkt" },
	{ ACCOUNT_CHECK_SCREENING, "check-screening", "Leg de screening vast" },
	{ ACCOUNT_RECORD_TRAINING, "record-training", "Leg de training vast" },
	{ ACCOUNT_ACTIVATE, "activate", "Maak het account actief" },
	{ ACCOUNT_SUSPEND, "suspend", "Schors het account" },
	{ ACCOUNT_RESUME, "resume", "Hef de schorsing op" },
	{ ACCOUNT_REVOKE, "revoke", "Trek het account in" },
	{ ACCOUNT_LAPSE, "lapse", "90 dagen niet gebruikt" },
};

static struct verdict not_yourself(const struct account_picture *p)
{
	if (p->actor_is_subject)
		return verdict_no("X-16", NULL, "U kunt uw eigen account niet wijzigen.",
		                  "Vraag een andere beheerder.");
	if (!p->actor_same_employer && !p->actor_is_head)
		return verdict_no(NULL, "WGS, artikel 1.8, tweede lid",
		                  "Alleen de eigen organisatie van deze persoon mag dit doen.",
		                  NULL);
	return verdict_yes();
}

static struct verdict employer(const void *picture)
{
	return not_yourself(picture);
}

static struct verdict screened(const void *picture)
{
	const struct account_picture *p = picture;
	struct verdict v = not_yourself(p);
	if (!verdict_allows(v))
		return v;
	if (p->screened_on == 0 || p->screened_on > p->today)
		return verdict_no(NULL, "BGS, artikel 1.11, eerste lid",
		                  "Vul in wanneer en hoe deze persoon is gescreend.", NULL);
	int terms =
	    p->screened_by_vog ? SCREENING_TERMS.block_months : SCREENING_TERMS.other_months;
	if (p->today >= day_add_months((int32_t)p->screened_on, terms))
		return verdict_no(NULL, "BGS, artikel 1.11, eerste lid",
		                  "Deze screening is te oud.", "Vraag een nieuwe screening aan.");
	return verdict_yes();
}

static struct verdict trained(const void *picture)
{
	const struct account_picture *p = picture;
	struct verdict v = not_yourself(p);
	if (!verdict_allows(v))
		return v;
	if (p->trained_on == 0 || p->trained_on > p->today)
		return verdict_no(NULL, "BGS, artikel 1.17",
		                  "Vul in wanneer deze persoon de training volgde.", NULL);
	return verdict_yes();
}

static struct verdict second_person(const void *picture)
{
	const struct account_picture *p = picture;
	if (p->actor_is_subject || p->actor_confirmed)
		return verdict_no("X-16", NULL,
		                  "U bevestigde dit account zelf. Daarom moet een ander tekenen.",
		                  "Vraag het hoofd van het RIEC.");
	return screened(picture);
}

static struct verdict handed_over(const void *picture)
{
	const struct account_picture *p = picture;
	struct verdict v = not_yourself(p);
	if (!verdict_allows(v))
		return v;
	if (p->open_work > 0 && !p->successor_named)
		return verdict_no(NULL, NULL,
		                  "Op deze persoon staat nog werk. Kies eerst een opvolger.",
		                  "Kies wie het werk overneemt.");
	return verdict_yes();
}

static const uint64_t EMPLOYER = ROLE_BIT(ROLE_AUTHORISATION_MANAGER) | ROLE_BIT(ROLE_RIEC_HEAD);
static const uint64_t HEAD = ROLE_BIT(ROLE_RIEC_HEAD);

#define MOVE(from_, action_, to_, who_, guard_, eyes_, audit_, source_)                            \
	{                                                                                          \
		.from = ACCOUNT_##from_, .action = ACCOUNT_##action_, .to = ACCOUNT_##to_,         \
		.who = (who_), .guard = (guard_), .eyes = (eyes_), .audit_action = (audit_),       \
		.source = (source_)                                                                \
	}

static const struct move MOVES[] = {
	MOVE(REQUESTED, CONFIRM, EMPLOYER_CONFIRMED, EMPLOYER, employer, ONE_PERSON,
	     AUDIT_ACCOUNT_CHANGE, "D 6.6; WGS 1.8(2)"),
	MOVE(EMPLOYER_CONFIRMED, CHECK_SCREENING, SCREENING_CHECKED, EMPLOYER, screened, ONE_PERSON,
	     AUDIT_ACCOUNT_CHANGE, "D 6.6; BGS 1.11(1)"),
	MOVE(SCREENING_CHECKED, RECORD_TRAINING, TRAINED, EMPLOYER, trained, ONE_PERSON,
	     AUDIT_ACCOUNT_CHANGE, "D 6.6; BGS 1.17"),
	MOVE(TRAINED, ACTIVATE, ACTIVE, HEAD, second_person, FOUR_EYES, AUDIT_ACCOUNT_CHANGE,
	     "D 6.6, D 6.8"),
	MOVE(ACTIVE, SUSPEND, SUSPENDED, EMPLOYER, employer, ONE_PERSON, AUDIT_ACCOUNT_CHANGE,
	     "D 6.6"),
	MOVE(ACTIVE, LAPSE, SUSPENDED, 0, NULL, ONE_PERSON, AUDIT_ACCOUNT_CHANGE,
	     "D 6.6: 90 days idle"),
	MOVE(SUSPENDED, RESUME, ACTIVE, EMPLOYER, screened, ONE_PERSON, AUDIT_ACCOUNT_CHANGE,
	     "D 6.6"),
	MOVE(REQUESTED, REVOKE, REVOKED, EMPLOYER, employer, ONE_PERSON, AUDIT_ACCOUNT_CHANGE,
	     "D 6.6"),
	MOVE(EMPLOYER_CONFIRMED, REVOKE, REVOKED, EMPLOYER, employer, ONE_PERSON,
	     AUDIT_ACCOUNT_CHANGE, "D 6.6"),
	MOVE(SCREENING_CHECKED, REVOKE, REVOKED, EMPLOYER, employer, ONE_PERSON,
	     AUDIT_ACCOUNT_CHANGE, "D 6.6"),
	MOVE(TRAINED, REVOKE, REVOKED, EMPLOYER, employer, ONE_PERSON, AUDIT_ACCOUNT_CHANGE,
	     "D 6.6"),
	MOVE(ACTIVE, REVOKE, REVOKED, EMPLOYER, handed_over, ONE_PERSON, AUDIT_ACCOUNT_CHANGE,
	     "D 6.6"),
	MOVE(SUSPENDED, REVOKE, REVOKED, EMPLOYER, handed_over, ONE_PERSON, AUDIT_ACCOUNT_CHANGE,
	     "D 6.6"),
};

#define COUNT(t) (sizeof(t) / sizeof((t)[0]))

const struct machine ACCOUNT_MACHINE = {
	.name = "account",
	.states = STATES,
	.state_count = COUNT(STATES),
	.actions = ACTIONS,
	.action_count = COUNT(ACTIONS),
	.moves = MOVES,
	.move_count = COUNT(MOVES),
};
