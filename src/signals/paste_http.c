/*
 * A pasted mail or story: what is found in it by rule (decisions 1.11), ticked by the writer, becomes
 * a draft. Nothing is kept before that: the text travels with the form, and the same text gives the
 * same finds.
 */
#include "signals/paste_http.h"

#include "access/access.h"
#include "audit/action.h"
#include "law/law.h"
#include "law/read_prose.h"
#include "platform/core/calendar.h"
#include "plein/plein.h"
#include "signals/whole.h"

enum { TEXT_CHARS = 20000, PROPOSALS_MAX = 60 };

struct take {
	int64_t index;
};
struct paste_input {
	const char *text;
	struct array take; /* of struct take: the finds that were ticked */
};
static const struct field TAKE_FIELDS[] = { { .path = "index",
	                                      .kind = FIELD_INT,
	                                      .offset = offsetof(struct take, index),
	                                      .label = "Vondst" } };
static const struct form TAKE_FORM = { TAKE_FIELDS, 1, sizeof(struct take) };
static const struct field FIELDS[] = {
	{ .path = "text",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct paste_input, text),
	  .label = "Uw mail of verhaal",
	  .required = true,
	  .missing = "Plak eerst een tekst.",
	  .max_chars = TEXT_CHARS },
	{ .path = "take",
	  .kind = FIELD_LIST,
	  .offset = offsetof(struct paste_input, take),
	  .label = "Wat u overneemt",
	  .element = &TAKE_FORM },
};
static const struct form PASTE_FORM = { FIELDS, sizeof FIELDS / sizeof FIELDS[0],
	                                sizeof(struct paste_input) };

/* ---- what a find can become ------------------------------------------------------------------- */

static const struct becomes {
	enum law_find_kind find;
	enum subject_kind kind; /* 0: no subject */
	enum fact_kind fact;
	const char *what;
} BECOMES[] = {
	{ FIND_BSN, SUBJECT_PERSON, FACT_BSN, "Persoon met dit BSN" },
	{ FIND_NAME, SUBJECT_PERSON, FACT_FAMILY_NAME, "Persoon" },
	{ FIND_KVK, SUBJECT_ORGANISATION, FACT_KVK, "Bedrijf met dit KvK-nummer" },
	{ FIND_RSIN, SUBJECT_ORGANISATION, FACT_RSIN, "Organisatie met dit RSIN" },
	{ FIND_ADDRESS, SUBJECT_PLACE, FACT_STREET, "Adres" },
	{ FIND_POSTCODE, SUBJECT_PLACE, FACT_POSTCODE, "Adres met deze postcode" },
	{ FIND_BAG_ID, SUBJECT_PLACE, FACT_BAG_ID, "Pand met dit BAG-nummer" },
	{ FIND_PLATE, SUBJECT_VEHICLE, FACT_PLATE, "Voertuig" },
	{ FIND_PHONE, SUBJECT_PHONE, FACT_PHONE_NUMBER, "Telefoonnummer" },
	{ FIND_IBAN, SUBJECT_ACCOUNT, FACT_IBAN, "Rekening" },
	{ FIND_DATE, 0, 0, "Dag waarop het gezien is" },
};

static const struct becomes *becomes_of(const struct law_find *f)
{
	if (f->level == CHECK_ERROR)
		return NULL;
	for (size_t i = 0; i < sizeof BECOMES / sizeof BECOMES[0]; i++)
		if (BECOMES[i].find == f->kind)
			return &BECOMES[i];
	return NULL;
}

static const char *words_of(struct arena *a, const char *text, const struct law_find *f)
{
	return arena_strndup(a, text + f->start, f->length);
}

/* "Dorpsstraat 12 a" into street and number: the number begins at the last word with a digit in
 * front. */
static void take_address(struct arena *a, const char *words, struct subject_input *s)
{
	const char *number = NULL;

	for (const char *p = words; *p != '\0'; p++)
		if (*p == ' ' && p[1] >= '0' && p[1] <= '9')
			number = p;
	s->street = number != NULL ? arena_strndup(a, words, (size_t)(number - words)) : words;
	s->house_number = number != NULL ? number + 1 : "";
}

/* "J.P. de Vries" into initials and family name. */
static void take_name(struct arena *a, const char *name, struct subject_input *s)
{
	const char *point = strrchr(name, '.');

	s->family_name = arena_strdup(a, point != NULL ? point + 1 + strspn(point + 1, " ") : name);
	s->given_names = point != NULL ? arena_strndup(a, name, (size_t)(point + 1 - name)) : "";
	if (s->family_name[0] == '\0')
		*s = (struct subject_input){ .kind = s->kind, .role = s->role };
}

/* Behind each other, so that they can be about the same. */
static bool stand_near(const struct law_find *f, const struct law_find *next, size_t bytes)
{
	return next->start < f->start + f->length + bytes;
}

/* The postcode right behind an address is its own. */
static const struct law_find *postcode_behind(const struct law_finds *finds, size_t i)
{
	enum { NEAR_BYTES = 12 };
	const struct law_find *f = &finds->item[i];

	if (i + 1 >= finds->count || f->kind != FIND_ADDRESS)
		return NULL;
	const struct law_find *next = &finds->item[i + 1];
	return next->kind == FIND_POSTCODE && stand_near(f, next, NEAR_BYTES) ? next : NULL;
}

static bool said_before(const struct law_finds *finds, size_t i);

/* A BSN and a day of birth right behind a name are that person's; the find that the person begins with. */
static size_t person_of(const struct law_finds *finds, size_t i)
{
	enum { NEAR_BYTES = 40 };
	const struct law_find *f = finds->item;
	size_t begin = i;

	for (size_t at = i; at > 0 && stand_near(&f[at - 1], &f[at], NEAR_BYTES); at--) {
		const bool of_person = f[at].kind == FIND_BSN || f[at].kind == FIND_BIRTH_DATE;
		if (!of_person || f[at - 1].kind == f[at].kind)
			break;
		if (f[at - 1].kind == FIND_NAME || f[at - 1].kind == FIND_BSN)
			begin = at - 1;
		else if (f[at - 1].kind != FIND_BIRTH_DATE)
			break;
	}
	return begin == i || said_before(finds, begin) ? i : begin;
}

static bool goes_on_with(const struct law_finds *finds, size_t i)
{
	return i + 1 < finds->count && person_of(finds, i + 1) == i;
}

static struct subject_input empty_subject(const struct becomes *b)
{
	struct subject_input s = { .kind = (int)b->kind, .role = ROLE_MAIN };

	for (int kind = 1; kind < FACT_KIND_COUNT; kind++)
		*subject_field(&s, (enum fact_kind)kind) = "";
	return s;
}

static struct subject_input subject_of(struct arena *a, const char *text,
                                       const struct law_finds *finds, size_t i,
                                       const struct becomes *b)
{
	const struct law_find *f = &finds->item[i], *postcode = postcode_behind(finds, i);
	struct subject_input s = empty_subject(b);

	if (f->kind == FIND_ADDRESS)
		take_address(a, words_of(a, text, f), &s);
	else if (f->kind == FIND_NAME)
		take_name(a, f->value, &s);
	else if (f->kind == FIND_BSN)
		*subject_field(&s, b->fact) = arena_strdup(a, f->value);
	else
		*subject_field(&s, b->fact) = words_of(a, text, f);
	if (postcode != NULL)
		s.postcode = words_of(a, text, postcode);
	for (size_t j = i + 1; j < finds->count && person_of(finds, j) == i; j++)
		*subject_field(&s, finds->item[j].kind == FIND_BSN ? FACT_BSN : FACT_BIRTH_DATE) =
		    arena_strdup(a, finds->item[j].value);
	return s;
}

/* Said before under another find: once is enough. */
static bool said_before(const struct law_finds *finds, size_t i)
{
	const struct law_find *f = &finds->item[i];

	if (i > 0 && postcode_behind(finds, i - 1) == f)
		return true;
	for (size_t j = 0; j < i; j++)
		if (finds->item[j].kind == f->kind && strcmp(finds->item[j].value, f->value) == 0)
			return true;
	return false;
}

/* ---- the page --------------------------------------------------------------------------------- */

struct segment {
	const char *text, *label;
	bool found, goes;
};
static const struct view_field SEGMENT_FIELDS[] = {
	VIEW_F(struct segment, text, VIEW_TEXT),
	VIEW_F(struct segment, label, VIEW_TEXT),
	VIEW_F(struct segment, found, VIEW_BOOL),
	VIEW_F(struct segment, goes, VIEW_BOOL),
};
static const struct view SEGMENT_VIEW = VIEW_OF(struct segment, SEGMENT_FIELDS);

struct proposal {
	const char *path, *what, *value;
	int64_t index;
	bool chosen;
};
static const struct view_field PROPOSAL_FIELDS[] = {
	VIEW_F(struct proposal, path, VIEW_TEXT),   VIEW_F(struct proposal, what, VIEW_TEXT),
	VIEW_F(struct proposal, value, VIEW_TEXT),  VIEW_F(struct proposal, index, VIEW_INT),
	VIEW_F(struct proposal, chosen, VIEW_BOOL),
};
static const struct view PROPOSAL_VIEW = VIEW_OF(struct proposal, PROPOSAL_FIELDS);

struct remark {
	const char *words, *sentence, *article;
};
static const struct view_field REMARK_FIELDS[] = {
	VIEW_F(struct remark, words, VIEW_TEXT),
	VIEW_F(struct remark, sentence, VIEW_TEXT),
	VIEW_F(struct remark, article, VIEW_TEXT),
};
static const struct view REMARK_VIEW = VIEW_OF(struct remark, REMARK_FIELDS);

struct paste_page {
	const char *text, *pointer_when, *pointer_go, *pointer_why;
	struct array segments, proposals, remarks, questions;
	bool read, has_proposals, has_remarks, has_questions;
};
#define P struct paste_page
static const struct view_field PAGE_FIELDS[] = {
	VIEW_F(P, text, VIEW_TEXT),
	VIEW_AS(P, segments, "segments", VIEW_LIST, .view = &SEGMENT_VIEW),
	VIEW_AS(P, proposals, "proposals", VIEW_LIST, .view = &PROPOSAL_VIEW),
	VIEW_AS(P, remarks, "remarks", VIEW_LIST, .view = &REMARK_VIEW),
	VIEW_AS(P, questions, "questions", VIEW_LIST, .view = &REMARK_VIEW),
	VIEW_F(P, read, VIEW_BOOL),
	VIEW_AS(P, has_proposals, "hasProposals", VIEW_BOOL),
	VIEW_AS(P, has_remarks, "hasRemarks", VIEW_BOOL),
	VIEW_AS(P, has_questions, "hasQuestions", VIEW_BOOL),
	VIEW_AS(P, pointer_when, "pointerWhen", VIEW_TEXT),
	VIEW_AS(P, pointer_go, "pointerGo", VIEW_TEXT),
	VIEW_AS(P, pointer_why, "pointerWhy", VIEW_TEXT),
};
#undef P
static const struct view PAGE_VIEW = VIEW_OF(struct paste_page, PAGE_FIELDS);

/* The text in pieces, each find marked; one that lies inside another isn't marked twice. */
static struct array segments_of(struct arena *a, const char *text, const struct law_finds *finds)
{
	struct segment *to = ARENA_ARRAY(a, struct segment, 2 * finds->count + 1);
	const size_t len = strlen(text);
	size_t count = 0, at = 0;

	for (size_t i = 0; i < finds->count; i++) {
		const struct law_find *f = &finds->item[i];
		const struct law_find_kind_row *row = law_find_kind(f->kind);
		if (f->start < at)
			continue;
		to[count++] =
		    (struct segment){ .text = arena_strndup(a, text + at, f->start - at) };
		to[count++] = (struct segment){ .text = words_of(a, text, f),
			                        .label = row != NULL ? row->label : "",
			                        .found = true,
			                        .goes = row != NULL && row->stay != STAY_YES };
		at = f->start + f->length;
	}
	to[count++] = (struct segment){ .text = arena_strndup(a, text + at, len - at) };
	return (struct array){ to, count };
}

/* "dhr. P. Harmsen, BSN 999990019, geboren 3-4-1980". */
static const char *person_in_words(struct arena *a, const char *text, const struct law_finds *finds,
                                   size_t i)
{
	const char *words = words_of(a, text, &finds->item[i]);

	for (size_t j = i + 1; j < finds->count && person_of(finds, j) == i; j++)
		words = arena_printf(a, "%s, %s %s", words,
		                     finds->item[j].kind == FIND_BSN ? "BSN" : "geboren",
		                     words_of(a, text, &finds->item[j]));
	return words;
}

static struct array proposals_of(struct arena *a, const char *text, const struct law_finds *finds)
{
	struct proposal *to = ARENA_ARRAY(a, struct proposal, PROPOSALS_MAX);
	size_t count = 0;

	for (size_t i = 0; i < finds->count && count < PROPOSALS_MAX; i++) {
		const struct becomes *b = becomes_of(&finds->item[i]);
		if (b == NULL || said_before(finds, i) || person_of(finds, i) != i)
			continue;
		to[count] = (struct proposal){
			.path = arena_printf(a, "take[%zu].index", count),
			.what = b->what,
			.value = person_in_words(a, text, finds, i),
			.index = (int64_t)i + 1,
			/* a name alone is the rule's guess; the rest is what it is */
			.chosen = finds->item[i].kind != FIND_NAME || goes_on_with(finds, i),
		};
		count++;
	}
	return (struct array){ to, count };
}

static struct array remarks_of(struct arena *a, const char *text, const struct law_finds *finds)
{
	struct remark *to = ARENA_ARRAY(a, struct remark, finds->count + 1);
	size_t count = 0;

	for (size_t i = 0; i < finds->count; i++) {
		const struct law_find *f = &finds->item[i];
		const struct law_find_kind_row *row = law_find_kind(f->kind);
		const struct law_topic_row *topic = f->topic != 0 ? law_topic(f->topic) : NULL;
		if (topic != NULL)
			to[count++] = (struct remark){ words_of(a, text, f), topic->sentence,
				                       topic->article };
		else if (row != NULL && row->sentence != NULL && !said_before(finds, i))
			to[count++] =
			    (struct remark){ words_of(a, text, f), row->sentence, row->article };
	}
	return (struct array){ to, count };
}

static struct array questions_of(struct arena *a, const char *text, const struct law_finds *finds)
{
	const unsigned missing = law_prose_missing(finds, strlen(text));
	struct remark *to = ARENA_ARRAY(a, struct remark, 8);
	size_t count = 0;

	for (unsigned bit = MISSING_WHERE; bit <= MISSING_FACTS; bit <<= 1)
		if ((missing & bit) != 0)
			to[count++] = (struct remark){ .sentence = law_missing_question(
							   (enum law_missing)bit) };
	return (struct array){ to, count };
}

static void fill_page(struct request *rq, struct paste_page *page)
{
	const struct law_finds finds =
	    law_prose_read(rq->arena, page->text, strlen(page->text), local_day(rq->now_ms));
	const struct law_pointer *pointer = law_pointer_for(page->text, strlen(page->text));

	page->read = true;
	page->segments = segments_of(rq->arena, page->text, &finds);
	page->proposals = proposals_of(rq->arena, page->text, &finds);
	page->remarks = remarks_of(rq->arena, page->text, &finds);
	page->questions = questions_of(rq->arena, page->text, &finds);
	page->has_proposals = page->proposals.count > 0;
	page->has_remarks = page->remarks.count > 0;
	page->has_questions = page->questions.count > 0;
	if (pointer != NULL) {
		page->pointer_when = pointer->when;
		page->pointer_go = pointer->go;
		page->pointer_why = pointer->why;
	}
}

static bool may_write(const struct request *rq)
{
	return rq->viewer->role == ROLE_SUBMITTER && rq->viewer->organ_id != 0;
}

static enum status show(struct request *rq, struct response *rs, struct error *reterr)
{
	struct paste_page *record = ARENA_NEW(rq->arena, struct paste_page);
	const char *text = input_text(rq->body, "text");

	if (!may_write(rq))
		return FAIL(
		    reterr, ERR_DENIED,
		    "Alleen een indiener kan een signaal schrijven, namens zijn organisatie.");
	record->text = text != NULL ? text : "";
	if (record->text[0] != '\0' && strlen(record->text) <= (size_t)4 * TEXT_CHARS)
		fill_page(rq, record);
	const struct page page = { .title = "Plak een mail of verhaal",
		                   .place = "/signals",
		                   .confidential = true,
		                   .template_name = "signals/paste",
		                   .form = &PASTE_FORM };
	return page_respond(rq, rs, &page, &PAGE_VIEW, record, reterr);
}

static enum status prepare_read(struct request *rq, void **ret_input, struct error *reterr)
{
	struct paste_input *in = ARENA_NEW(rq->arena, struct paste_input);

	(void)reterr;
	input_read(rq->body, &PASTE_FORM, rq->wants_json, rq->arena, in, rq->problems);
	*ret_input = in;
	return OK;
}

/* ---- the draft -------------------------------------------------------------------------------- */

struct paste_change {
	struct whole_sender from;
	struct sealed_whole sealed;
};

/* Finds are counted from 1 in the form: an empty row of the list reads as 0. */
static bool is_taken(const struct paste_input *in, size_t i)
{
	const struct take *t = in->take.items;

	for (size_t j = 0; j < in->take.count; j++)
		if (t[j].index == (int64_t)i + 1)
			return true;
	return false;
}

static void take_day(struct whole_input *whole, int64_t day, int64_t today)
{
	if (day > today)
		return;
	if (whole->seen_from == FIELD_NO_DAY || day < whole->seen_from)
		whole->seen_from = day;
	if (whole->seen_until == FIELD_NO_DAY || day > whole->seen_until)
		whole->seen_until = day;
}

static void take_finds(struct request *rq, const struct paste_input *in,
                       const struct law_finds *finds, struct whole_input *whole)
{
	struct subject_input *subjects =
	    ARENA_ARRAY(rq->arena, struct subject_input, finds->count + 1);
	size_t count = 0;

	for (size_t i = 0; i < finds->count && count < SUBJECTS_MAX; i++) {
		const struct becomes *b = becomes_of(&finds->item[i]);
		if (b == NULL || said_before(finds, i) || person_of(finds, i) != i ||
		    !is_taken(in, i))
			continue;
		if (b->kind == 0)
			take_day(whole, finds->item[i].number, local_day(rq->now_ms));
		else
			subjects[count++] = subject_of(rq->arena, in->text, finds, i, b);
		if (b->find == FIND_ADDRESS && whole->where[0] == '\0')
			whole->where = words_of(rq->arena, in->text, &finds->item[i]);
	}
	whole->subjects = (struct array){ subjects, count };
}

static struct whole_input empty_whole(void)
{
	return (struct whole_input){ .title = "",
		                     .judgement = "",
		                     .where = "",
		                     .tried = "",
		                     .effect = "",
		                     .criterion_a = "",
		                     .criterion_b = "",
		                     .criterion_c = "",
		                     .criterion_d = "",
		                     .criterion_e = "",
		                     .municipality = "",
		                     .seen_from = FIELD_NO_DAY,
		                     .seen_until = FIELD_NO_DAY };
}

static enum status prepare_draft(struct request *rq, void **ret_input, struct error *reterr)
{
	struct paste_change *c = ARENA_NEW(rq->arena, struct paste_change);
	struct whole_input whole = empty_whole();
	struct paste_input in;

	enum status st = whole_sender_load(rq->db, plein_of(rq), rq->viewer, rq->now_ms, rq->arena,
	                                   &c->from, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &PASTE_FORM, rq->wants_json, rq->arena, &in, rq->problems);
	if (rq->problems->error_count > 0)
		return OK;
	const struct law_finds finds =
	    law_prose_read(rq->arena, in.text, strlen(in.text), local_day(rq->now_ms));
	/* a BSN never stays in a text, ticked or not */
	whole.facts = signal_text_without_bsns(rq->arena, in.text, &finds);
	take_finds(rq, &in, &finds, &whole);
	whole_seal(&c->from, &whole, rq->arena, rq->arena, rq->problems, &c->sealed);
	*ret_input = c;
	return OK;
}

static enum status apply_draft(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct paste_change *c = change->input;
	const struct sealed_whole *one = &c->sealed;
	struct signal_numbers at;

	enum status st = whole_store(tx, &c->from, &one, 1, &at, reterr);
	if (st == OK)
		st = db_gather_end(tx, reterr);
	if (st != OK)
		return st;
	change->touched = (struct touched){
		.kind = OBJECT_SIGNAL, .id = at.id, .owner_id = at.id, .owner_kind = OBJECT_SIGNAL
	};
	change->location = arena_printf(db_tx_arena(tx), "/signals/%s/edit/facts", at.reference);
	change->note = "Het concept staat klaar. Kijk het na en vul aan.";
	return OK;
}

/* ---- routes ------------------------------------------------------------------------------------- */

const struct route paste_routes[] = {
	{ .method = "GET",
	  .path = "/signals/paste",
	  .permission = PERM_SIGNAL_WRITE,
	  .action = AUDIT_OWN_VIEW,
	  .flags = ROUTE_PAGE_ONLY,
	  .read = show,
	  .summary = "Een mail of verhaal plakken" },
	{ .method = "POST",
	  .path = "/signals/paste",
	  .permission = PERM_SIGNAL_WRITE,
	  .action = AUDIT_OWN_VIEW,
	  .flags = ROUTE_PAGE_ONLY,
	  .prepare = prepare_read,
	  .read = show,
	  .redraw = show,
	  .form = &PASTE_FORM,
	  .summary = "Zien wat er in een geplakte tekst staat" },
	{ .method = "POST",
	  .path = "/signals/paste/draft",
	  .permission = PERM_SIGNAL_WRITE,
	  .action = AUDIT_SIGNAL_WRITE,
	  .flags = ROUTE_PAGE_ONLY,
	  .prepare = prepare_draft,
	  .apply = apply_draft,
	  .redraw = show,
	  .form = &PASTE_FORM,
	  .summary = "Van een geplakte tekst een concept maken" },
	{ 0 },
};

const struct page_template paste_templates[] = {
	{ .name = "signals/paste", .view = &PAGE_VIEW, .form = &PASTE_FORM, .whole = true },
	{ 0 },
};
