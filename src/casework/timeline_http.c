/* What happened in a casefile, in words: only what this viewer may see. */
#include "access/access.h"
#include "audit/action.h"
#include "casework/casefile_http.h"
#include "casework/casefile_page.h"
#include "casework/note.h"
#include "casework/phase.h"
#include "casework/subject_page.h"
#include "platform/view/acts.h"
#include "plein/plein.h"

struct timeline_page {
	const char *reference;
	uint8_t state;
	struct array events, tabs;
};
static const struct view_field TIMELINE_FIELDS[] = {
	VIEW_F(struct timeline_page, reference, VIEW_REF),
	VIEW_AS(struct timeline_page, state, "state", VIEW_STATE, .machine = &CASEFILE_MACHINE),
	VIEW_AS(struct timeline_page, events, "events", VIEW_LIST, .view = &HISTORY_LINE_VIEW),
	VIEW_AS(struct timeline_page, tabs, "tabs", VIEW_LIST, .view = &CASEFILE_TAB_VIEW,
	        .page_only = true),
};
static const struct view TIMELINE_VIEW = VIEW_OF(struct timeline_page, TIMELINE_FIELDS);

static const char *label_of(const struct code *codes, int value)
{
	while (codes->name != NULL && codes->value != value)
		codes++;
	return codes->name != NULL ? codes->label : "";
}

static const char *name_of(struct array subjects, int64_t number)
{
	const struct casefile_subject *s = subjects.items;

	for (size_t i = 0; i < subjects.count; i++)
		if (s[i].number == number)
			return s[i].name;
	return "iemand die weg is";
}

static const char *event_text(struct arena *a, struct array subjects,
                              const struct timeline_event *e)
{
	const struct state *s = NULL;

	switch ((enum timeline_kind)e->kind) {
	case TIMELINE_MOVE:
		return casefile_event_text(a,
		                           &(struct casefile_event){ .action = (int)e->count,
		                                                     .to_state = (uint8_t)e->detail,
		                                                     .actor = e->who,
		                                                     .other = e->reference });
	case TIMELINE_MEMBER:
		return arena_printf(a, "%s werkt mee: %s", e->who,
		                    label_of(CASEFILE_CAPACITIES, e->detail));
	case TIMELINE_SIGNAL:
		return arena_printf(a, "Signaal %s van %s", e->reference, e->who);
	case TIMELINE_FACTS:
		return arena_printf(a, "%lld %s van %s", (long long)e->count,
		                    e->count == 1 ? "gegeven" : "gegevens", e->who);
	case TIMELINE_PHASE:
		s = machine_state(&PHASE_MACHINE, (uint8_t)e->detail);
		return arena_printf(a, "Fase %lld van %s: %s", (long long)e->count,
		                    name_of(subjects, e->number), s != NULL ? s->label : "");
	case TIMELINE_CORRECTION:
		return arena_printf(a, "Gegeven over %s %s door %s", name_of(subjects, e->number),
		                    e->detail == 1 ? "verbeterd" : "ingetrokken", e->who);
	case TIMELINE_REQUEST:
		return arena_printf(a, "Bevraging %s aan %s: %s", e->reference, e->who,
		                    e->detail == 1 ? "afgehandeld" : "uitgezet");
	case TIMELINE_NOTE:
		return arena_printf(a, "%s %s notitie %lld", e->who,
		                    e->count > 1 ? "wijzigde" : "schreef", (long long)e->number);
	default:
		return "";
	}
}

static enum status show_timeline(struct request *rq, struct response *rs, struct error *reterr)
{
	struct array subjects = { 0 }, rows = { 0 };
	struct casefile c;

	enum status st = casefile_of_path(rq, &c, reterr);
	if (st == OK)
		st = casefile_subjects_seen(rq, &c, &subjects, reterr);
	if (st == OK)
		st = casefile_timeline(rq->db, rq->viewer, c.id,
		                       casefile_reads_phase(rq->viewer->role, c.named_heavy),
		                       rq->arena, &rows, reterr);
	if (st != OK)
		return st;
	const struct timeline_event *e = rows.items;
	struct history_line *to = ARENA_ARRAY(rq->arena, struct history_line, rows.count + 1);
	for (size_t i = 0; i < rows.count; i++)
		to[i] =
		    (struct history_line){ e[i].at, event_text(rq->arena, subjects, &e[i]), NULL };
	const struct timeline_page record = {
		c.reference, c.state, { to, rows.count }, casefile_tabs(rq, &c)
	};
	const struct page page = { .title = "Tijdlijn van een casus",
		                   .place = "/casefiles",
		                   .crumbs = casefile_crumbs(rq->arena, &c),
		                   .confidential = true,
		                   .template_name = "casework/timeline" };
	return page_respond(rq, rs, &page, &TIMELINE_VIEW, &record, reterr);
}

const struct route casefile_timeline_routes[] = {
	{ .method = "GET",
	  .path = "/casefiles/{ref}/timeline",
	  .permission = PERM_CASEFILE_READ,
	  .action = AUDIT_CASEFILE_VIEW,
	  .read = show_timeline,
	  .view = &TIMELINE_VIEW,
	  .summary = "Alles wat in een casus gebeurde en wat u mag zien" },
	{ 0 },
};

const struct page_template casefile_timeline_templates[] = {
	{ .name = "casework/timeline", .view = &TIMELINE_VIEW, .whole = true },
	{ 0 },
};
