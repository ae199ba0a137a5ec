/* "De regels": which data, in which phase, from whom; what is what; what has no place here. */
#include "guide/rule_table.h"

static void fill_phases(struct rule_filling *f)
{
	size_t count;
	const struct law_phase_row *rows = law_phases(&count);

	rule_room(f, count);
	for (size_t i = 0; i < count; i++)
		rule_add(f, rule_number_anchor(f, "phase", rows[i].code), rows[i].label,
		         RULE_CELLS(rows[i].opens, rows[i].article));
}

static const char *in_signal(enum law_in_signal value)
{
	if (value == IN_SIGNAL_MINIMUM)
		return "alleen wat nodig is om het te begrijpen";
	return rule_yes_no(value == IN_SIGNAL_YES);
}

static const char *guarded(const struct law_category_row *row)
{
	if (row->criminal)
		return "strafrechtelijk: instemming voor het weggaat";
	return row->special ? "bijzonder: instemming voor het weggaat" : "nee";
}

static const char *sources_of(struct rule_filling *f, const struct law_category_row *row)
{
	const char *letters = rule_letters(f, row->sources);

	if (row->sources_by_unit == 0)
		return letters;
	return arena_printf(f->arena, "%s. Alleen door de eigen boa: %s", letters,
	                    rule_letters(f, row->sources_by_unit));
}

static void fill_categories(struct rule_filling *f)
{
	size_t count;
	const struct law_category_row *rows = law_categories(&count);

	rule_room(f, count);
	for (size_t i = 0; i < count; i++)
		rule_add(f, rule_anchor(f, "category", rows[i].id), rows[i].label,
		         RULE_CELLS(rows[i].what, rule_number(f, rows[i].phase),
		                    sources_of(f, &rows[i]), in_signal(rows[i].in_signal),
		                    guarded(&rows[i]),
		                    arena_printf(f->arena, "%s, %s", rows[i].article,
		                                 rule_validity(f, rows[i].validity))));
}

static size_t kinds_of(enum law_kind_of of)
{
	size_t count, found = 0;
	const struct law_kind *rows = law_kinds(&count);

	for (size_t i = 0; i < count; i++)
		found += rows[i].of == of;
	return found;
}

static void fill_kinds(struct rule_filling *f, enum law_kind_of of)
{
	size_t count;
	const struct law_kind *rows = law_kinds(&count);

	rule_room(f, kinds_of(of));
	for (size_t i = 0; i < count; i++)
		if (rows[i].of == of)
			rule_add(f, rule_number_anchor(f, "kind", rows[i].code), rows[i].label,
			         RULE_CELLS(rows[i].refused ? "wordt geweigerd"
			                                    : rule_category(rows[i].category),
			                    rows[i].note, rows[i].article));
}

static void fill_subjects(struct rule_filling *f)
{
	fill_kinds(f, KIND_SUBJECT);
}

static void fill_ties(struct rule_filling *f)
{
	fill_kinds(f, KIND_TIE);
}

static void fill_attachments(struct rule_filling *f)
{
	fill_kinds(f, KIND_ATTACHMENT);
}

static void fill_facts(struct rule_filling *f)
{
	fill_kinds(f, KIND_FACT);
}

static const char *thing_outcome(struct rule_filling *f, const struct law_thing *t)
{
	switch (t->nature) {
	case THING_BY_CATEGORY:
		return t->condition == NULL
		           ? rule_category(t->category)
		           : arena_printf(f->arena, "%s. %s (%s)", rule_category(t->category),
		                          t->condition, t->condition_article);
	case THING_TOPIC:
		return "hoort nergens in Plein (regel R-5)";
	case THING_REFUSED_TASK:
		return "komt uit een taak die niet meedoet";
	case THING_REFUSED_KIND:
		return "wordt geweigerd als bijlage of antwoord";
	case THING_BSN:
		return "alleen in het vak BSN (regel R-6)";
	case THING_NATIONALITY:
		return "alleen om vast te stellen wie iemand is (regel R-4)";
	case THING_UNNAMED:
		return "staat niet met naam (regel X-20)";
	case THING_RESULT:
		return "een resultaat: hangt af van wie het krijgt";
	case THING_PERSON_FREE:
		return "mag, als niemand te herkennen is";
	case THING_STAFF:
		return "alleen bij het eigen account";
	}
	return "";
}

static void fill_things(struct rule_filling *f)
{
	size_t count;
	const struct law_thing *rows = law_things(&count);

	rule_room(f, count);
	for (size_t i = 0; i < count; i++)
		rule_add(f, rule_number_anchor(f, "thing", rows[i].code), rows[i].label,
		         RULE_CELLS(rows[i].words, thing_outcome(f, &rows[i]),
		                    rule_letters(f, rows[i].givers)));
}

static void fill_topics(struct rule_filling *f)
{
	size_t count;
	const struct law_topic_row *rows = law_topics(&count);

	rule_room(f, count);
	for (size_t i = 0; i < count; i++)
		rule_add(f, rule_anchor(f, "topic", rows[i].id), rows[i].label,
		         RULE_CELLS(rows[i].sentence, rows[i].rule, rows[i].article));
}

static const char *as_written(struct rule_filling *f, const struct law_topic_word *w)
{
	if (w->match == MATCH_WORD)
		return w->word;
	return w->match == MATCH_STEM ? arena_printf(f->arena, "%s...", w->word)
	                              : arena_printf(f->arena, "...%s...", w->word);
}

static const char *words_of(struct rule_filling *f, enum law_topic topic)
{
	size_t count;
	const struct law_topic_word *rows = law_topic_words(&count);
	const char *text = NULL;

	for (size_t i = 0; i < count; i++)
		if (rows[i].topic == topic)
			text = text == NULL ? as_written(f, &rows[i])
			                    : arena_printf(f->arena, "%s, %s", text,
			                                   as_written(f, &rows[i]));
	return text;
}

static void fill_topic_words(struct rule_filling *f)
{
	size_t count;
	const struct law_topic_row *rows = law_topics(&count);

	rule_room(f, count);
	for (size_t i = 0; i < count; i++)
		rule_add(f, rule_anchor(f, "words", rows[i].id), rows[i].label,
		         RULE_CELLS(words_of(f, rows[i].code)));
}

static void fill_source_grades(struct rule_filling *f)
{
	size_t count;
	const struct law_source_grade *rows = law_source_grades(&count);

	rule_room(f, count);
	for (size_t i = 0; i < count; i++)
		rule_add(f, arena_printf(f->arena, "source-grade-%c", rows[i].code),
		         arena_printf(f->arena, "%c", rows[i].code),
		         RULE_CELLS(rows[i].label, rows[i].sentence));
}

static void fill_information_grades(struct rule_filling *f)
{
	size_t count;
	const struct law_information_grade *rows = law_information_grades(&count);

	rule_room(f, count);
	for (size_t i = 0; i < count; i++)
		rule_add(f, arena_printf(f->arena, "information-grade-%c", rows[i].code),
		         arena_printf(f->arena, "%c", rows[i].code),
		         RULE_CELLS(rows[i].label, rows[i].sentence));
}

static void fill_handling_codes(struct rule_filling *f)
{
	size_t count;
	const struct law_handling_code *rows = law_handling_codes(&count);

	rule_room(f, count);
	for (size_t i = 0; i < count; i++)
		rule_add(f, rule_anchor(f, "handling", rows[i].code), rows[i].code,
		         RULE_CELLS(rows[i].label, rows[i].sentence));
}

#define KIND_COLUMNS                                                                               \
	{                                                                                          \
		"Wat", "Soort gegeven", "Let op", "Artikel"                                        \
	}

const struct rule_table RULES_OF_DATA[] = {
	{ "phases",
	  "De fasen",
	  "Een fase geldt voor één persoon in één casus.",
	  { "Fase", "Wanneer open", "Artikel" },
	  fill_phases },
	{ "categories",
	  "Welke gegevens, in welke fase, van wie",
	  NULL,
	  { "Soort gegeven", "Wat het is", "Vanaf fase", "Van wie", "In een signaal",
	    "Extra beschermd", "Artikel" },
	  fill_categories },
	{ "things",
	  "In gewone woorden",
	  "Wat u kunt kiezen bij Mag ik dit delen?, en wat de wet ervan maakt.",
	  { "Wat", "Ook wel", "Wat de wet ervan maakt", "Wie heeft het meestal" },
	  fill_things },
	{ "subjects", "Waar een signaal of casus over gaat", NULL, KIND_COLUMNS, fill_subjects },
	{ "ties", "Banden", NULL, KIND_COLUMNS, fill_ties },
	{ "attachments", "Bijlagen", NULL, KIND_COLUMNS, fill_attachments },
	{ "facts", "Feiten", NULL, KIND_COLUMNS, fill_facts },
	{ "topics",
	  "Wat niet in een tekst mag",
	  "Plein vraagt ernaar. U haalt het weg, of zegt dat wij het verkeerd lezen.",
	  { "Onderwerp", "Wat u dan leest", "Regel", "Artikel" },
	  fill_topics },
	{ "topic-words",
	  "Aan welke woorden Plein dat merkt",
	  "Drie punten staan voor de rest van een woord. Hoofdletters en accenten tellen niet.",
	  { "Onderwerp", "Woorden" },
	  fill_topic_words },
	{ "source-grades",
	  "Hoe goed is de bron",
	  "De letter van de waardering. Bij gegevens uit politieonderzoek verplicht.",
	  { "Letter", "Betekent", "Uitleg" },
	  fill_source_grades },
	{ "information-grades",
	  "Hoe zeker is de informatie",
	  "Het cijfer van de waardering.",
	  { "Cijfer", "Betekent", "Uitleg" },
	  fill_information_grades },
	{ "handling-codes",
	  "Wat u ermee mag doen",
	  NULL,
	  { "Code", "Betekent", "Uitleg" },
	  fill_handling_codes },
};
const size_t RULES_OF_DATA_COUNT = sizeof RULES_OF_DATA / sizeof RULES_OF_DATA[0];
