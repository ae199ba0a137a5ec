/* Notes that mention somebody who goes, and why phases were to open for him, as a hold keeps it. */
#include "casework/casefile_end.h"
#include "casework/note_carry.h"
#include "casework/phases.h"

enum status notes_keep(struct db_read *r, struct keyring *k, const struct kept_subject *of,
                       struct arena *a, struct array *lines, struct error *reterr)
{
	struct array notes = { 0 };
	const enum status st =
	    casefile_note_list(r, k, of->casefile_id, PHASE_3, a, &notes, reterr);
	const struct casefile_note *n = notes.items;

	for (size_t i = 0; st == OK && i < notes.count; i++)
		if (of->number == 0 || note_mentions(n[i].text, of->number))
			kept_add(lines, &(struct kept_line){ (int)n[i].phase, "Notitie", n[i].text,
			                                     n[i].on_behalf, n[i].written_at });
	return st;
}

static void add_reasons(struct arena *a, const struct phase_proposal *p, struct array *lines)
{
	const struct {
		const char *label, *text;
	} parts[] = { { "Noodzaak van fase", p->necessity },
		      { "Evenredigheid van fase", p->proportionality },
		      { "Waarom niets lichters dan fase", p->subsidiarity } };

	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (parts[i].text != NULL && parts[i].text[0] != '\0')
			kept_add(lines,
			         &(struct kept_line){
				     p->phase, arena_printf(a, "%s %d", parts[i].label, p->phase),
				     parts[i].text, p->proposer, p->proposed_at });
}

enum status phases_keep(struct db_read *r, struct keyring *k, const struct kept_subject *of,
                        struct arena *a, struct array *lines, struct error *reterr)
{
	struct array proposals = { 0 };
	const enum status st =
	    phase_list(r, k, of->casefile_id, of->presence_id, PHASE_3, a, &proposals, reterr);
	const struct phase_proposal *p = proposals.items;

	for (size_t i = 0; st == OK && i < proposals.count; i++)
		add_reasons(a, &p[i], lines);
	return st;
}
