#include "demo/demo.h"

#include <assert.h>
#include <string.h>

#include "demo/crowd.h"
#include "demo/demo_store.h"
#include "demo/territory.h"
#include "law/statute.h"
#include "partners/partner.h"
#include "people/credential.h"
#include "people/people.h"
#include "people/sealed_totp.h"
#include "platform/core/calendar.h"
#include "platform/crypto/password.h"

const char DEMO_PASSWORD[] = "welkom in deltaland";

static const struct {
	const char *word;
	int people; /* 0: the cast alone */
	int64_t signals;
} SCALES[] = {
	[DEMO_SMALL] = { "small", 0, 40 },
	[DEMO_REGION] = { "region", 600, 400 },
	[DEMO_NATIONAL] = { "national", 6000, 400 },
};

bool demo_scale_parse(const char *word, enum demo_scale *ret)
{
	for (size_t i = 0; i < sizeof SCALES / sizeof SCALES[0]; i++)
		if (strcmp(SCALES[i].word, word) == 0) {
			*ret = (enum demo_scale)i;
			return true;
		}
	return false;
}

int demo_people_count(enum demo_scale scale)
{
	size_t cast_count;

	(void)deltaland_cast(&cast_count);
	return SCALES[scale].people == 0 ? (int)cast_count : SCALES[scale].people;
}

int64_t demo_signal_count(enum demo_scale scale)
{
	return SCALES[scale].signals;
}

/* ---- writing people, some at a time
 * --------------------------------------------------------------- */

enum { BATCH_MAX = 32, SCREENED_DAYS_AGO_MAX = 330, TRAINED_DAYS_AGO_MAX = 300, FIRST_STEP = 1 };

/* Made before the first job; the same for all batches. */
struct demo_world {
	const struct demo_wish *wish;
	const struct territory_participant *participants;
	const struct crowd_person *crowd;
	const struct sorted_name *names; /* as many as crowd */
	size_t count;
	const char *password_hash;
	int64_t first_day;
	int64_t head_id, head_appointment_id; /* the first of the crowd */
	int64_t chair_appointment_id;
};

struct batch {
	struct demo_world *world;
	size_t first, count;
	int64_t ids[BATCH_MAX];
	const uint8_t *secrets[BATCH_MAX]; /* sealed, between the two jobs */
	size_t secret_lens[BATCH_MAX];
};

/* Spread over the year before. */
static int64_t days_ago(const struct demo_world *w, const struct crowd_person *p, int at, int max)
{
	return w->first_day - 1 - p->uuid.bytes[at] * max / UINT8_MAX;
}

static enum status write_person(struct db_tx *tx, const struct demo_world *w, size_t i,
                                int64_t *ret_id, struct error *reterr)
{
	const struct crowd_person *p = &w->crowd[i];
	const struct person_new person = {
		.uuid = p->uuid,
		.email = p->email,
		.full_name = p->full_name,
		.phone = "",
		.sort_key = w->names[i].sort_key,
		.sort_key_len = w->names[i].sort_key_len,
		.participant_id = w->participants[p->participant].id,
		.state = ACCOUNT_ACTIVE,
		.screening_manner = SCREENING_VOG,
		.screened_on = days_ago(w, p, 0, SCREENED_DAYS_AGO_MAX),
		.trained_on = days_ago(w, p, 1, TRAINED_DAYS_AGO_MAX),
		.requested_at = w->wish->first_ms,
		.demo = true,
	};
	const enum status st = person_insert(tx, &person, ret_id, reterr);
	return st == OK ? credential_set_password(tx, *ret_id, w->password_hash, false,
	                                          w->wish->now_ms, reterr)
	                : st;
}

static int64_t desk_id(const struct territory_participant *from, const char *code)
{
	if (code == NULL)
		return 0;
	for (size_t i = 0; i < from->desk_count; i++)
		if (strcmp(from->desks[i].code, code) == 0)
			return from->desks[i].id;
	assert(0 && "the cast names a desk that the law's units don't have");
	return 0;
}

/* Each account manager has a quarter of the municipalities, in turn. */
static enum status share_municipalities(struct db_tx *tx, const struct demo_world *w, size_t i,
                                        int64_t appointment_id, struct error *reterr)
{
	size_t count;
	(void)deltaland_participants(&count);
	enum status st = OK;
	size_t turn = i;
	for (size_t p = 0; st == OK && p < count; p++)
		if (w->participants[p].municipality_id != 0 && turn++ % 4 == 0)
			st = demo_look_after(tx, appointment_id, w->participants[p].municipality_id,
			                     reterr);
	return st;
}

/* Who comes second to a post of which there is one deputises; 0: is the first, or there are many. */
static int64_t of_same_post(const struct demo_world *w, enum role role)
{
	return role == ROLE_RIEC_HEAD ? w->head_appointment_id
	       : role == ROLE_CHAIR   ? w->chair_appointment_id
	                              : 0;
}

static enum status write_role(struct db_tx *tx, struct demo_world *w, size_t i, size_t nth,
                              int64_t person_id, struct error *reterr)
{
	const struct crowd_person *p = &w->crowd[i];
	const struct cast_role *role = &p->roles[nth];
	const struct territory_participant *from = &w->participants[p->participant];
	const struct appointment_new appointment = {
		.uuid = p->role_uuids[nth],
		.person_id = person_id,
		.role = role->role,
		.participant_id = from->id,
		.organ_id = role->letter == LETTER_MAYOR ? from->mayor_id : from->organ_id,
		.desk_id = desk_id(from, role->desk),
		.municipality_id = from->municipality_id,
		.deputy_for = of_same_post(w, role->role),
		.from_day = w->first_day,
		.until_day = NO_DAY,
		.state = APPOINTMENT_IN_FORCE,
		.proposed_by = w->head_id,
		.proposed_at = w->wish->now_ms,
		.reason = "Hoort bij de oefenregio Deltaland.",
	};
	int64_t id = 0;
	const enum status st = appointment_insert(tx, &appointment, &id, reterr);
	if (role->role == ROLE_RIEC_HEAD && w->head_appointment_id == 0)
		w->head_appointment_id = id;
	if (role->role == ROLE_CHAIR && w->chair_appointment_id == 0)
		w->chair_appointment_id = id;
	if (st == OK && role->role == ROLE_ACCOUNT_MANAGER)
		return share_municipalities(tx, w, i, id, reterr);
	return st;
}

static enum status people_job(struct db_tx *tx, void *args, struct error *reterr)
{
	struct batch *b = args;
	enum status st = OK;
	for (size_t n = 0; st == OK && n < b->count; n++) {
		const size_t i = b->first + n;
		st = write_person(tx, b->world, i, &b->ids[n], reterr);
		if (i == 0)
			b->world->head_id = b->ids[n];
		const struct cast_role *roles = b->world->crowd[i].roles;
		for (size_t r = 0; st == OK && r < CAST_ROLES_MAX && roles[r].role != 0; r++)
			st = write_role(tx, b->world, i, r, b->ids[n], reterr);
	}
	return st;
}

/* ---- second factors: sealed to the id that the first job gave
 * -------------------------------------- */

static enum status secrets_job(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct batch *b = args;
	enum status st = OK;
	for (size_t n = 0; st == OK && n < b->count; n++) {
		st = credential_set_totp(tx, b->ids[n], b->secrets[n], b->secret_lens[n], reterr);
		if (st == OK)
			st = credential_use_step(tx, b->ids[n], FIRST_STEP, b->world->wish->now_ms,
			                         reterr);
	}
	return st;
}

static void seal_secrets(struct batch *b, struct arena *a)
{
	const struct demo_wish *wish = b->world->wish;
	for (size_t n = 0; n < b->count; n++) {
		struct totp_secret secret =
		    crowd_secret(wish->seed, b->world->crowd[b->first + n].email);
		b->secrets[n] =
		    totp_sealed(wish->account_key, b->ids[n], &secret, a, &b->secret_lens[n]);
		secret_wipe(&secret, sizeof secret);
	}
}

static enum status run(struct db *db, db_job_fn *fn, void *args, struct error *reterr)
{
	struct db_job job = { .run = fn, .args = args, .lane = LANE_BULK };
	return db_run(db, &job, reterr);
}

static enum status write_people(struct demo_world *w, struct arena *a, struct error *reterr)
{
	enum status st = OK;
	for (size_t first = 0; st == OK && first < w->count; first += BATCH_MAX) {
		const size_t left = w->count - first;
		struct batch b = { .world = w,
			           .first = first,
			           .count = left < BATCH_MAX ? left : BATCH_MAX };
		st = run(w->wish->db, people_job, &b, reterr);
		if (st == OK) {
			seal_secrets(&b, a);
			st = run(w->wish->db, secrets_job, &b, reterr);
		}
	}
	return st;
}

/* ---- together
 * -------------------------------------------------------------------------------------- */

static enum status refuse_if_inhabited(struct db *db, struct error *reterr)
{
	struct db_read *r;
	int64_t people = 0;
	enum status st = db_read_begin(db, &r, reterr);
	if (st != OK)
		return st;
	st = demo_count_people(r, &people, reterr);
	db_read_end(r);
	if (st == OK && people > 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "Hier werken al mensen. Kies een lege map voor de oefenregio.");
	return st;
}

static enum status make(const struct demo_wish *wish, struct folder *folder, struct arena *a,
                        struct error *reterr)
{
	struct password_hash hash;
	struct demo_world w = {
		.wish = wish,
		.count = (size_t)demo_people_count(wish->scale),
		.password_hash = hash.text,
		.first_day = local_day(wish->first_ms),
	};
	enum status st = partner_load_reference(wish->db, NULL, reterr);
	if (st == OK)
		st = territory_write(wish->db, folder, a, reterr);
	if (st == OK)
		st = territory_read(wish->db, a, &w.participants, reterr);
	if (st == OK)
		st = password_hash(DEMO_PASSWORD, &hash, reterr);
	if (st != OK)
		return st;
	w.crowd = crowd_new(wish->seed, w.count, a);
	struct sorted_name *names = ARENA_ARRAY(a, struct sorted_name, w.count);
	for (size_t i = 0; i < w.count; i++)
		names[i] = sorted_name_of(folder, w.crowd[i].full_name, w.crowd[i].surname, a);
	w.names = names;
	return write_people(&w, a, reterr);
}

enum { DEMO_SOFT_BYTES = 64 << 20 };

enum status demo_make(const struct demo_wish *wish, struct error *reterr)
{
	struct folder *folder;
	enum status st = refuse_if_inhabited(wish->db, reterr);
	if (st == OK)
		st = folder_open(&folder, reterr);
	if (st != OK)
		return st;
	struct arena a;
	arena_init(&a, DEMO_SOFT_BYTES);
	st = make(wish, folder, &a, reterr);
	arena_reset(&a);
	folder_close(folder);
	return st;
}

/* ---- who can sign in
 * ------------------------------------------------------------------------------- */

/* A cell of a table: padded by letters, not bytes. */
static void put_cell(struct out *o, const char *text, int width)
{
	int letters = 0;

	for (const char *p = text; *p != '\0'; p++)
		letters += ((unsigned char)*p & 0xc0) != 0x80;
	out_fmt(o, "%s%*s", text, letters < width ? width - letters : 1, "");
}

enum status demo_people(struct db_read *r, struct out *o, struct error *reterr)
{
	struct arena a;
	const char *demo;
	arena_init(&a, DEMO_SOFT_BYTES);
	const enum status st = setting_load(r, "installation.demo", &a, &demo, reterr);
	const bool is_demo = st == OK && demo != NULL && strcmp(demo, "1") == 0;
	size_t count = 0;
	const struct cast_person *cast = deltaland_cast(&count);
	for (size_t i = 0; is_demo && i < count; i++) {
		put_cell(o, cast_email(&cast[i], &a), 39);
		put_cell(o, arena_printf(&a, "%s %s", cast[i].first_name, cast[i].surname), 21);
		out_fmt(o, "%s\n", cast[i].post);
	}
	arena_reset(&a);
	if (st != OK)
		return st;
	if (!is_demo)
		return FAIL(reterr, ERR_CONFLICT, "Dit is geen oefenregio.");
	out_fmt(o,
	        "\nWachtwoord van iedereen: %s\nCode van de app: plein demo code NAAM, "
	        "bijvoorbeeld: plein demo code s.duinker\n",
	        DEMO_PASSWORD);
	return OK;
}

/* The address of somebody in the table, by what stands before the @; else the word itself. */
static const char *whole_address(const char *person, struct arena *a)
{
	size_t count;
	const struct cast_person *cast = deltaland_cast(&count);
	const size_t len = strlen(person);
	for (size_t i = 0; i < count && strchr(person, '@') == NULL; i++) {
		const char *email = cast_email(&cast[i], a);
		if (strncmp(email, person, len) == 0 && email[len] == '@')
			return email;
	}
	return person;
}

static enum status open_code(const struct credential *c, const struct seal_key *account_key,
                             struct arena *a, int64_t now_ms, char ret[TOTP_CODE_BYTES],
                             struct error *reterr)
{
	struct totp_secret secret;

	if (!c->demo)
		return FAIL(reterr, ERR_DENIED, "Dit is geen oefenaccount.");
	if (c->totp_sealed == NULL)
		return FAIL(reterr, ERR_CONFLICT, "Dit account heeft nog geen app gekoppeld.");
	const enum status st = totp_opened(account_key, c, a, &secret, reterr);
	if (st != OK)
		return st;
	totp_code(&secret, now_ms / 1000, ret);
	secret_wipe(&secret, sizeof secret);
	return OK;
}

enum status demo_code(struct db_read *r, const struct seal_key *account_key, const char *person,
                      int64_t now_ms, char ret[TOTP_CODE_BYTES], struct error *reterr)
{
	struct arena a;
	struct credential c;
	arena_init(&a, DEMO_SOFT_BYTES);
	enum status st = credential_by_email(r, whole_address(person, &a), &a, &c, reterr);
	if (st == OK)
		st = open_code(&c, account_key, &a, now_ms, ret, reterr);
	else if (st == ERR_NOT_FOUND)
		st = FAIL(reterr, ERR_NOT_FOUND,
		          "Zo heet niemand in het overzicht. Kijk bij plein demo people, of geef "
		          "het hele e-mailadres.");
	arena_reset(&a);
	return st;
}
