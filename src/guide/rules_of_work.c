/* "De regels": from signal to intervention, and how long things stay. */
#include "guide/rule_table.h"

static void fill_crime_forms(struct rule_filling *f)
{
	size_t count;
	const struct law_crime_form_row *rows = law_crime_forms(&count);

	rule_room(f, count);
	for (size_t i = 0; i < count; i++)
		rule_add(f, rule_anchor(f, "crime-form", rows[i].id), rows[i].label,
		         RULE_CELLS(rows[i].examples, rows[i].article,
		                    rule_validity(f, rows[i].validity)));
}

static void fill_lines(struct rule_filling *f)
{
	size_t count;
	const struct law_line_row *rows = law_lines(&count);

	rule_room(f, count);
	for (size_t i = 0; i < count; i++)
		rule_add(f, rule_anchor(f, "line", rows[i].id), rows[i].label,
		         RULE_CELLS(rows[i].examples));
}

static void fill_criteria(struct rule_filling *f)
{
	size_t count;
	const struct law_criterion *rows = law_criteria(&count);

	rule_room(f, count);
	for (size_t i = 0; i < count; i++)
		rule_add(f, arena_printf(f->arena, "criterion-%c", rows[i].letter), rows[i].label,
		         RULE_CELLS(rows[i].explanation, rows[i].good, rows[i].thin,
		                    rows[i].why_thin, rows[i].article));
}

static const char *scores_of(struct rule_filling *f, const struct law_factor *row)
{
	return arena_printf(f->arena, "0: %s. 1: %s. 2: %s. 3: %s.", row->words[0], row->words[1],
	                    row->words[2], row->words[3]);
}

static void fill_factors(struct rule_filling *f)
{
	size_t count;
	const struct law_factor *rows = law_factors(&count);

	rule_room(f, count);
	for (size_t i = 0; i < count; i++)
		rule_add(f, arena_printf(f->arena, "factor-%c", rows[i].letter), rows[i].label,
		         RULE_CELLS(rows[i].question, scores_of(f, &rows[i]), rows[i].article));
}

static const char *source_allowed(enum law_source_allowed allowed)
{
	if (allowed == SOURCE_PHASE_2)
		return "ja, vanaf fase 2";
	return rule_yes_no(allowed == SOURCE_YES);
}

static void fill_municipal_sources(struct rule_filling *f)
{
	size_t count;
	const struct law_municipal_source *rows = law_municipal_sources(&count);

	rule_room(f, count);
	for (size_t i = 0; i < count; i++) {
		const struct law_participant *organ = law_participant(rows[i].organ);
		const struct law_category_row *category = law_category(rows[i].category);
		rule_add(
		    f, rule_number_anchor(f, "municipal-source", (int64_t)i + 1), rows[i].label,
		    RULE_CELLS(rows[i].look_for, organ != NULL ? organ->short_name : "",
		               category != NULL ? category->label : "",
		               source_allowed(rows[i].allowed), rows[i].note, rows[i].article));
	}
}

static void fill_pointers(struct rule_filling *f)
{
	size_t count;
	const struct law_pointer *rows = law_pointers(&count);

	rule_room(f, count);
	for (size_t i = 0; i < count; i++)
		rule_add(f, rule_number_anchor(f, "pointer", (int64_t)i + 1), rows[i].when,
		         RULE_CELLS(rows[i].go, rows[i].why));
}

static const char *intervention_kind(enum law_intervention_kind kind)
{
	size_t count;
	const struct law_intervention_kind_row *rows = law_intervention_kinds(&count);

	for (size_t i = 0; i < count; i++)
		if (rows[i].code == kind)
			return rows[i].label;
	return "";
}

static void fill_intervention_kinds(struct rule_filling *f)
{
	size_t count;
	const struct law_intervention_kind_row *rows = law_intervention_kinds(&count);

	rule_room(f, count);
	for (size_t i = 0; i < count; i++)
		rule_add(f, rule_anchor(f, "intervention-kind", rows[i].id), rows[i].label,
		         RULE_CELLS(rows[i].id));
}

static void fill_instruments(struct rule_filling *f)
{
	size_t count;
	const struct law_instrument *rows = law_instruments(&count);

	rule_room(f, count);
	for (size_t i = 0; i < count; i++)
		rule_add(f, rule_number_anchor(f, "instrument", rows[i].code), rows[i].label,
		         RULE_CELLS(intervention_kind(rows[i].kind),
		                    rule_letters(f, rows[i].owners),
		                    rows[i].basis != NULL ? rows[i].basis : "de eigenaar vult in",
		                    rows[i].article, rule_validity(f, rows[i].validity)));
}

static void fill_weights(struct rule_filling *f)
{
	size_t count;
	const struct law_weight_row *rows = law_weights(&count);

	rule_room(f, count);
	for (size_t i = 0; i < count; i++)
		rule_add(f, rule_anchor(f, "weight", rows[i].id), rows[i].label,
		         RULE_CELLS(rows[i].id));
}

static void fill_amounts(struct rule_filling *f)
{
	size_t count;
	const struct law_amount_row *rows = law_amounts(&count);

	rule_room(f, count);
	for (size_t i = 0; i < count; i++)
		rule_add(f, rule_anchor(f, "amount", rows[i].id), rows[i].label,
		         RULE_CELLS(rows[i].what));
}

static void fill_refusal_reasons(struct rule_filling *f)
{
	size_t count;
	const struct law_refusal_reason *rows = law_refusal_reasons(&count);

	rule_room(f, count);
	for (size_t i = 0; i < count; i++)
		rule_add(f, rule_anchor(f, "refusal", rows[i].id), rows[i].label,
		         RULE_CELLS("WGS, artikel 1.5, eerste lid"));
}

static void fill_retentions(struct rule_filling *f)
{
	size_t count;
	const struct law_retention *rows = law_retentions(&count);

	rule_room(f, count);
	for (size_t i = 0; i < count; i++)
		rule_add(f, rule_number_anchor(f, "retention", (int64_t)i + 1), rows[i].trigger,
		         RULE_CELLS(rows[i].duty, rows[i].article,
		                    rows[i].assumption ? "de termijn kozen wij zelf"
		                                       : "de termijn staat in de wet"));
}

static void fill_parameters(struct rule_filling *f)
{
	size_t count;
	const struct law_parameter *rows = law_parameters(&count);

	rule_room(f, count);
	for (size_t i = 0; i < count; i++)
		rule_add(
		    f, rule_anchor(f, "parameter", rows[i].key), rows[i].label,
		    RULE_CELLS(rule_number(f, rows[i].value), rule_number(f, rows[i].least),
		               rule_number(f, rows[i].most),
		               rows[i].article != NULL ? rows[i].article : "afspraak van Plein"));
}

static void fill_warnings(struct rule_filling *f)
{
	size_t count;
	const int32_t *days = law_retention_warn_days(&count);

	rule_room(f, count);
	for (size_t i = 0; i < count; i++)
		rule_add(f, rule_number_anchor(f, "warning", days[i]),
		         arena_printf(f->arena, "%d dagen van tevoren", (int)days[i]),
		         RULE_CELLS("afspraak van Plein"));
}

const struct rule_table RULES_OF_WORK[] = {
	{ "crime-forms",
	  "Vormen van criminaliteit",
	  NULL,
	  { "Vorm", "Wat een gemeente ervan kan zien", "Artikel", "Geldig" },
	  fill_crime_forms },
	{ "lines", "De vier lijnen", NULL, { "Lijn", "Bijvoorbeeld" }, fill_lines },
	{ "criteria",
	  "De vijf vragen bij een signaal",
	  "Alle vijf moeten kloppen voordat een signaal in behandeling komt.",
	  { "Vraag", "Uitleg", "Goed voorbeeld", "Te kort", "Wat er dan ontbreekt", "Artikel" },
	  fill_criteria },
	{ "factors",
	  "Hoe zwaar weegt een signaal",
	  "De som is een hulpmiddel. Er is geen grens.",
	  { "Punt", "Vraag", "Wat de cijfers betekenen", "Artikel" },
	  fill_factors },
	{ "municipal-sources",
	  "Waar een gemeente kan kijken",
	  NULL,
	  { "Bron", "Waar let u op", "Namens wie", "Soort gegeven", "Mag het", "Let op",
	    "Artikel" },
	  fill_municipal_sources },
	{ "pointers",
	  "Hoort dit ergens anders?",
	  NULL,
	  { "Wanneer", "Waarheen", "Waarom" },
	  fill_pointers },
	{ "intervention-kinds",
	  "Soorten interventies",
	  NULL,
	  { "Soort", "Code" },
	  fill_intervention_kinds },
	{ "instruments",
	  "Wat partners kunnen doen",
	  "Een interventie noemt altijd haar grondslag.",
	  { "Middel", "Soort", "Van wie", "Grondslag", "Artikel", "Geldig" },
	  fill_instruments },
	{ "weights", "Hoe zwaar is een interventie", NULL, { "Gewicht", "Code" }, fill_weights },
	{ "amounts",
	  "Zeven kolommen voor bedragen",
	  "Bedragen uit verschillende kolommen tellen wij nooit bij elkaar op.",
	  { "Kolom", "Wat erin staat" },
	  fill_amounts },
	{ "refusals",
	  "Waarom een deelnemer iets mag achterhouden",
	  "Niemand hoeft de reden te noemen.",
	  { "Reden", "Artikel" },
	  fill_refusal_reasons },
	{ "retentions",
	  "Hoe lang iets blijft",
	  NULL,
	  { "Wanneer", "Wat dan", "Artikel", "Termijn" },
	  fill_retentions },
	{ "warnings",
	  "Wanneer Plein waarschuwt dat iets weggaat",
	  NULL,
	  { "Wanneer", "Grondslag" },
	  fill_warnings },
	{ "parameters",
	  "Termijnen en grenzen",
	  "Een instelling kan een getal wijzigen, maar niet verder dan deze grenzen.",
	  { "Wat", "Nu", "Minstens", "Hoogstens", "Artikel" },
	  fill_parameters },
};
const size_t RULES_OF_WORK_COUNT = sizeof RULES_OF_WORK / sizeof RULES_OF_WORK[0];
