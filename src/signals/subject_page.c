/* Who or what a signal is about, as its form asks for it: kinds, and what the text proposes. */
#include "signals/signal_items.h"

#include "law/law.h"
#include "law/read_prose.h"
#include "platform/core/calendar.h"
#include "plein/plein.h"
#include "subjects/tie.h"

static bool is_there(const struct signal_page *page, const char *value)
{
	const struct subject_item *s = page->subjects.items;

	for (size_t i = 0; i < page->subjects.count; i++) {
		const struct fact_item *f = s[i].facts.items;
		for (size_t j = 0; j < s[i].facts.count; j++)
			if (strcmp(f[j].value, value) == 0)
				return true;
	}
	return false;
}

static void fill_proposals(struct request *rq, struct signal_page *page)
{
	static const struct {
		enum law_find_kind find;
		const char *label, *kind, *field;
	} FIELDS[] = {
		{ FIND_PLATE, "Kenteken", "VEHICLE", "plate" },
		{ FIND_PHONE, "Telefoonnummer", "PHONE", "phone" },
		{ FIND_IBAN, "Rekeningnummer", "ACCOUNT", "iban" },
		{ FIND_KVK, "KvK-nummer", "ORGANISATION", "kvk" },
		{ FIND_RSIN, "RSIN", "ORGANISATION", "rsin" },
		{ FIND_BAG_ID, "BAG-nummer", "PLACE", "bagId" },
		{ FIND_NAME, "Naam van een persoon", "PERSON", "familyName" },
	};
	enum { KINDS = sizeof FIELDS / sizeof FIELDS[0], MAX = 20 };
	const char *text = page->facts;
	const struct law_finds finds =
	    law_prose_read(rq->arena, text, strlen(text), local_day(rq->now_ms));
	struct proposal_item *to = ARENA_ARRAY(rq->arena, struct proposal_item, MAX);
	size_t count = 0;

	for (size_t i = 0; i < finds.count; i++)
		for (size_t k = 0; k < KINDS && count < MAX; k++)
			if (finds.item[i].kind == FIELDS[k].find &&
			    !is_there(page, finds.item[i].value))
				to[count++] =
				    (struct proposal_item){ FIELDS[k].label, finds.item[i].value,
					                    FIELDS[k].kind, FIELDS[k].field };
	page->proposals = (struct array){ to, count };
}

static const struct code *kind_named(const char *name)
{
	for (const struct code *c = SUBJECT_KINDS; name != NULL && c->name != NULL; c++)
		if (strcmp(c->name, name) == 0)
			return c;
	return SUBJECT_KINDS;
}

/* "Persoon: Jansen", as far as one line goes. */
static const char *subject_name(struct arena *a, const struct subject *s)
{
	const struct subject_fact *f = s->facts.items;
	const char *kind = subject_kind_label(s->kind);

	return s->facts.count > 0 ? arena_printf(a, "%s: %s", kind, fact_shown(a, &f[0])) : kind;
}

static const struct subject *numbered(const struct array *subjects, int64_t number)
{
	const struct subject *s = subjects->items;

	for (size_t i = 0; i < subjects->count; i++)
		if (s[i].number == number)
			return &s[i];
	return NULL;
}

/* The subjects as options; role 0: all of them. */
static struct array ends_of(struct request *rq, const struct array *subjects, int role,
                            const char *path)
{
	const struct subject *from = subjects->items;
	struct signal_choice *to =
	    ARENA_ARRAY(rq->arena, struct signal_choice, subjects->count + 1);
	const char *typed = input_text(rq->body, path);
	size_t count = 1;

	to[0] = (struct signal_choice){ "", "Kies", typed == NULL || *typed == '\0' };
	for (size_t i = 0; i < subjects->count; i++) {
		const char *value = arena_printf(rq->arena, "%lld", (long long)from[i].number);
		if (role == 0 || from[i].role == role)
			to[count++] =
			    (struct signal_choice){ value, subject_name(rq->arena, &from[i]),
				                    typed != NULL && strcmp(typed, value) == 0 };
	}
	return (struct array){ to, count };
}

static struct tie_item tie_item(struct request *rq, const struct signal_page *page,
                                const struct tie *tie, const struct array *subjects)
{
	const struct subject *from = numbered(subjects, tie->from);
	const struct subject *to = numbered(subjects, tie->to);

	return (struct tie_item){
		.id = tie->id,
		.from = from != NULL ? subject_name(rq->arena, from) : "",
		.kind = tie_label(tie->kind),
		.to = to != NULL ? subject_name(rq->arena, to) : "",
		.note = tie->note[0] != '\0' ? tie->note : NULL,
		.remove_path =
		    arena_printf(rq->arena, "%s/ties/%lld/remove", page->href, (long long)tie->id),
		.may_write = page->writes,
	};
}

enum status signal_page_ties(struct request *rq, struct signal_page *page,
                             const struct array *subjects, struct error *reterr)
{
	struct array rows = { 0 };
	enum status st = OK;

	if (subjects->count > 1)
		st = tie_list(rq->db, plein_of(rq)->keyring, page->signal.id, rq->arena, &rows,
		              reterr);
	const struct tie *from = rows.items;
	struct tie_item *to = ARENA_ARRAY(rq->arena, struct tie_item, rows.count + 1);
	for (size_t i = 0; i < rows.count; i++)
		to[i] = tie_item(rq, page, &from[i], subjects);
	page->ties = (struct array){ to, rows.count };
	page->has_ties = rows.count > 0;
	page->many_subjects = subjects->count > 1;
	page->tie_ends = ends_of(rq, subjects, 0, "from");
	page->main_ends = ends_of(rq, subjects, ROLE_MAIN, "tieTo");
	page->has_mains = page->main_ends.count > 1;
	return st;
}

enum status signal_page_beside(struct request *rq, struct signal_page *page, struct error *reterr)
{
	enum status st = beside_load(rq->db, page->signal.id, rq->arena, &page->beside, reterr);

	for (size_t i = 0; i < page->beside.count; i++)
		page->also_names = arena_printf(
		    rq->arena, "%s%s%s", page->also_names != NULL ? page->also_names : "",
		    page->also_names != NULL ? ", " : "", page->beside.names[i]);
	return st;
}

void signal_page_tie_ends(struct request *rq, struct signal_page *page)
{
	const struct signal_choice *from = page->tie_ends.items;
	struct signal_choice *to =
	    ARENA_ARRAY(rq->arena, struct signal_choice, page->tie_ends.count);
	const char *typed = input_text(rq->body, "to");

	for (size_t i = 0; i < page->tie_ends.count; i++) {
		to[i] = from[i];
		to[i].selected = strcmp(typed != NULL ? typed : "", from[i].value) == 0;
	}
	page->main_ends = (struct array){ to, page->tie_ends.count };
}

void signal_page_may(struct request *rq, struct signal_page *page)
{
	const struct law_kind *kind = law_kind((uint16_t)page->kind);
	const struct law_question q = { .giver = (enum law_letter)page->signal.letter,
		                        .taker = TAKER_SIGNAL,
		                        .category = kind != NULL ? kind->category : CATEGORY_NONE,
		                        .phase = PHASE_UNKNOWN,
		                        .role = ROLE_MAIN,
		                        .on_day = local_day(rq->now_ms) };
	struct verdict *v = ARENA_NEW(rq->arena, struct verdict);

	*v = law_may_share(rq->arena, &q).verdict;
	v->sentence = law_without_word(v->sentence); /* the word stands beside it */
	page->may = v;
}

void signal_page_kind(struct request *rq, struct signal_page *page)
{
	enum { MAX = 8 };
	const char *typed = input_text(rq->body, "kind");
	const struct code *chosen =
	    kind_named(typed != NULL ? typed : input_text(rq->query, "kind"));
	struct tab_item *items = ARENA_ARRAY(rq->arena, struct tab_item, MAX);
	size_t count = 0;

	for (const struct code *c = SUBJECT_KINDS; c->name != NULL && count < MAX; c++)
		items[count++] =
		    (struct tab_item){ c->label,
			               arena_printf(rq->arena, "%s/edit/subjects?kind=%s",
			                            page->href, c->name),
			               -1, c == chosen };
	page->kinds = (struct array){ items, count };
	page->kind = chosen->value;
	page->kind_name = chosen->name;
	page->role = ROLE_MAIN;
	signal_page_may(rq, page);
	fill_proposals(rq, page);
}
