/* "De regels": the rules themselves, and who takes part for which task in which activity. */
#include "guide/rule_table.h"

#include <string.h>

static void fill_rules(struct rule_filling *f)
{
	size_t count;
	const struct law_rule *rows = law_rules(&count);

	rule_room(f, count);
	for (size_t i = 0; i < count; i++)
		rule_add(
		    f, rows[i].id, rows[i].id,
		    RULE_CELLS(rows[i].text,
		               strcmp(rows[i].level, "ERROR") == 0 ? "houdt tegen" : "vraagt",
		               rows[i].article != NULL ? rows[i].article : "afspraak van Plein",
		               rule_validity(f, rows[i].validity)));
}

static void fill_participants(struct rule_filling *f)
{
	size_t count;
	const struct law_participant *rows = law_participants(&count);

	rule_room(f, count);
	for (size_t i = 0; i < count; i++)
		rule_add(f, arena_printf(f->arena, "participant-%c", (char)rows[i].letter),
		         rows[i].name,
		         RULE_CELLS(arena_printf(f->arena, "%c", (char)rows[i].letter),
		                    rows[i].organisation, rows[i].article,
		                    rule_validity(f, rows[i].validity)));
}

static void fill_units(struct rule_filling *f)
{
	size_t count;
	const struct law_unit_row *rows = law_units(&count);

	rule_room(f, count);
	for (size_t i = 0; i < count; i++)
		rule_add(f, rule_anchor(f, "unit", rows[i].id), rows[i].label,
		         RULE_CELLS(rule_letters(f, rows[i].of), rows[i].note, rows[i].article));
}

static void fill_tasks(struct rule_filling *f)
{
	size_t count;
	const struct law_task *rows = law_tasks(&count);

	rule_room(f, count);
	for (size_t i = 0; i < count; i++)
		rule_add(f, rule_number_anchor(f, "task", rows[i].code), rows[i].label,
		         RULE_CELLS(law_participant(rows[i].letter)->short_name, rows[i].registers,
		                    rows[i].power, rows[i].article,
		                    rule_validity(f, rows[i].validity)));
}

static void fill_refused_tasks(struct rule_filling *f)
{
	size_t count;
	const struct law_refused_task *rows = law_refused_tasks(&count);

	rule_room(f, count);
	for (size_t i = 0; i < count; i++)
		rule_add(
		    f, rule_number_anchor(f, "refused-task", rows[i].code), rows[i].label,
		    RULE_CELLS(rows[i].words, rows[i].sentence, rows[i].next, rows[i].article));
}

static void fill_activities(struct rule_filling *f)
{
	size_t count;
	const struct law_activity_row *rows = law_activities(&count);

	rule_room(f, count);
	for (size_t i = 0; i < count; i++)
		rule_add(f, rule_anchor(f, "activity", rows[i].id), rows[i].label,
		         RULE_CELLS(rows[i].what, rule_yes_no(rows[i].phase_3), rows[i].article,
		                    rule_validity(f, rows[i].validity)));
}

static void fill_roles(struct rule_filling *f)
{
	size_t count;
	const struct law_role_row *rows = law_roles(&count);

	rule_room(f, count);
	for (size_t i = 0; i < count; i++)
		rule_add(f, rule_anchor(f, "role", rows[i].id), rows[i].label,
		         RULE_CELLS(rule_yes_no(rows[i].by_name), rows[i].note, rows[i].article));
}

static void fill_takers(struct rule_filling *f)
{
	size_t count;
	const struct law_taker_row *rows = law_takers(&count);

	rule_room(f, count);
	for (size_t i = 0; i < count; i++)
		rule_add(f, rule_anchor(f, "taker", rows[i].id), rows[i].label,
		         RULE_CELLS(rows[i].article));
}

static void fill_outsiders(struct rule_filling *f)
{
	size_t count;
	const struct law_outsider_row *rows = law_outsiders(&count);

	rule_room(f, count);
	for (size_t i = 0; i < count; i++)
		rule_add(f, rule_anchor(f, "outsider", rows[i].id), rows[i].label,
		         RULE_CELLS(rows[i].sentence, rows[i].next));
}

const struct rule_table RULES_OF_PEOPLE[] = {
	{ "rules",
	  "De regels van Plein",
	  "Elke keer dat iemand iets bewaart, toont, vraagt of geeft, toetst Plein deze regels.",
	  { "Regel", "Wat", "Wat doet Plein", "Artikel", "Geldig" },
	  fill_rules },
	{ "participants",
	  "Wie doet mee",
	  "Een gemeente telt als twee deelnemers: de burgemeester en het college.",
	  { "Deelnemer", "Letter in artikel 2.19", "Organisatie", "Artikel", "Geldig" },
	  fill_participants },
	{ "units",
	  "Onderdelen van een deelnemer",
	  NULL,
	  { "Onderdeel", "Van wie", "Wat de wet ervan maakt", "Artikel" },
	  fill_units },
	{ "tasks",
	  "Uit welke taak komt een gegeven",
	  "Bij elk gegeven staat uit welke taak het komt.",
	  { "Taak", "Deelnemer", "Waar het staat", "Bevoegdheid", "Artikel", "Geldig" },
	  fill_tasks },
	{ "refused-tasks",
	  "Taken waaruit niets binnenkomt",
	  NULL,
	  { "Taak", "Bijvoorbeeld", "Waarom niet", "Wat wel kan", "Artikel" },
	  fill_refused_tasks },
	{ "activities",
	  "Waarvoor werken wij samen",
	  NULL,
	  { "Activiteit", "Wat het is", "Mag fase 3 open", "Artikel", "Geldig" },
	  fill_activities },
	{ "roles",
	  "Over wie gaat het",
	  NULL,
	  { "Rol", "Mag met naam", "Wat het is", "Artikel" },
	  fill_roles },
	{ "takers",
	  "Aan wie kan iets gaan",
	  "De ontvangers die u kunt kiezen bij Mag ik dit delen?",
	  { "Ontvanger", "Artikel" },
	  fill_takers },
	{ "outsiders",
	  "Wie niet meedoet",
	  "Zij leveren niet zelf. Zo kan het wel.",
	  { "Wie", "Antwoord", "Wat wel kan" },
	  fill_outsiders },
};
const size_t RULES_OF_PEOPLE_COUNT = sizeof RULES_OF_PEOPLE / sizeof RULES_OF_PEOPLE[0];
