/* Files beside a signal, from the form to the bytes on disk. */
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

#include "attachments/attachment.h"
#include "client.h"
#include "house_world.h"
#include "platform/core/limits.h"
#include "platform/view/zip.h"
#include "server/rooms.h"
#include "attachments/attachment_words.h"

#define BOUNDARY "----plein-proef"
#define PDF      "%PDF-1.4 Kwartelkade, een verslag"
#define TASK     "901" /* of the executive */

struct desk {
	struct house *house;
	struct visitor *anna, *cor, *pol;
	const char *base, *path; /* "/signals/S-...", ".../attachments" */
};

static struct desk desk_of(struct house *h)
{
	struct desk d = {
		.house = h, .anna = visitor_new(h), .cor = visitor_new(h), .pol = visitor_new(h)
	};
	char ref[32] = "";

	visitor_sign_in(d.anna, house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0));
	visitor_sign_in(d.cor, house_hire(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0));
	visitor_sign_in(d.pol,
	                house_hire(h, "pol@politie.example", ROLE_SUBMITTER, h->police_organ));
	visit(d.anna, "/signals");
	visitor_send(d.anna, "/signals", "x=1");
	assert_int_equal(sscanf(d.anna->path, "/signals/%31[^/]", ref), 1);
	d.base = arena_printf(&h->arena, "/signals/%s", ref);
	d.path = arena_printf(&h->arena, "%s/attachments", d.base);
	return d;
}

static void leave(struct desk *d)
{
	visitor_free(d->anna);
	visitor_free(d->cor);
	visitor_free(d->pol);
}

/* The value of a hidden field in the form that goes to path. */
static const char *hidden(struct visitor *v, const char *path, const char *name)
{
	struct arena *a = &v->house->arena;
	const char *form = strstr(v->page, arena_printf(a, "action=\"%s\"", path));
	const char *at =
	    form != NULL ? strstr(form, arena_printf(a, "name=\"%s\" value=\"", name)) : NULL;

	if (at == NULL)
		fail_msg("no %s for %s in\n%s", name, path, v->page);
	at = strstr(at, "value=\"") + strlen("value=\"");
	return arena_strndup(a, at, strcspn(at, "\""));
}

struct file {
	const char *name, *type, *bytes;
	size_t len;
};

static size_t part(char *to, size_t at, size_t size, const char *name, const char *value)
{
	const int n =
	    snprintf(to + at, size - at,
	             "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n"
	             "%s\r\n",
	             name, value);
	assert_true(n > 0 && (size_t)n < size - at);
	return at + (size_t)n;
}

/* fields: "name=value&name=value", none encoded. */
static struct reply upload(struct desk *d, const char *fields, const struct file *f)
{
	struct visitor *v = d->anna;
	const size_t size = f->len + 8192;
	struct arena *a = &d->house->arena;

	visit(v, d->path);
	assert_int_equal(v->code, 200);
	char *body = arena_alloc(a, size);
	size_t len = part(body, 0, size, "_csrf", hidden(v, d->path, "_csrf"));
	len = part(body, len, size, "_version", hidden(v, d->path, "_version"));
	char *rest = arena_strdup(a, fields);
	for (char *item; (item = strsep(&rest, "&")) != NULL;) {
		char *equals = strchr(item, '=');
		assert_non_null(equals);
		*equals = '\0';
		len = part(body, len, size, item, equals + 1);
	}
	len += (size_t)snprintf(body + len, size - len,
	                        "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"file\"; "
	                        "filename=\"%s\"\r\nContent-Type: %s\r\n\r\n",
	                        f->name, f->type);
	memcpy(body + len, f->bytes, f->len);
	len += f->len;
	len += (size_t)snprintf(body + len, size - len, "\r\n--" BOUNDARY "--\r\n");
	const char *head = arena_printf(
	    a,
	    "POST %s HTTP/1.1\r\nHost: localhost\r\nCookie: %s\r\nOrigin: http://localhost\r\n"
	    "Content-Type: multipart/form-data; boundary=" BOUNDARY
	    "\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n",
	    d->path, v->cookies, len);
	char *all = arena_alloc(a, strlen(head) + len + 1);
	memcpy(all, head, strlen(head));
	memcpy(all + strlen(head), body, len);
	return client_ask(d->house->port, all, strlen(head) + len);
}

static void assert_upload(struct desk *d, const char *fields, const struct file *f, int code,
                          const char *says)
{
	struct reply r = upload(d, fields, f);

	if (r.code != code || (says != NULL && !reply_says(&r, says)))
		fail_msg("%d, not %d '%s':\n%s", r.code, code, says != NULL ? says : "", r.all);
	reply_free(&r);
}

static struct reply fetch(struct visitor *v, const char *path)
{
	const char *headers = arena_printf(&v->house->arena, "Cookie: %s\r\n", v->cookies);
	return client_request(v->house->port, "GET", path, headers, NULL);
}

static int64_t rows(struct desk *d, const char *sql)
{
	return store_world_number(d->house->store, sql);
}

static const struct file REPORT = { "verslag.pdf", "application/pdf", PDF, sizeof PDF - 1 };
#define REPORT_FIELDS "kind=INSPECTION_REPORT&task=" TASK

/* ---- what comes back ------------------------------------------------------------------------ */

static void a_file_comes_back_as_it_was_and_never_as_a_page(void **state)
{
	struct desk d = desk_of(*state);

	assert_upload(&d, REPORT_FIELDS, &REPORT, 303, NULL);
	visit(d.anna, d.path);
	assert_page_says(d.anna, "Controleverslag");
	assert_page_says(d.anna, "verslag.pdf");
	struct reply r = fetch(d.anna, arena_printf(&d.house->arena, "%s/1", d.path));
	assert_int_equal(r.code, 200);
	assert_int_equal(r.body_len, REPORT.len);
	assert_memory_equal(r.body, PDF, REPORT.len);
	assert_string_equal(reply_header(&r, "X-Content-Type-Options"), "nosniff");
	assert_non_null(strstr(reply_header(&r, "Content-Security-Policy"), "sandbox"));
	assert_non_null(strstr(reply_header(&r, "Content-Disposition"), "attachment; filename="));
	assert_null(strstr(reply_header(&r, "Content-Disposition"), "verslag"));
	assert_string_equal(reply_header(&r, "Cache-Control"), "no-store");
	reply_free(&r);
	assert_int_equal(rows(&d, "SELECT count(*) FROM audit_event WHERE action = 108"), 1);
	leave(&d);
}

/* The largest waits on disk until it is sealed. */
static void a_file_of_many_pieces_comes_back_whole(void **state)
{
	static const size_t LENS[] = { 3 * 65536 + 17, LIMIT_BODY_BYTES + 2 * 65536 };
	struct desk d = desk_of(*state);

	for (int number = 1; number <= 2; number++) {
		const size_t len = LENS[number - 1];
		char *bytes = malloc(len);
		assert_non_null(bytes);
		for (size_t i = 0; i < len; i++)
			bytes[i] = (char)(i * 7 + i / 251);
		memcpy(bytes, "\x89PNG\r\n\x1a\n", 8);
		const struct file f = { "plattegrond.png", "image/png", bytes, len };
		assert_upload(&d, "kind=FLOOR_PLAN&task=" TASK, &f, 303, NULL);
		struct reply r =
		    fetch(d.anna, arena_printf(&d.house->arena, "%s/%d", d.path, number));
		assert_int_equal(r.code, 200);
		assert_int_equal(r.body_len, len);
		assert_memory_equal(r.body, bytes, len);
		reply_free(&r);
		free(bytes);
	}
	leave(&d);
}

static void who_is_not_in_the_signal_finds_neither_list_nor_file(void **state)
{
	struct desk d = desk_of(*state);
	struct arena *a = &d.house->arena;

	assert_upload(&d, REPORT_FIELDS, &REPORT, 303, NULL);
	static const char *const RESTS[] = { "/attachments", "/attachments/1", "/attachments/9" };
	for (size_t i = 0; i < 3; i++) {
		struct reply hidden_one = fetch(d.pol, arena_printf(a, "%s%s", d.base, RESTS[i]));
		struct reply absent =
		    fetch(d.pol, arena_printf(a, "/signals/S-2026-00000%s", RESTS[i]));
		assert_int_equal(hidden_one.code, 404);
		assert_int_equal(absent.code, 404);
		assert_int_equal(hidden_one.body_len, absent.body_len);
		reply_free(&hidden_one);
		reply_free(&absent);
	}
	leave(&d);
}

/* ---- what is refused -------------------------------------------------------------------------- */

static void a_file_whose_type_lies_is_refused_and_nothing_is_kept(void **state)
{
	struct desk d = desk_of(*state);
	static const struct file LIES[] = {
		{ "verslag.pdf", "application/pdf", "MZ\x90", 3 },
		{ "foto.jpg", "image/jpeg", "<script>alert(1)</script>", 25 },
		{ "verslag.txt", "text/plain", "%PDF-1.4", 8 },
		{ "verslag.pdf", "image/png", "%PDF-1.4", 8 },
	};

	for (size_t i = 0; i < sizeof LIES / sizeof LIES[0]; i++)
		assert_upload(&d, REPORT_FIELDS, &LIES[i], 400,
		              "zegt iets anders dan wat erin zit");
	const struct file page = { "pagina.html", "text/html", "<html>", 6 };
	assert_upload(&d, REPORT_FIELDS, &page, 400, "nemen wij niet aan");
	const struct file empty = { "leeg.pdf", "application/pdf", "", 0 };
	assert_upload(&d, REPORT_FIELDS, &empty, 400, "leeg");
	assert_int_equal(rows(&d, "SELECT count(*) FROM attachment"), 0);
	leave(&d);
}

static void what_may_not_be_in_a_signal_is_refused_by_what_it_is(void **state)
{
	struct desk d = desk_of(*state);

	assert_upload(&d, "kind=BIBOB_ADVICE&task=" TASK, &REPORT, 400,
	              "Een Bibob-advies blijft buiten Plein");
	assert_upload(&d, "kind=PERSON_PHOTO&task=" TASK, &REPORT, 400, "Foto&#39;s van personen");
	assert_upload(&d, "kind=ID_COPY&task=" TASK, &REPORT, 400, "foto en BSN");
	assert_upload(&d, "kind=JUDGMENT&task=" TASK, &REPORT, 400, "alleen van het OM");
	assert_upload(&d, "kind=INVESTIGATION_FILE&task=" TASK, &REPORT, 400, "alleen van politie");
	assert_upload(&d, "kind=MIXED&task=" TASK, &REPORT, 400, "Wat voor gegeven is dit?");
	assert_upload(&d, "kind=INSPECTION_REPORT", &REPORT, 400, "Uit welke taak");
	assert_int_equal(rows(&d, "SELECT count(*) FROM attachment"), 0);
	leave(&d);
}

static enum status submit_run(struct db_tx *tx, void *args, struct error *reterr)
{
	static const struct db_stmt SUBMIT = { "test_submit", "i", "UPDATE signal SET state = $1" };
	static const struct db_stmt SHOW = {
		"test_show", "i",
		"INSERT INTO signal_audience (audience_id, at, id, state, theme, line,"
		" municipality_id, participant_id) SELECT $1, 1, id, 2, 0, 0, 0, participant_id"
		" FROM signal"
	};
	const struct db_value *head = DB_ARGS(DB_INT(audience_of(AUDIENCE_ROLE, ROLE_RIEC_HEAD)));

	(void)args;
	enum status st = db_exec(tx, &SUBMIT, DB_ARGS(DB_INT(2)), NULL, reterr);
	return st == OK ? db_exec(tx, &SHOW, head, NULL, reterr) : st;
}

static void tax_papers_come_in_only_as_the_minimum_and_not_for_every_reader(void **state)
{
	struct desk d = desk_of(*state);
	struct visitor *head = visitor_new(d.house);

	assert_upload(&d, "kind=WOZ_DECISION&task=" TASK, &REPORT, 400, "Alleen als dit nodig is");
	assert_upload(&d, "kind=WOZ_DECISION&minimum=on&task=" TASK, &REPORT, 303, NULL);
	assert_upload(&d, REPORT_FIELDS, &REPORT, 303, NULL);
	/* submitted without the form's other steps: what it asks is tested elsewhere */
	store_world_run(d.house->store, submit_run, NULL);
	visitor_sign_in(head, house_hire(d.house, "hoofd@riec.example", ROLE_RIEC_HEAD, 0));
	visit(head, d.path);
	assert_int_equal(head->code, 200);
	assert_page_says(head, "Controleverslag");
	assert_false(page_says(head, "WOZ-beschikking"));
	struct reply r = fetch(head, arena_printf(&d.house->arena, "%s/1", d.path));
	assert_int_equal(r.code, 404);
	reply_free(&r);
	visitor_free(head);
	leave(&d);
}

/* ---- finding it by its words ---------------------------------------------------------------------- */

static void feed_search(struct desk *d)
{
	struct error e = { 0 };
	bool more = true;

	while (more)
		assert_int_equal(search_feed_step(&d->house->plein, SEARCH_FEEDS, &more, &e), OK);
}

/* Does this word lead him to the file with this number? */
static bool word_leads(struct desk *d, struct visitor *v, const char *word, int number)
{
	visit(v, "/search");
	visitor_send(v, "/search", arena_printf(&d->house->arena, "q=%s", word));
	assert_int_equal(v->code, 200);
	return page_says(v, arena_printf(&d->house->arena, "\"%s/%d\"", d->path, number));
}

/* A document of an office: one part of a ZIP. */
static struct file office(struct desk *d, const char *name, const char *type, const char *part_name,
                          const char *xml)
{
	static const char ODT[] = "application/vnd.oasis.opendocument.text";
	struct out o;
	struct zip z;

	out_init(&o, 1 << 20);
	zip_begin(&z, &o);
	if (strcmp(part_name, "content.xml") == 0)
		zip_add(&z, "mimetype", ODT, strlen(ODT));
	else
		zip_add(&z, "[Content_Types].xml", "<x/>", 4);
	zip_add(&z, part_name, xml, strlen(xml));
	zip_end(&z);
	char *bytes = arena_alloc(&d->house->arena, o.len);
	memcpy(bytes, o.data, o.len);
	const struct file f = { name, type, bytes, o.len };
	out_free(&o);
	return f;
}

static void the_words_in_a_file_lead_to_it_for_who_sees_it(void **state)
{
	struct desk d = desk_of(*state);
	const struct file latin = { "notitie.txt", "text/plain", "Caf\xe9 de Vuurtoren", 17 };
	const struct file csv = { "lijst.csv", "text/csv", "naam;plaats\nwatermolen;x\n", 25 };
	const struct file docx =
	    office(&d, "brief.docx",
	           "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	           "word/document.xml",
	           "<w:d xmlns:w='w'><w:p><w:r><w:t>wind</w:t></w:r><w:r><w:t>molen</w:t></w:r>"
	           "</w:p><w:p><w:instrText>verborgen</w:instrText></w:p></w:d>");
	const struct file odt =
	    office(&d, "verslag.odt", "application/vnd.oasis.opendocument.text", "content.xml",
	           "<o:doc xmlns:o='o' xmlns:t='t'><o:body><t:p>De "
	           "<t:span>zee</t:span>sluis</t:p></o:body></o:doc>");

	static const char LETTER[] =
	    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
	    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
	    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources"
	    "<</Font<</F1 5 0 R>>>>>>endobj\n4 0 obj<<>>stream\n"
	    "BT /F1 18 Tf 20 100 Td (De lichtboei) Tj ET\nendstream endobj\n"
	    "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 "
	    "R>>\n";
	const struct file pdf = { "besluit.pdf", "application/pdf", LETTER, sizeof LETTER - 1 };

	assert_upload(&d, REPORT_FIELDS, &latin, 303, NULL);
	assert_upload(&d, REPORT_FIELDS, &csv, 303, NULL);
	assert_upload(&d, REPORT_FIELDS, &docx, 303, NULL);
	assert_upload(&d, REPORT_FIELDS, &odt, 303, NULL);
	assert_upload(&d, REPORT_FIELDS, &pdf, 303, NULL);
	feed_search(&d);
	assert_true(word_leads(&d, d.anna, "lichtboei", 5));
	assert_false(word_leads(&d, d.pol, "lichtboei", 5));
	assert_true(word_leads(&d, d.anna, "caf%C3%A9", 1));
	assert_true(word_leads(&d, d.anna, "watermolen", 2));
	assert_true(word_leads(&d, d.anna, "windmolen", 3));
	assert_false(word_leads(&d, d.anna, "verborgen", 3));
	assert_true(word_leads(&d, d.anna, "zeesluis", 4));
	assert_true(word_leads(&d, d.anna, "brief", 3)); /* its name */
	assert_false(word_leads(&d, d.pol, "zeesluis", 4));
	assert_false(word_leads(&d, d.cor, "zeesluis", 4)); /* a draft is not his yet */
	visit(d.anna, d.path);
	visitor_send(d.anna, arena_printf(&d.house->arena, "%s/4/remove", d.path), "x=1");
	assert_false(word_leads(&d, d.anna, "zeesluis", 4)); /* at once */
	leave(&d);
}

static enum status queue_run(struct db_tx *tx, void *args, struct error *reterr)
{
	(void)args;
	return db_exec(tx, &ATTACHMENT_QUEUE_ALL, DB_NO_ARGS, NULL, reterr);
}

static void
who_reads_it_is_followed_and_a_heavy_file_is_found_by_no_reader_of_the_region(void **state)
{
	struct desk d = desk_of(*state);
	struct visitor *head = visitor_new(d.house);
	const struct file tax = { "woz.txt", "text/plain", "De vuurtoren", 12 };
	const struct file plain = { "verslag.txt", "text/plain", "De watertoren", 13 };

	visitor_sign_in(head, house_hire(d.house, "hoofd@riec.example", ROLE_RIEC_HEAD, 0));
	assert_upload(&d, "kind=WOZ_DECISION&minimum=on&task=" TASK, &tax, 303, NULL);
	assert_upload(&d, REPORT_FIELDS, &plain, 303, NULL);
	feed_search(&d);
	assert_false(word_leads(&d, head, "watertoren", 2));
	store_world_run(d.house->store, submit_run, NULL);
	store_world_run(d.house->store, queue_run, NULL);
	feed_search(&d);
	assert_true(word_leads(&d, head, "watertoren", 2));
	assert_false(word_leads(&d, head, "vuurtoren", 1));
	assert_int_equal(rows(&d, "SELECT count(*) FROM index_waiting"), 0);
	visitor_free(head);
	leave(&d);
}

/* ---- on disk ------------------------------------------------------------------------------------ */

/* How many files lie in DATA/files, and whether one of them holds this text. */
static int files_on_disk(struct house *h, const char *text, bool *ret_found)
{
	int count = 0;

	*ret_found = false;
	for (unsigned i = 0; i < 256; i++) {
		const char *folder = arena_printf(&h->arena, "%s/%02x", h->plein.files, i);
		DIR *dir = opendir(folder);
		for (struct dirent *e; dir != NULL && (e = readdir(dir)) != NULL;) {
			if (e->d_name[0] == '.')
				continue;
			char bytes[65536 + 64];
			FILE *f = fopen(arena_printf(&h->arena, "%s/%s", folder, e->d_name), "r");
			assert_non_null(f);
			const size_t len = fread(bytes, 1, sizeof bytes, f);
			*ret_found = *ret_found || memmem(bytes, len, text, strlen(text)) != NULL;
			(void)fclose(f);
			count++;
		}
		if (dir != NULL)
			(void)closedir(dir);
	}
	return count;
}

static const char *the_file(struct house *h)
{
	for (unsigned i = 0; i < 256; i++) {
		const char *folder = arena_printf(&h->arena, "%s/%02x", h->plein.files, i);
		DIR *dir = opendir(folder);
		for (struct dirent *e; dir != NULL && (e = readdir(dir)) != NULL;)
			if (e->d_name[0] != '.') {
				const char *path =
				    arena_printf(&h->arena, "%s/%s", folder, e->d_name);
				(void)closedir(dir);
				return path;
			}
		if (dir != NULL)
			(void)closedir(dir);
	}
	fail_msg("there is no file");
	return NULL;
}

static void on_disk_stands_no_byte_of_it_and_a_changed_byte_is_noticed(void **state)
{
	struct desk d = desk_of(*state);
	bool found = true;

	assert_upload(&d, REPORT_FIELDS, &REPORT, 303, NULL);
	assert_int_equal(files_on_disk(d.house, "Kwartelkade", &found), 1);
	assert_false(found);
	const int fd = open(the_file(d.house), O_RDWR);
	char byte = 0;
	assert_int_equal(pread(fd, &byte, 1, 40), 1);
	byte ^= 1;
	assert_int_equal(pwrite(fd, &byte, 1, 40), 1);
	(void)close(fd);
	struct reply r = fetch(d.anna, arena_printf(&d.house->arena, "%s/1", d.path));
	assert_int_equal(r.code, 500);
	assert_false(reply_says(&r, "Kwartelkade"));
	reply_free(&r);
	leave(&d);
}

static void a_removed_file_opens_for_nobody_and_its_bytes_go_within_a_day(void **state)
{
	struct desk d = desk_of(*state);
	const char *remove = arena_printf(&d.house->arena, "%s/1/remove", d.path);
	struct error e = { 0 };
	int64_t count = 0;
	bool found;

	assert_upload(&d, REPORT_FIELDS, &REPORT, 303, NULL);
	assert_upload(&d, REPORT_FIELDS, &REPORT, 303, NULL);
	visit(d.anna, d.path);
	visitor_send(d.anna, remove, "x=1");
	assert_page_says(d.anna, "Weggehaald");
	struct reply r = fetch(d.anna, arena_printf(&d.house->arena, "%s/1", d.path));
	assert_int_equal(r.code, 404);
	reply_free(&r);
	assert_int_equal(rows(&d, "SELECT count(*) FROM sealed_key WHERE kind = 3"), 1);
	/* written now, so young: it stays, in case its job still runs */
	assert_int_equal(attachments_sweep(d.house->plein.db, d.house->plein.files, 0, &count, &e),
	                 OK);
	assert_int_equal(count, 0);
	const int64_t far = INT64_C(32503680000000); /* the year 3000, whatever the machine says */
	assert_int_equal(
	    attachments_sweep(d.house->plein.db, d.house->plein.files, far, &count, &e), OK);
	assert_int_equal(count, 1);
	assert_int_equal(files_on_disk(d.house, "x", &found), 1);
	r = fetch(d.anna, arena_printf(&d.house->arena, "%s/2", d.path));
	assert_int_equal(r.code, 200);
	reply_free(&r);
	leave(&d);
}

/* ---- clamd --------------------------------------------------------------------------------------- */

struct scanner {
	int listener;
	pthread_t thread;
	char path[128];
};

/* Speaks INSTREAM as clamd does; finds what holds "EICAR". */
static void serve_one(int fd)
{
	char all[65536];
	size_t len = 0;

	for (ssize_t n; len < sizeof all - 1; len += (size_t)n) {
		n = recv(fd, all + len, sizeof all - 1 - len, 0);
		if (n <= 0 || memcmp(all + len + n - 4, "\0\0\0\0", 4) == 0) {
			len += n > 0 ? (size_t)n : 0;
			break;
		}
	}
	const bool asked = len > 10 && memcmp(all, "zINSTREAM", 10) == 0;
	const char *reply = !asked                                 ? "UNKNOWN COMMAND"
	                    : memmem(all, len, "EICAR", 5) != NULL ? "stream: Proef.EICAR FOUND"
	                                                           : "stream: OK";
	(void)send(fd, reply, strlen(reply) + 1, MSG_NOSIGNAL);
}

static void *scan(void *arg)
{
	const struct scanner *s = arg;

	for (int fd; (fd = accept(s->listener, NULL, NULL)) >= 0;) {
		serve_one(fd);
		(void)close(fd);
	}
	return NULL;
}

static void scanner_start(struct scanner *s, struct house *h)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };

	(void)snprintf(s->path, sizeof s->path, "%s/clamd.sock", h->keys);
	memcpy(at.sun_path, s->path, strlen(s->path) + 1);
	s->listener = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_int_equal(bind(s->listener, (struct sockaddr *)&at, sizeof at), 0);
	assert_int_equal(listen(s->listener, 4), 0);
	assert_int_equal(pthread_create(&s->thread, NULL, scan, s), 0);
	h->plein.clamd = s->path;
}

static void scanner_stop(struct scanner *s)
{
	(void)shutdown(s->listener, SHUT_RDWR);
	(void)pthread_join(s->thread, NULL);
	(void)close(s->listener);
}

static void a_virus_is_refused_and_without_the_scanner_nothing_comes_in(void **state)
{
	struct desk d = desk_of(*state);
	struct scanner s;
	const struct file sick = { "ziek.pdf", "application/pdf", "%PDF-1.4 EICAR", 14 };

	scanner_start(&s, d.house);
	assert_upload(&d, REPORT_FIELDS, &sick, 400, "In dit bestand zit een virus");
	assert_upload(&d, REPORT_FIELDS, &REPORT, 303, NULL);
	scanner_stop(&s);
	assert_upload(&d, REPORT_FIELDS, &REPORT, 503, "De viruscontrole werkt nu niet");
	assert_int_equal(rows(&d, "SELECT count(*) FROM attachment"), 1);
	leave(&d);
}

static void a_file_names_whom_it_is_about_until_that_one_goes(void **state)
{
	struct desk d = desk_of(*state);
	const char *subjects = arena_printf(&d.house->arena, "%s/edit/subjects", d.base);

	visit(d.anna, subjects);
	visitor_send(d.anna, subjects, "kind=VEHICLE&role=MAIN&plate=12-ZZZ-3");
	assert_upload(&d, REPORT_FIELDS "&subjects[0].number=1", &REPORT, 303, NULL);
	visit(d.anna, d.path);
	assert_page_says(d.anna, "Voertuig of vaartuig: 12-ZZZ-3</dd>");
	visit(d.anna, subjects);
	visitor_send(d.anna, arena_printf(&d.house->arena, "%s/subjects/1/remove", d.base), "x=1");
	assert_int_equal(rows(&d, "SELECT count(*) FROM attachment_subject"), 0);
	visit(d.anna, d.path);
	assert_page_says(d.anna, "Controleverslag");
	assert_false(page_says(d.anna, "12-ZZZ-3"));
	leave(&d);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_file_comes_back_as_it_was_and_never_as_a_page),
		TEST(a_file_of_many_pieces_comes_back_whole),
		TEST(who_is_not_in_the_signal_finds_neither_list_nor_file),
		TEST(a_file_whose_type_lies_is_refused_and_nothing_is_kept),
		TEST(what_may_not_be_in_a_signal_is_refused_by_what_it_is),
		TEST(tax_papers_come_in_only_as_the_minimum_and_not_for_every_reader),
		TEST(the_words_in_a_file_lead_to_it_for_who_sees_it),
		TEST(who_reads_it_is_followed_and_a_heavy_file_is_found_by_no_reader_of_the_region),
		TEST(on_disk_stands_no_byte_of_it_and_a_changed_byte_is_noticed),
		TEST(a_removed_file_opens_for_nobody_and_its_bytes_go_within_a_day),
		TEST(a_virus_is_refused_and_without_the_scanner_nothing_comes_in),
		TEST(a_file_names_whom_it_is_about_until_that_one_goes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
