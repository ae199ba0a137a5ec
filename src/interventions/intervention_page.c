/* One intervention as somebody may see it: the card, how it goes, and what can be done now. */
#include "interventions/intervention_page.h"

#include <string.h>
#include <strings.h>

#include "audit/action.h"
#include "interventions/person_free.h"
#include "law/instruments.h"
#include "law/read_prose.h"
#include "platform/core/calendar.h"
#include "plein/plein.h"
#include "subjects/casefile_subject.h"

/* ---- what pages share -------------------------------------------------------------------------- */

static enum status fill_on(struct request *rq, struct on_intervention *ret, struct error *reterr)
{
	const struct intervention *i = &ret->intervention;
	struct array owners = { 0 };

	enum status st =
	    intervention_picture_load(rq->db, i->id, rq->now_ms, &ret->picture, reterr);
	if (st == OK)
		st = intervention_owners(rq->db, plein_of(rq)->keyring, i, rq->arena, &owners,
		                         reterr);
	if (st != OK)
		return st;
	const struct intervention_owner *o = owners.items;
	for (size_t n = 0; n < owners.count; n++)
		ret->of_owner = ret->of_owner || o[n].organ_id == rq->viewer->organ_id;
	const struct intervention_people people = { i->lead_id, i->organ_id, i->executor_id };
	ret->concerned = intervention_concerns(rq->viewer, &people);
	ret->card_only = rq->viewer->role == ROLE_EXECUTOR;
	rq->touched = (struct touched){ .kind = OBJECT_INTERVENTION, .id = i->id };
	if (!ret->left) {
		rq->touched.owner_id = i->casefile_id;
		rq->touched.owner_kind = OBJECT_CASEFILE;
	}
	return OK;
}

enum status on_intervention(struct request *rq, struct on_intervention *ret, struct error *reterr)
{
	*ret = (struct on_intervention){ 0 };
	const enum status st = intervention_load(rq->db, rq->viewer, rq->params[0], rq->now_ms,
	                                         rq->arena, &ret->intervention, reterr);
	return st == OK ? fill_on(rq, ret, reterr) : st;
}

enum status on_intervention_or_left(struct request *rq, struct on_intervention *ret,
                                    struct error *reterr)
{
	enum status st = on_intervention(rq, ret, reterr);

	if (st != ERR_NOT_FOUND)
		return st;
	*ret = (struct on_intervention){ .left = true };
	st = intervention_load_left(rq->db, rq->viewer, rq->params[0], rq->now_ms, rq->arena,
	                            &ret->intervention, reterr);
	return st == OK ? fill_on(rq, ret, reterr) : st;
}

bool effect_is_his(const struct viewer *viewer, const struct on_intervention *on)
{
	if (viewer->role == ROLE_INTERVENTION_LEAD)
		return on->concerned;
	if (!on->left)
		return viewer->role == ROLE_WORKING_GROUP;
	return (viewer->role == ROLE_PARTNER_DESK && on->concerned) ||
	       (viewer->role == ROLE_STEERING_SECRETARY && !on->intervention.lead_in_force);
}

const char *intervention_path(struct arena *a, const struct intervention *i, const char *rest)
{
	return arena_printf(a, "/interventions/%s%s", i->reference, rest);
}

struct array intervention_crumbs(struct arena *a, const struct intervention *i)
{
	struct link *links = ARENA_ARRAY(a, struct link, 2);

	links[0] = (struct link){ "Interventies", "/interventions", -1, false };
	links[1] = (struct link){ i->reference, intervention_path(a, i, ""), -1, false };
	return (struct array){ links, 2 };
}

const char *intervention_title(const struct intervention *i)
{
	const struct law_instrument *instrument = law_instrument(i->instrument);
	return instrument != NULL ? instrument->label : "Interventie";
}

/* ---- what people type --------------------------------------------------------------------------- */

static bool is_foreign(const char *text)
{
	static const char *const SIGNS[] = {
		"$", "dollar", "usd", "\xc2\xa3", "pond", "gbp", "chf"
	};

	for (const char *c = text; *c != '\0'; c++)
		for (size_t i = 0; i < sizeof SIGNS / sizeof SIGNS[0]; i++)
			if (strncasecmp(c, SIGNS[i], strlen(SIGNS[i])) == 0)
				return true;
	return false;
}

int64_t intervention_cents(struct request *rq, const char *text, const char *path)
{
	if (text == NULL || text[0] == '\0')
		return FIELD_NO_MONEY;
	if (is_foreign(text)) {
		problems_add(rq->problems, PROBLEM_ERROR, path,
		             "Vul het bedrag in euro in. Reken een andere munt eerst om.");
		return FIELD_NO_MONEY;
	}
	const struct law_checked c = law_check_amount(text);
	if (c.level != CHECK_ERROR)
		return c.number;
	problems_add(rq->problems, PROBLEM_ERROR, path, arena_strdup(rq->arena, c.sentence));
	return FIELD_NO_MONEY;
}

void intervention_check_words(struct request *rq, const char *text, const char *path)
{
	const struct law_finds finds =
	    law_prose_read(rq->arena, text, strlen(text), local_day(rq->now_ms));

	for (size_t i = 0; i < finds.count; i++) {
		const struct law_topic_row *topic =
		    finds.item[i].kind == FIND_TOPIC ? law_topic(finds.item[i].topic) : NULL;
		if (topic != NULL)
			problems_add(rq->problems, PROBLEM_ERROR, path, topic->sentence);
		else if (finds.item[i].kind == FIND_BSN)
			problems_add(rq->problems, PROBLEM_ERROR, path,
			             "Dit lijkt op een BSN. Haal het uit de tekst.");
	}
}

enum status intervention_names(struct request *rq, int64_t casefile_id, struct array *ret,
                               struct error *reterr)
{
	enum { ALL_PHASES = 3 };
	struct array found = { 0 };
	enum status st = casefile_subject_list(rq->db, plein_of(rq)->keyring, casefile_id,
	                                       ALL_PHASES, rq->arena, &found, reterr);
	const struct casefile_subject *s = found.items;
	const char **names = ARENA_ARRAY(rq->arena, const char *, found.count + 1);
	size_t count = 0;

	for (size_t i = 0; i < found.count; i++)
		if (s[i].kind != SUBJECT_PLACE && s[i].name != NULL)
			names[count++] = s[i].name;
	*ret = (struct array){ names, count };
	return st;
}

void intervention_check_free(struct request *rq, const struct array *names, const char *text,
                             const char *path)
{
	const char *problem =
	    person_free_problem(rq->arena, text, names->items, names->count, local_day(rq->now_ms));
	if (problem != NULL)
		problems_add(rq->problems, PROBLEM_ERROR, path, problem);
}

static const char *if_free(struct request *rq, const struct array *names, const char *text,
                           bool *ret_named)
{
	if (person_free_problem(rq->arena, text, names->items, names->count,
	                        local_day(rq->now_ms)) == NULL)
		return text;
	*ret_named = true;
	return "";
}

enum status intervention_yardstick(struct request *rq, const struct intervention *i,
                                   struct effect_yardstick *ret, bool *ret_named,
                                   struct error *reterr)
{
	struct intervention_texts t;
	struct array names = { 0 };

	*ret_named = false;
	enum status st =
	    intervention_texts_open(rq->db, plein_of(rq)->keyring, i, rq->arena, &t, reterr);
	if (st == OK)
		st = intervention_names(rq, i->casefile_id, &names, reterr);
	if (st != OK)
		return st;
	ret->intended = if_free(rq, &names, t.part[INTERVENTION_EFFECT], ret_named);
	ret->indicator = if_free(rq, &names, t.part[INTERVENTION_INDICATOR], ret_named);
	return OK;
}

/* ---- amounts --------------------------------------------------------------------------------------- */

static const struct view_field COLUMN_FIELDS[] = {
	VIEW_F(struct amount_column, label, VIEW_TEXT),
	VIEW_AS(struct amount_column, what, "what", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct amount_column, name, "column", VIEW_TEXT),
	VIEW_AS(struct amount_column, total, "total", VIEW_MONEY),
};
const struct view AMOUNT_COLUMN_VIEW = VIEW_OF(struct amount_column, COLUMN_FIELDS);

struct array intervention_columns(struct arena *a, struct array amounts)
{
	const struct intervention_amount *from = amounts.items;
	size_t count = 0;
	const struct law_amount_row *rows = law_amounts(&count);
	struct amount_column *to = ARENA_ARRAY(a, struct amount_column, count + 1);

	for (size_t i = 0; i < count; i++) {
		to[i] = (struct amount_column){ rows[i].label, rows[i].what, rows[i].id,
			                        FIELD_NO_MONEY };
		for (size_t n = 0; n < amounts.count; n++)
			if (from[n].kind == (int)rows[i].code)
				to[i].total = from[n].cents +
				              (to[i].total == FIELD_NO_MONEY ? 0 : to[i].total);
	}
	return (struct array){ to, count };
}
