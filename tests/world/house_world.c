#include "house_world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "audit/action.h"
#include "audit/record.h"
#include "client.h"
#include "partners/partner.h"
#include "people/credential.h"
#include "people/people.h"
#include "people/second_factor.h"
#include "people/session_memory.h"
#include "platform/core/calendar.h"
#include "platform/crypto/keyring.h"
#include "platform/crypto/sealed_key.h"
#include "platform/crypto/password.h"
#include "platform/crypto/token.h"
#include "platform/view/schema.h"
#include "search/search.h"
#include "server/rooms.h"
#include "server/sights.h"
#include "sheets/sheet_apart.h"

static void must(enum status st, const struct error *e)
{
	if (st != OK)
		fail_msg("%s (%s; %s:%d)", e->message, e->cause, e->file, e->line);
}

/* A test that reads a table starts this program anew, to do that and nothing else. */
__attribute__((constructor)) static void read_a_table(int argc, char **argv)
{
	if (sheet_child_asked(argc, argv))
		_exit(sheet_child(argv));
}

/* ---- the house ---------------------------------------------------------------------------------- */

static void open_keys(struct house *h)
{
	struct error e = { 0 };
	struct plein *p = &h->plein;

	memcpy(h->keys, "/tmp/plein-keys-XXXXXX", sizeof "/tmp/plein-keys-XXXXXX");
	assert_non_null(mkdtemp(h->keys));
	const struct keyring_config cfg = {
		.folder = arena_printf(&h->arena, "%s/keys", h->keys),
	};
	must(crypto_init(&e), &e);
	must(keyring_create(&cfg, &e), &e);
	must(keyring_open(&cfg, &p->keyring, &e), &e);
	must(keys_start(p->db, p->keyring, HOUSE_NOW, &e), &e);
	p->token_key = keyring_mac(p->keyring, RING_TOKEN);
	p->web_key = keyring_mac(p->keyring, RING_WEB);
	p->pseudonym_key = keyring_mac(p->keyring, RING_PSEUDONYM);
	p->reference_key = keyring_mac(p->keyring, RING_REFERENCE);
	p->lexeme_key = keyring_mac(p->keyring, RING_LEXEME);
	p->identifier_key = keyring_mac(p->keyring, RING_IDENTIFIER);
	p->account_key = keyring_account_key(p->keyring);
	p->files = arena_printf(&h->arena, "%s/files", h->keys);
}

static struct sorted_name name_of(const char *text)
{
	return (struct sorted_name){ text, (const uint8_t *)text, strlen(text) };
}

static enum status put_participants(struct db_tx *tx, void *args, struct error *reterr)
{
	struct house *h = args;
	const struct region region = { .code = "PROEF", .name = "RIEC Proef", .own = true };
	const struct municipality town = { .cbs_code = "9901",
		                           .inhabitants = 30000,
		                           .valid_from = 10000 };
	const struct participant bureau = {
		.code = "bureau", .short_name = "RIEC", .bureau = true, .valid_from = 10000
	};
	struct participant duinwaard = { .code = "gm9901",
		                         .short_name = "Duinwaard",
		                         .valid_from = 10000 };
	const struct participant police = { .code = "politie",
		                            .short_name = "Politie",
		                            .valid_from = 10000 };
	const struct sorted_name n_town = name_of("Duinwaard"), n_bureau = name_of("RIEC-bureau"),
				 n_duin = name_of("Gemeente Duinwaard"),
				 n_police = name_of("Politie");
	int64_t region_id = 0;

	enum status st = region_put(tx, &region, &region_id, reterr);
	if (st == OK)
		st = municipality_put(tx, &town, &n_town, &h->municipality, reterr);
	if (st == OK)
		st = municipality_join(tx, region_id, h->municipality, 10000, NO_DAY, reterr);
	if (st == OK)
		st = participant_put(tx, &bureau, &n_bureau, &h->bureau, reterr);
	duinwaard.municipality_id = h->municipality;
	if (st == OK)
		st = participant_put(tx, &duinwaard, &n_duin, &h->duinwaard, reterr);
	if (st == OK)
		st = participant_put(tx, &police, &n_police, &h->police, reterr);
	const struct organ mayor = { .participant_id = h->duinwaard,
		                     .letter = 'h',
		                     .name = "Burgemeester van Duinwaard",
		                     .on_behalf = "burgemeester van Duinwaard" };
	const struct organ executive = { .participant_id = h->duinwaard,
		                         .letter = 'i',
		                         .name = "College van Duinwaard",
		                         .on_behalf = "college van B en W Duinwaard" };
	const struct organ unit = { .participant_id = h->police,
		                    .letter = 'a',
		                    .name = "Politie",
		                    .on_behalf = "politie" };
	if (st == OK)
		st = organ_put(tx, &mayor, &h->mayor, reterr);
	if (st == OK)
		st = organ_put(tx, &executive, &h->executive, reterr);
	return st == OK ? organ_put(tx, &unit, &h->police_organ, reterr) : st;
}

static void open_log(struct house *h)
{
	struct error e = { 0 };
	const struct audit_log_config cfg = {
		.db = h->plein.db,
		.db_cfg = &h->store->cfg,
		.secret = keyring_signer(h->plein.keyring),
		.public = keyring_public(h->plein.keyring),
		.clock = &h->clock,
	};

	must(audit_log_open(&h->log, &cfg, &e), &e);
	h->plein.log = &h->log;
}

/* On PostgreSQL an event waits for every older transaction of the cluster, another test's too. */
static int64_t unsettled_events(struct house *h)
{
	return store_engine() == DB_SQLITE
	           ? 0
	           : store_world_number(h->store,
	                                "SELECT count(*) FROM audit_event WHERE xid >="
	                                " pg_snapshot_xmin(pg_current_snapshot())::text::bigint");
}

void house_seal(struct house *h)
{
	struct error e = { 0 };
	const struct timespec while_others_finish = { .tv_nsec = 50000000 };

	/* All at once, so that one seal signs them however busy the cluster is. */
	for (int i = 0; i < 2000; i++) {
		if (unsettled_events(h) == 0) {
			must(audit_log_seal_now(&h->log, &e), &e);
			if (store_world_number(h->store, "SELECT count(*) FROM audit_event") == 0)
				return;
		}
		(void)nanosleep(&while_others_finish, NULL);
	}
	fail_msg("events stay unsealed");
}

static void start_server(struct house *h)
{
	struct error e = { 0 };
	static struct gate gate; /* lives as long as the server; tests run one at a time */

	gate = people_gate(&h->plein, PLACES);
	h->plein.routes = ALL_ROUTES;
	h->plein.namers = SEARCH_NAMERS;
	h->plein.sights = SIGHTS;
	gate.may_hear = rooms_may_hear;
	const struct http_config cfg = { .bind_address = "127.0.0.1",
		                         .http_threads = 1,
		                         .workers = 2,
		                         .queue_max = 32,
		                         .access_log_fd = -1,
		                         .spool_folder = "/tmp",
		                         .clock = &h->clock,
		                         .key = h->plein.web_key,
		                         .view_schema = view_schema };
	must(http_start(&cfg, h->plein.db, &gate, ALL_ROUTES, &h->plein.http, &e), &e);
	h->port = http_port(h->plein.http);
}

int house_set_up(void **state)
{
	return house_set_up_on(state, &(struct store_wish){ 0 });
}

/* Whether every statement fits the tables: they are the same in each case of a program. */
static void prepare_rooms_once(struct house *h)
{
	static bool done;
	struct error e = { 0 };

	if (!done)
		must(rooms_prepare(h->plein.db, &h->arena, &e), &e);
	done = true;
}

int house_set_up_on(void **state, const struct store_wish *wish)
{
	struct store_wish with_events = *wish;
	struct house *h = calloc(1, sizeof *h);
	struct error e = { 0 };

	assert_non_null(h);
	arena_init(&h->arena, 1 << 24);
	h->clock = clock_fixed(HOUSE_NOW);
	with_events.write_event = audit_write;
	h->store = store_world_new(&with_events);
	h->plein = (struct plein){
		.db = h->store->db, .clock = &h->clock, .region = "RIEC Proef", .version = "test"
	};
	open_keys(h);
	must(password_desk_open(8, &h->plein.passwords, &e), &e);
	must(search_words_open(h->plein.lexeme_key, &h->arena, &h->plein.words, &e), &e);
	store_world_run(h->store, put_participants, h);
	prepare_rooms_once(h);
	open_log(h);
	h->plein.sessions = session_memory_open(&h->arena);
	start_server(h);
	*state = h;
	return 0;
}

static void remove_keys(const char *folder)
{
	char command[128];
	(void)snprintf(command, sizeof command, "rm -rf '%s'", folder);
	assert_int_equal(system(command), 0);
}

int house_tear_down(void **state)
{
	struct house *h = *state;

	http_stop(h->plein.http);
	password_desk_close(h->plein.passwords);
	session_memory_close(h->plein.sessions);
	audit_log_close(&h->log);
	search_words_close(h->plein.words);
	store_world_free(h->store);
	keyring_close(h->plein.keyring);
	remove_keys(h->keys);
	arena_reset(&h->arena);
	free(h);
	return 0;
}

/* ---- people --------------------------------------------------------------------------------------- */

struct hiring {
	struct house *house;
	struct house_person *person;
	int64_t organ;
	const char *hash;
};

static int64_t employer(const struct house *h, enum role role, int64_t organ)
{
	if (access_role(role)->bureau)
		return h->bureau;
	return organ == h->police_organ ? h->police : h->duinwaard;
}

static enum status hire_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct hiring *in = args;
	struct house *h = in->house;
	struct house_person *p = in->person;
	const bool bureau = access_role(p->role)->bureau;
	const int64_t today = local_day(HOUSE_NOW);
	const struct person_new person = {
		.uuid = uuid_random(),
		.email = p->email,
		.full_name = p->name,
		.phone = "",
		.sort_key = (const uint8_t *)p->name,
		.sort_key_len = strlen(p->name),
		.participant_id = employer(h, p->role, in->organ),
		.state = ACCOUNT_ACTIVE,
		.screening_manner = SCREENING_VOG,
		.screened_on = today - 100,
		.trained_on = today - 90,
		.requested_at = 1,
	};
	enum status st = person_insert(tx, &person, &p->person_id, reterr);
	if (st == OK)
		st = credential_set_password(tx, p->person_id, in->hash, false, 1, reterr);
	size_t len = 0;
	const uint8_t *sealed =
	    second_factor_seal(&h->plein, db_tx_arena(tx), p->person_id, &p->secret, &len);
	if (st == OK)
		st = credential_set_totp(tx, p->person_id, sealed, len, reterr);
	if (st == OK)
		st = credential_use_step(tx, p->person_id, 1, 1, reterr);
	const struct appointment_new appointment = {
		.uuid = uuid_random(),
		.person_id = p->person_id,
		.role = p->role,
		.participant_id = person.participant_id,
		.organ_id = bureau ? 0 : in->organ,
		.municipality_id = bureau || in->organ == h->police_organ ? 0 : h->municipality,
		.from_day = today - 30,
		.state = APPOINTMENT_IN_FORCE,
		.proposed_by = p->person_id,
		.proposed_at = 1,
		.reason = "proef",
	};
	return st == OK ? appointment_insert(tx, &appointment, &p->appointment_id, reterr) : st;
}

/* Everybody's is the same, and a hash is made to be slow: one a program. */
static const char *the_password(void)
{
	static struct password_hash hash;
	struct error e = { 0 };

	if (hash.text[0] == '\0')
		must(password_hash(HOUSE_PASSWORD, &hash, &e), &e);
	return hash.text;
}

struct house_person *house_hire(struct house *h, const char *email, enum role role, int64_t organ)
{
	struct house_person *p = &h->people[h->people_count++];

	assert_true(h->people_count <= HOUSE_PEOPLE_MAX);
	*p = (struct house_person){
		.email = email, .name = email, .role = role, .secret = totp_secret_new()
	};
	struct hiring in = { h, p, organ != 0 ? organ : h->executive, the_password() };
	store_world_run(h->store, hire_run, &in);
	return p;
}

const char *house_code(struct house *h, const struct house_person *p)
{
	char *code = arena_alloc(&h->arena, TOTP_CODE_BYTES);
	totp_code(&p->secret, h->clock.fixed_ms / 1000, code);
	return code;
}

static enum status token_run(struct db_tx *tx, void *args, struct error *reterr)
{
	int64_t id = 0;
	return api_token_insert(tx, args, &id, reterr);
}

const char *house_bearer(struct house *h, const struct house_person *p)
{
	struct token text = token_new();
	struct api_token_new t = { .digest = token_digest(h->plein.token_key, "api", text.text),
		                   .appointment_id = p->appointment_id,
		                   .now_ms = h->clock.fixed_ms,
		                   .expires_at = h->clock.fixed_ms + INT64_C(86400000) * 60,
		                   .label = "proef" };

	store_world_run(h->store, token_run, &t);
	return arena_printf(
	    &h->arena, "Authorization: Bearer %s\r\nContent-Type: application/json\r\n", text.text);
}

/* ---- a browser --------------------------------------------------------------------------------------- */

struct visitor *visitor_new(struct house *h)
{
	struct visitor *v = calloc(1, sizeof *v);
	assert_non_null(v);
	v->house = h;
	return v;
}

void visitor_free(struct visitor *v)
{
	free(v->page);
	free(v);
}

/* Forgets a cookie of this name, then keeps the new one unless it is empty. */
static void keep_cookie(struct visitor *v, const char *line)
{
	char kept[sizeof v->cookies] = "", name[64] = "";
	const char *equals = strchr(line, '='), *end = line + strcspn(line, ";\r\n");
	size_t name_len = equals != NULL ? (size_t)(equals - line) : 0;

	assert_true(name_len > 0 && name_len < sizeof name - 1);
	(void)snprintf(name, sizeof name, "%.*s=", (int)name_len, line);
	for (char *at = v->cookies, *item; (item = strsep(&at, ";")) != NULL;) {
		item += strspn(item, " ");
		if (*item == '\0' || strncmp(item, name, strlen(name)) == 0)
			continue;
		size_t len = strlen(kept);
		(void)snprintf(kept + len, sizeof kept - len, "%s%s", len > 0 ? "; " : "", item);
	}
	if (end > equals + 1) {
		size_t len = strlen(kept);
		(void)snprintf(kept + len, sizeof kept - len, "%s%.*s", len > 0 ? "; " : "",
		               (int)(end - line), line);
	}
	memcpy(v->cookies, kept, sizeof kept);
}

static void keep_cookies(struct visitor *v, const struct reply *r)
{
	static const char MARK[] = "\r\nset-cookie: ";
	for (const char *at = r->all; (at = strcasestr(at, MARK)) != NULL && at < r->body;) {
		at += sizeof MARK - 1;
		keep_cookie(v, at);
	}
}

static void ask(struct visitor *v, const char *method, const char *path, const char *body)
{
	char headers[4096];
	int len = snprintf(
	    headers, sizeof headers, "Cookie: %s\r\nOrigin: http://localhost\r\n%s", v->cookies,
	    body != NULL ? "Content-Type: application/x-www-form-urlencoded\r\n" : "");
	assert_true(len > 0 && (size_t)len < sizeof headers);
	struct reply r = client_request(v->house->port, method, path, headers, body);
	keep_cookies(v, &r);
	v->code = r.code;
	free(v->page);
	v->page = strdup(r.body != NULL ? r.body : "");
	(void)snprintf(v->path, sizeof v->path, "%s", path);
	const char *location = reply_header(&r, "Location");
	char next[512];
	(void)snprintf(next, sizeof next, "%s", location);
	bool moved = r.code == 303 || r.code == 302;
	reply_free(&r);
	if (moved) {
		assert_true(++v->steps < 8);
		ask(v, "GET", next, NULL);
	}
}

void visit(struct visitor *v, const char *path)
{
	v->steps = 0;
	ask(v, "GET", path, NULL);
}

/* The value of a hidden field inside the form that goes to path: not that of a filter, which goes
 * there too and has none. "" if there is none. */
static void hidden(const struct visitor *v, const char *path, const char *name, char *ret,
                   size_t size)
{
	char action[600], field[100];

	ret[0] = '\0';
	(void)snprintf(action, sizeof action, "action=\"%s\"", path);
	(void)snprintf(field, sizeof field, "name=\"%s\" value=\"", name);
	for (const char *form = v->page; form != NULL && (form = strstr(form, action)) != NULL;
	     form++) {
		const char *end = strstr(form, "</form>"), *at = strstr(form, field);
		if (at == NULL || at > end)
			continue;
		at += strlen(field);
		(void)snprintf(ret, size, "%.*s", (int)strcspn(at, "\""), at);
		return;
	}
}

void visitor_send(struct visitor *v, const char *path, const char *fields)
{
	visitor_send_from(v, path, path, fields);
}

void visitor_send_from(struct visitor *v, const char *form, const char *path, const char *fields)
{
	char csrf[128], once[128], version[32], body[8192];

	hidden(v, form, "_csrf", csrf, sizeof csrf);
	hidden(v, form, "_once", once, sizeof once);
	hidden(v, form, "_version", version, sizeof version);
	int len = snprintf(body, sizeof body, "_csrf=%s%s%s%s%s&%s", csrf,
	                   once[0] != '\0' ? "&_once=" : "", once,
	                   version[0] != '\0' ? "&_version=" : "", version, fields);
	assert_true(len > 0 && (size_t)len < sizeof body);
	v->steps = 0;
	ask(v, "POST", path, body);
}

void visitor_sign_in(struct visitor *v, const struct house_person *p)
{
	struct house *h = v->house;

	visit(v, "/sign-in");
	visitor_send(v, "/sign-in",
	             arena_printf(&h->arena, "email=%s&password=%s", p->email, HOUSE_PASSWORD));
	assert_page_says(v, "Vul uw code in");
	visitor_send(v, "/sign-in/code", arena_printf(&h->arena, "code=%s", house_code(h, p)));
	assert_page_says(v, "Mijn werk");
	h->clock.fixed_ms += 30000; /* a code works once: the next one is another */
}

/* People are numbers there on purpose; files and lists are called by theirs. */
static void assert_no_number_after(const char *page, const struct audit_word *word)
{
	char said[96];
	const size_t len = (size_t)snprintf(said, sizeof said, "%s ", word->label);

	said[0] = (char)(said[0] >= 'a' && said[0] <= 'z' ? said[0] - 'a' + 'A' : said[0]);
	for (const char *at = strstr(page, said); at != NULL; at = strstr(at + 1, said))
		if (at[len] >= '0' && at[len] <= '9')
			fail_msg("the log says %.40s", at);
}

const char *assert_log_calls_by_reference(struct house *h)
{
	uint32_t count;
	const struct audit_word *words = audit_object_words(&count);
	const struct house_person *auditor =
	    house_hire(h, "naslag@toezicht.example", ROLE_AUDITOR, 0);
	struct reply r =
	    client_request(h->port, "GET", "/api/v1/log", house_bearer(h, auditor), NULL);

	assert_int_equal(r.code, 200);
	for (uint32_t i = 0; i < count; i++)
		if (words[i].code != OBJECT_PERSON && words[i].code != OBJECT_IMPORT &&
		    words[i].code != OBJECT_DESTRUCTION_LIST)
			assert_no_number_after(r.body, &words[i]);
	const char *page = arena_strdup(&h->arena, r.body);
	reply_free(&r);
	return page;
}

bool page_says(const struct visitor *v, const char *text)
{
	return v->page != NULL && strstr(v->page, text) != NULL;
}

/* Fontconfig keeps what it read of each font until the process ends, also when a page is a PDF. */
const char *__lsan_default_suppressions(void); // NOLINT(bugprone-reserved-identifier,cert-dcl37-c)
const char *__lsan_default_suppressions(void)  // NOLINT(bugprone-reserved-identifier,cert-dcl37-c)
{
	return "leak:libfontconfig";
}
