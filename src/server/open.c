#include "server/open.h"

#include <errno.h>
#include <sys/stat.h>

#include "audit/log.h"
#include "audit/record.h"
#include "partners/partner.h"
#include "people/session_memory.h"
#include "platform/crypto/keyring.h"
#include "platform/crypto/sealed_key.h"
#include "platform/crypto/password.h"
#include "search/search.h"
#include "server/assets.h"

enum { PASSWORD_QUEUE = 8 /* at 25 ms each the last one waits 0.2 s */, READERS = 16 };

static bool is_sqlite(const struct settings *s)
{
	return strcmp(setting_text(s, SET_DATABASE), "sqlite") == 0;
}

struct db_config plein_database(const struct settings *s)
{
	return (struct db_config){
		.engine = is_sqlite(s) ? DB_SQLITE : DB_POSTGRES,
		.data_dir = setting_text(s, SET_DATA),
		.conninfo = is_sqlite(s) ? NULL : setting_text(s, SET_DATABASE),
		.connections = READERS,
		.write_event = audit_write,
	};
}

static enum status make_folder(const struct opening *how, struct error *reterr)
{
	const char *folder = setting_text(how->settings, SET_DATA);

	if (!how->create_keys || mkdir(folder, 0700) == 0 || errno == EEXIST)
		return OK;
	return FAIL(reterr, ERR_UNAVAILABLE, "De map %s kan niet worden gemaakt.", folder);
}

static enum status open_keys(const struct opening *how, struct arena *a, struct plein *p,
                             struct error *reterr)
{
	const struct keyring_config keys = {
		.folder = arena_printf(a, "%s/keys", setting_text(how->settings, SET_DATA)),
	};
	enum status st = crypto_init(reterr);
	if (st == OK && how->create_keys)
		st = keyring_create(&keys, reterr);
	if (st == OK)
		st = keyring_open(&keys, &p->keyring, reterr);
	if (st != OK)
		return st;
	p->token_key = keyring_mac(p->keyring, RING_TOKEN);
	p->web_key = keyring_mac(p->keyring, RING_WEB);
	p->pseudonym_key = keyring_mac(p->keyring, RING_PSEUDONYM);
	p->reference_key = keyring_mac(p->keyring, RING_REFERENCE);
	p->lexeme_key = keyring_mac(p->keyring, RING_LEXEME);
	p->identifier_key = keyring_mac(p->keyring, RING_IDENTIFIER);
	p->account_key = keyring_account_key(p->keyring);
	return OK;
}

static enum status open_log(struct arena *a, const struct db_config *cfg, struct plein *p,
                            struct error *reterr)
{
	const struct audit_log_config log = {
		.db = p->db,
		.db_cfg = cfg,
		.secret = keyring_signer(p->keyring),
		.public = keyring_public(p->keyring),
		.clock = p->clock,
	};
	struct audit_log *opened = ARENA_NEW(a, struct audit_log);
	enum status st = audit_log_open(opened, &log, reterr);
	if (st == OK)
		p->log = opened;
	return st;
}

static enum status open_database(const struct opening *how, struct arena *a, struct plein *p,
                                 struct error *reterr)
{
	struct db_config *cfg = ARENA_NEW(a, struct db_config);

	*cfg = plein_database(how->settings);
	cfg->unflushed = how->unflushed;
	enum status st =
	    db_migrate(cfg, setting_or_null(how->settings, SET_DATABASE_OWNER), reterr);
	if (st == OK)
		st = db_open(cfg, &p->db, reterr);
	if (st == OK)
		st = keys_start(p->db, p->keyring, clock_now_ms(p->clock), reterr);
	return st == OK ? open_log(a, cfg, p, reterr) : st;
}

enum status plein_refresh(struct plein *p, struct arena *a, struct error *reterr)
{
	struct db_read *r = NULL;
	const char *demo = NULL;
	struct region own = { .name = "RIEC" };

	enum status st = db_read_begin(p->db, &r, reterr);
	if (st == OK)
		st = setting_load(r, "installation.demo", a, &demo, reterr);
	if (st == OK)
		st = region_own(r, a, &own, reterr);
	if (st == ERR_NOT_FOUND)
		st = OK; /* a data folder before `plein init` */
	db_read_end(r);
	p->demo = demo != NULL && strcmp(demo, "1") == 0;
	p->region = own.name;
	return st;
}

const char *plein_key_export(const struct settings *s, struct arena *a)
{
	const char *file = setting_or_null(s, SET_KEY_EXPORT);

	return file != NULL ? file : arena_printf(a, "%s/keys.export", setting_text(s, SET_DATA));
}

static void secure(struct plein *p, const struct settings *s)
{
	p->secure_cookies = setting_or_null(s, SET_TLS_CERTIFICATE) != NULL ||
	                    strncmp(setting_text(s, SET_PUBLIC_ORIGIN), "https:", 6) == 0;
}

enum status plein_open(const struct opening *how, struct arena *a, struct plein **ret,
                       struct error *reterr)
{
	struct plein *p = ARENA_NEW(a, struct plein);
	struct clock *clock = ARENA_NEW(a, struct clock);

	*clock = clock_system();
	p->clock = how->clock != NULL ? how->clock : clock;
	p->version = arena_printf(a, "%s-%s", PLEIN_VERSION, ASSETS_VERSION);
	secure(p, how->settings);
	p->key_export = plein_key_export(how->settings, a);
	p->files = arena_printf(a, "%s/files", setting_text(how->settings, SET_DATA));
	p->live_file = arena_printf(a, "%s/matching.sealed", setting_text(how->settings, SET_DATA));
	p->sessions = session_memory_open(a);
	p->public_origin = setting_or_null(how->settings, SET_PUBLIC_ORIGIN);
	p->security_contact = setting_or_null(how->settings, SET_SECURITY_CONTACT);
	p->clamd = setting_or_null(how->settings, SET_CLAMD);
	enum status st = make_folder(how, reterr);
	if (st == OK)
		st = open_keys(how, a, p, reterr);
	if (st == OK)
		st = open_database(how, a, p, reterr);
	if (st == OK && how->passwords)
		st = password_desk_open(PASSWORD_QUEUE, &p->passwords, reterr);
	if (st == OK)
		st = search_words_open(p->lexeme_key, a, &p->words, reterr);
	if (st == OK)
		st = plein_refresh(p, a, reterr);
	if (st != OK) {
		plein_close(p);
		return st;
	}
	*ret = p;
	return OK;
}

void plein_close(struct plein *p)
{
	if (p == NULL)
		return;
	password_desk_close(p->passwords);
	session_memory_close(p->sessions);
	search_words_close(p->words);
	if (p->log != NULL)
		audit_log_close(p->log);
	db_close(p->db);
	keyring_close(p->keyring);
}
