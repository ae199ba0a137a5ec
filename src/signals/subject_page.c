/* Who or what a signal is about, as its form asks for it: kinds, and what the text proposes. */
#include "signals/signal_items.h"

#include "law/read_prose.h"
#include "platform/core/calendar.h"
#include "subjects/subject.h"

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
			if (finds.item[i].kind == FIELDS[k].find)
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
	fill_proposals(rq, page);
}
