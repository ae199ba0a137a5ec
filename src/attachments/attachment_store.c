/* Every statement about attachments. */
#include "attachments/attachment.h"

#include "audit/action.h"
#include "platform/crypto/stored.h"
#include "search/search_feed.h"

#define COLUMNS                                                                                    \
	"a.id, a.uuid, a.number, a.kind, a.media, a.category, a.source_participant_id,"            \
	" p.short_name, a.bytes, a.key_id, a.name, a.digest, a.added_at"                           \
	" FROM attachment a JOIN participant p ON p.id = a.source_participant_id"                  \
	" WHERE a.owner_kind = $1 AND a.owner_id = $2"

static const struct db_stmt LIST = { "attachment_list", "ii",
	                             "SELECT " COLUMNS " ORDER BY a.number, a.id LIMIT 50" };
static const struct db_stmt LOAD = { "attachment_load", "iii",
	                             "SELECT " COLUMNS " AND a.number = $3" };
static const struct db_stmt SUBJECTS = {
	"attachment_subjects", "ii",
	"SELECT s.attachment_id, p.number FROM attachment a"
	" JOIN attachment_subject s ON s.attachment_id = a.id"
	" JOIN presence p ON p.id = s.presence_id"
	" WHERE a.owner_kind = $1 AND a.owner_id = $2"
	" ORDER BY s.attachment_id, p.number, s.presence_id LIMIT 5000"
};
static const struct db_stmt LAST = { "attachment_last", "ii",
	                             "SELECT count(*), coalesce(max(number), 0) FROM attachment"
	                             " WHERE owner_kind = $1 AND owner_id = $2" };
static const struct db_stmt ADD = {
	"attachment_add", "biiiiiiiIiiibbii",
	"INSERT INTO attachment (uuid, owner_kind, owner_id, number, kind, media, category, phase,"
	" source_participant_id, source_organ_id, task, bytes, key_id, name, digest, added_by,"
	" added_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, $10, $11, $12, $13, $14, $15,"
	" $16) RETURNING id"
};
static const struct db_stmt ADD_SUBJECT = {
	"attachment_add_subject", "ii",
	"INSERT INTO attachment_subject (attachment_id, presence_id) VALUES ($1, $2)"
	" ON CONFLICT (attachment_id, presence_id) DO NOTHING"
};
/* number 0: all of the record. */
static const struct db_stmt DOOMED = {
	"attachment_doomed", "iii",
	"SELECT id, key_id FROM attachment WHERE owner_kind = $1 AND owner_id = $2"
	" AND ($3 = 0 OR number = $3) ORDER BY id LIMIT 50"
};
static const struct db_stmt DROP = { "attachment_drop", "i",
	                             "DELETE FROM attachment WHERE id = $1" };
static const struct db_stmt NAMED = { "attachment_named", "b",
	                              "SELECT id FROM attachment WHERE uuid = $1" };

static const struct db_stmt ABOUT = {
	"attachments_about", "i",
	"SELECT a.id, a.key_id, a.owner_kind FROM attachment_subject s JOIN attachment a"
	" ON a.id = s.attachment_id WHERE s.presence_id = $1 ORDER BY a.id LIMIT 50"
};
static const struct db_stmt SET_APART = {
	"attachment_set_apart", "ii",
	"UPDATE attachment SET owner_kind = $2, owner_id = id WHERE id = $1"
};

const struct db_stmt *const attachment_statements[] = { &LIST,  &LOAD,        &SUBJECTS,  &LAST,
	                                                &ADD,   &ADD_SUBJECT, &DOOMED,    &DROP,
	                                                &NAMED, &ABOUT,       &SET_APART, NULL };

/* ---- reading ------------------------------------------------------------------------------------ */

struct sealed_row {
	struct attachment attachment;
	const uint8_t *name, *digest;
	size_t name_len, digest_len;
};

static void read_row(const struct db_rows *rows, struct arena *a, struct sealed_row *ret)
{
	*ret = (struct sealed_row){ .attachment = {
					.id = db_int(rows, 0),
					.number = db_int(rows, 2),
					.kind = (int)db_int(rows, 3),
					.media = (int)db_int(rows, 4),
					.category = (int)db_int(rows, 5),
					.source_participant_id = db_int(rows, 6),
					.source = db_text(rows, 7, a),
					.bytes = db_int(rows, 8),
					.key_id = db_int(rows, 9),
					.added_at = db_int(rows, 12),
				    } };
	ret->attachment.uuid = uuid_stored(rows, 1);
	ret->name = db_bytes(rows, 10, a, &ret->name_len);
	ret->digest = db_bytes(rows, 11, a, &ret->digest_len);
}

static enum status read_rows(struct db_read *r, const struct db_stmt *s,
                             const struct db_value *args, struct arena *a, struct array *ret,
                             struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct sealed_row *list = ARENA_ARRAY(a, struct sealed_row, ATTACHMENTS_MAX);
	size_t count = 0;

	enum status st = db_query(r, s, args, &rows, reterr);
	if (st != OK)
		return st;
	while (count < ATTACHMENTS_MAX && db_next(&rows))
		read_row(&rows, a, &list[count++]);
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

static struct seal_place place_of(const struct attachment *what, const char *column)
{
	return (struct seal_place){ .table = "attachment",
		                    .column = column,
		                    .id = uuid_number(&what->uuid),
		                    .category = what->category,
		                    .source = what->source_participant_id };
}

/* ERR_NOT_FOUND: forgotten. */
static enum status open_row(struct db_read *r, struct keyring *k, struct sealed_row *row,
                            struct arena *a, struct error *reterr)
{
	const struct seal_place name = place_of(&row->attachment, "name");
	const struct seal_place digest = place_of(&row->attachment, "digest");
	struct seal_key key;
	size_t len = 0;

	enum status st = key_load(r, k, row->attachment.key_id, KEY_ATTACHMENT, &key, reterr);
	if (st != OK)
		return st;
	st = seal_open(&key, &name, row->name, row->name_len, a, &row->attachment.name, &len,
	               reterr);
	if (st == OK)
		st = seal_open(&key, &digest, row->digest, row->digest_len, a,
		               &row->attachment.sha256, &len, reterr);
	seal_key_wipe(&key);
	return st;
}

struct link {
	int64_t attachment_id, number;
};

static enum status read_links(struct db_read *r, const struct attachment_owner *owner,
                              struct arena *a, struct array *ret, struct error *reterr)
{
	enum { MAX = 5000 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct link *list = ARENA_ARRAY(a, struct link, MAX);
	size_t count = 0;

	enum status st =
	    db_query(r, &SUBJECTS, DB_ARGS(DB_INT(owner->kind), DB_INT(owner->id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < MAX && db_next(&rows))
		list[count++] = (struct link){ db_int(&rows, 0), db_int(&rows, 1) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

static void take_links(const struct array *links, struct arena *a, struct attachment *what)
{
	const struct link *link = links->items;
	int64_t *numbers = ARENA_ARRAY(a, int64_t, links->count + 1);
	size_t count = 0;

	for (size_t i = 0; i < links->count; i++)
		if (link[i].attachment_id == what->id)
			numbers[count++] = link[i].number;
	what->presences = (struct array){ numbers, count };
}

enum status attachment_list(struct db_read *r, struct keyring *k,
                            const struct attachment_owner *owner, struct arena *a,
                            struct array *ret, struct error *reterr)
{
	struct array rows = { 0 }, links = { 0 };
	enum status st =
	    read_rows(r, &LIST, DB_ARGS(DB_INT(owner->kind), DB_INT(owner->id)), a, &rows, reterr);

	if (st == OK && rows.count > 0)
		st = read_links(r, owner, a, &links, reterr);
	struct sealed_row *from = rows.items;
	struct attachment *to = ARENA_ARRAY(a, struct attachment, rows.count + 1);
	size_t count = 0;
	for (size_t i = 0; st == OK && i < rows.count; i++) {
		st = open_row(r, k, &from[i], a, reterr);
		if (st == ERR_NOT_FOUND) { /* forgotten: as if it had never been there */
			st = OK;
			continue;
		}
		take_links(&links, a, &from[i].attachment);
		to[count++] = from[i].attachment;
	}
	*ret = (struct array){ to, count };
	return st;
}

enum status attachment_load(struct db_read *r, struct keyring *k,
                            const struct attachment_owner *owner, int64_t number, struct arena *a,
                            struct attachment *ret, struct error *reterr)
{
	struct array rows = { 0 };
	enum status st =
	    read_rows(r, &LOAD, DB_ARGS(DB_INT(owner->kind), DB_INT(owner->id), DB_INT(number)), a,
	              &rows, reterr);

	if (st == OK && rows.count == 0)
		return FAIL_NOT_FOUND(reterr);
	struct sealed_row *row = rows.items;
	if (st == OK)
		st = open_row(r, k, row, a, reterr);
	if (st == OK)
		*ret = row->attachment;
	return st;
}

enum status attachment_open(struct db_read *r, struct keyring *k, const char *folder,
                            const struct attachment *what, struct arena *a,
                            struct sealed_reader **ret, struct error *reterr)
{
	const struct sealed_name name = { folder, what->uuid };
	struct seal_key key;

	enum status st = key_load(r, k, what->key_id, KEY_ATTACHMENT, &key, reterr);
	if (st != OK)
		return st;
	st = sealed_file_open(&name, &key, what->bytes, a, ret, reterr);
	seal_key_wipe(&key);
	return st;
}

/* ---- adding -------------------------------------------------------------------------------------- */

static enum status next_number(struct db_tx *tx, const struct attachment_owner *owner, int64_t *ret,
                               struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(db_tx_read(tx), &LAST,
	                          DB_ARGS(DB_INT(owner->kind), DB_INT(owner->id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	if (db_int(&row, 0) >= ATTACHMENTS_MAX)
		return FAIL(reterr, ERR_LIMIT,
		            "Er zijn al 50 bijlagen. Haal er eerst een weg die u kunt missen.");
	*ret = db_int(&row, 1) + 1;
	return OK;
}

static enum status insert(struct db_tx *tx, const struct attachment_adding *in, int64_t number,
                          int64_t *ret_id, struct error *reterr)
{
	const struct sealed_attachment *w = in->what;

	return db_insert(tx, &ADD,
	                 DB_ARGS(DB_BYTES(w->uuid.bytes, UUID_BYTES), DB_INT(in->owner.kind),
	                         DB_INT(in->owner.id), DB_INT(number), DB_INT(w->kind),
	                         DB_INT(w->media), DB_INT(w->category),
	                         DB_INT(w->source_participant_id),
	                         in->organ_id != 0 ? DB_INT(in->organ_id) : DB_NULL,
	                         DB_INT(in->task), DB_INT(w->bytes), DB_INT(w->key.id),
	                         DB_BYTES(w->name, w->name_len), DB_BYTES(w->digest, w->digest_len),
	                         DB_INT(in->appointment_id), DB_INT(in->now_ms)),
	                 ret_id, reterr);
}

enum status attachment_add(struct db_tx *tx, const struct attachment_adding *in,
                           struct error *reterr)
{
	int64_t number = 0, id = 0;

	enum status st = next_number(tx, &in->owner, &number, reterr);
	if (st == OK)
		st = key_store(tx, &in->what->key, reterr);
	if (st == OK)
		st = insert(tx, in, number, &id, reterr);
	for (size_t i = 0; st == OK && i < in->presence_count; i++)
		st = db_exec(tx, &ADD_SUBJECT, DB_ARGS(DB_INT(id), DB_INT(in->presence_ids[i])),
		             NULL, reterr);
	return st == OK ? search_changed(tx, OBJECT_ATTACHMENT, id, reterr) : st;
}

/* ---- forgetting ------------------------------------------------------------------------------------ */

struct doomed {
	int64_t id, key_id;
};

static enum status find_doomed(struct db_tx *tx, const struct attachment_owner *owner,
                               int64_t number, struct doomed ret[ATTACHMENTS_MAX],
                               size_t *ret_count, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st = db_query(db_tx_read(tx), &DOOMED,
	                          DB_ARGS(DB_INT(owner->kind), DB_INT(owner->id), DB_INT(number)),
	                          &rows, reterr);

	if (st != OK)
		return st;
	while (*ret_count < ATTACHMENTS_MAX && db_next(&rows))
		ret[(*ret_count)++] = (struct doomed){ db_int(&rows, 0), db_int(&rows, 1) };
	return db_rows_end(&rows, reterr);
}

static enum status destroy(struct db_tx *tx, const struct doomed *d, struct error *reterr)
{
	enum status st = db_exec(tx, &DROP, DB_ARGS(DB_INT(d->id)), NULL, reterr);

	if (st == OK)
		st = search_drop(tx, OBJECT_ATTACHMENT, d->id, reterr);
	if (st == OK)
		st = key_destroy(tx, d->key_id, reterr);
	return st == ERR_NOT_FOUND ? OK : st;
}

static enum status destroy_some(struct db_tx *tx, const struct attachment_owner *owner,
                                int64_t number, size_t *ret_count, struct error *reterr)
{
	struct doomed doomed[ATTACHMENTS_MAX];

	*ret_count = 0;
	enum status st = find_doomed(tx, owner, number, doomed, ret_count, reterr);
	for (size_t i = 0; st == OK && i < *ret_count; i++)
		st = destroy(tx, &doomed[i], reterr);
	return st;
}

enum status attachment_remove(struct db_tx *tx, const struct attachment_owner *owner,
                              int64_t number, struct error *reterr)
{
	size_t count = 0;

	if (number <= 0)
		return FAIL_NOT_FOUND(reterr);
	enum status st = destroy_some(tx, owner, number, &count, reterr);
	return st == OK && count == 0 ? FAIL_NOT_FOUND(reterr) : st;
}

enum status attachments_destroy(struct db_tx *tx, const struct attachment_owner *owner,
                                struct error *reterr)
{
	size_t count = 0;
	return destroy_some(tx, owner, 0, &count, reterr);
}

struct about {
	struct doomed file;
	int64_t owner_kind;
};

static enum status find_about(struct db_read *r, int64_t presence_id,
                              struct about ret[ATTACHMENTS_MAX], size_t *ret_count,
                              struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const enum status st = db_query(r, &ABOUT, DB_ARGS(DB_INT(presence_id)), &rows, reterr);

	*ret_count = 0;
	if (st != OK)
		return st;
	while (*ret_count < ATTACHMENTS_MAX && db_next(&rows))
		ret[(*ret_count)++] =
		    (struct about){ { db_int(&rows, 0), db_int(&rows, 1) }, db_int(&rows, 2) };
	return db_rows_end(&rows, reterr);
}

enum status attachments_about(struct db_read *r, int64_t presence_id, struct arena *a,
                              struct array *ret, struct error *reterr)
{
	struct about found[ATTACHMENTS_MAX];
	size_t count = 0;
	const enum status st = find_about(r, presence_id, found, &count, reterr);

	int64_t *ids = ARENA_ARRAY(a, int64_t, count + 1);
	for (size_t i = 0; i < count; i++)
		ids[i] = found[i].file.id;
	*ret = (struct array){ ids, count };
	return st;
}

enum status attachment_set_apart(struct db_tx *tx, int64_t id, struct error *reterr)
{
	const enum status st =
	    db_exec(tx, &SET_APART, DB_ARGS(DB_INT(id), DB_INT(OBJECT_HOLD)), NULL, reterr);
	return st == OK ? search_drop(tx, OBJECT_ATTACHMENT, id, reterr) : st;
}

enum status attachments_forget_presence(struct db_tx *tx, int64_t presence_id, struct error *reterr)
{
	struct about found[ATTACHMENTS_MAX];
	size_t count = 0;
	enum status st = find_about(db_tx_read(tx), presence_id, found, &count, reterr);

	for (size_t i = 0; st == OK && i < count; i++)
		if (found[i].owner_kind != OBJECT_HOLD)
			st = destroy(tx, &found[i].file, reterr);
	return st;
}

struct sweep {
	struct db *db;
	int64_t count;
};

static enum status is_named(struct db *db, const struct uuid *uuid, bool *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct db_read *r = NULL;

	enum status st = db_read_begin(db, &r, reterr);
	if (st == OK)
		st = db_query(r, &NAMED, DB_ARGS(DB_BYTES(uuid->bytes, UUID_BYTES)), &rows, reterr);
	*ret = st == OK && db_next(&rows);
	if (st == OK)
		st = db_rows_end(&rows, reterr);
	db_rows_close(&rows);
	db_read_end(r);
	return st;
}

static enum status sweep_one(void *context, const struct sealed_name *name, struct error *reterr)
{
	struct sweep *s = context;
	bool named = true;

	enum status st = is_named(s->db, &name->uuid, &named, reterr);
	if (st != OK || named)
		return st;
	sealed_file_remove(name);
	s->count++;
	return OK;
}

enum status attachments_sweep(struct db *db, const char *folder, int64_t now_ms, int64_t *ret_count,
                              struct error *reterr)
{
	struct sweep s = { .db = db };

	enum status st =
	    sealed_files_each(folder, now_ms - ATTACHMENT_SWEEP_AGE_MS, sweep_one, &s, reterr);
	*ret_count = s.count;
	return st;
}
