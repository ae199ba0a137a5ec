#include "requests/answer.h"

#include <string.h>

#include "law/handling.h"
#include "law/read_prose.h"
#include "law/topics.h"

const struct answer_part *answer_part_of(const struct answer_asked *asked, int64_t subject,
                                         enum law_category category)
{
	const struct answer_part *parts = asked->parts.items;

	for (size_t i = 0; i < asked->parts.count; i++)
		if (parts[i].subject == subject && parts[i].category == category)
			return &parts[i];
	return NULL;
}

static bool is_named(const struct answer_asked *asked, int64_t subject)
{
	const struct answer_part *parts = asked->parts.items;

	for (size_t i = 0; i < asked->parts.count; i++)
		if (parts[i].subject == subject)
			return true;
	return false;
}

size_t answer_kinds(enum law_category category, const struct law_kind **ret, size_t max)
{
	size_t count = 0, found = 0;
	const struct law_kind *kinds = law_kinds(&count);

	for (size_t i = 0; i < count && found < max; i++)
		if (kinds[i].of == KIND_FACT && kinds[i].category == category && !kinds[i].refused)
			ret[found++] = &kinds[i];
	return found;
}

bool answer_grade_read(const char *text, char *ret_source, char *ret_information)
{
	*ret_source = *ret_information = 0;
	if (text == NULL || text[0] == '\0')
		return true;
	if (strlen(text) != 2 || strchr("ABCXabcx", text[0]) == NULL ||
	    strchr("1234", text[1]) == NULL)
		return false;
	*ret_source = (char)(text[0] >= 'a' ? text[0] - 'a' + 'A' : text[0]);
	*ret_information = text[1];
	return true;
}

/* ---- words that may not stand in an answer ------------------------------------------------- */

/* Beginnings of words that tell what somebody earns or saves. */
static const char *const INCOME_STEMS[] = { "inkomen",      "maandloon",   "jaarloon",
	                                    "salaris",      "uitkering",   "spaargeld",
	                                    "spaarsaldo",   "spaarreken",  "brutoloon",
	                                    "nettoloon",    "jaarinkomen", "maandinkomen",
	                                    "gezinsinkomen" };
/* Taxes that begin alike: an answer of the tax administration may name them. */
static const char *const TAX_STEMS[] = { "inkomensheffing", "inkomensafhankelijk",
	                                 "uitkeringsinstantie" };

/* The word at `at`, folded; returns where it ends. */
enum { WORD_BYTES_MAX = 40 };
static size_t word_at(const char *text, size_t len, size_t at, char ret[WORD_BYTES_MAX])
{
	size_t filled = 0, bytes = 1;

	for (; at < len; at += bytes) {
		const char c = law_fold_at(text, len, at, &bytes);
		if (c == ' ')
			break;
		if (c != '\0' && filled + 1 < WORD_BYTES_MAX)
			ret[filled++] = c;
	}
	ret[filled] = '\0';
	return at;
}

static bool begins_with_one(const char *word, const char *const *stems, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strncmp(word, stems[i], strlen(stems[i])) == 0)
			return true;
	return false;
}

/* "loon", but for the town. */
static bool is_wage(const char *word, const char *text, size_t len, size_t end)
{
	char next[WORD_BYTES_MAX];

	if (strcmp(word, "loon") != 0)
		return false;
	(void)word_at(text, len, end < len ? end + 1 : len, next);
	return strcmp(next, "op") != 0;
}

static bool tells_income(const char *text)
{
	const size_t len = strlen(text);
	char word[WORD_BYTES_MAX];

	for (size_t at = 0; at < len;) {
		const size_t end = word_at(text, len, at, word);
		const bool income =
		    begins_with_one(word, INCOME_STEMS, sizeof INCOME_STEMS / sizeof *INCOME_STEMS);
		const bool tax =
		    begins_with_one(word, TAX_STEMS, sizeof TAX_STEMS / sizeof *TAX_STEMS);
		if ((income && !tax) || is_wage(word, text, len, end))
			return true;
		at = end + 1;
	}
	return false;
}

struct verdict answer_income_words(enum law_letter source, const char *text)
{
	const bool tax = source == LETTER_TAX || source == LETTER_FIOD;

	if (!tax || !tells_income(text))
		return verdict_yes();
	return verdict_no("R-3", "BGS, artikel 2.15",
	                  "Nee, dit mag hier niet. Inkomen mag niet van de Belastingdienst komen. "
	                  "Haal die woorden weg.",
	                  "De analist kan dit aan het UWV vragen.");
}

static struct verdict no_topic(const char *text)
{
	struct law_topic_hit hit;
	const struct law_topic_row *row = NULL;

	if (law_topics_find(text, strlen(text), &hit, 1) > 0)
		row = law_topic(hit.topic);
	return row == NULL ? verdict_yes()
	                   : verdict_no(row->rule, row->article, row->sentence,
	                                "Gaat het daar niet over? Leg dat uit onder de tekst.");
}

/* What reading finds is much: the arena is given back. */
static void find_persons(const char *text, int32_t today, struct arena *a, bool *ret_bsn,
                         bool *ret_name)
{
	const struct arena_mark mark = arena_mark(a);
	const struct law_finds finds = law_prose_read(a, text, strlen(text), today);

	for (size_t i = 0; i < finds.count; i++) {
		*ret_bsn |= finds.item[i].kind == FIND_BSN;
		*ret_name |= finds.item[i].kind == FIND_NAME;
	}
	arena_rewind(a, mark);
}

static bool is_settled(const char *reason)
{
	size_t chars = 0;

	for (const char *c = reason; c != NULL && *c != '\0'; c++)
		chars += ((unsigned char)*c & 0xc0u) != 0x80u;
	return chars >= ANSWER_SETTLED_CHARS_MIN;
}

void answer_words_check(const char *text, const char *settled, int32_t today, const char *path,
                        struct arena *a, struct problems *problems)
{
	bool bsn = false, name = false;
	const struct verdict topic = no_topic(text);

	find_persons(text, today, a, &bsn, &name);
	if (!verdict_allows(topic) && !is_settled(settled))
		problems_add_verdict(problems, path, topic);
	if (bsn)
		problems_add_verdict(
		    problems, path,
		    verdict_no("R-6", "WGS, artikel 2.21, eerste lid",
		               "Haal het BSN uit de tekst. Dat hoort alleen in het eigen vak.",
		               NULL));
	else if (name && !is_settled(settled))
		problems_add_verdict(
		    problems, path,
		    verdict_no("X-20", "WGS, artikel 2.22, eerste lid",
		               "Haal de naam uit de tekst. Noem alleen wie in de vraag staat, als "
		               "nummer 1, 2, ...",
		               "Gaat het over iemand anders? Breng een signaal in. Is het geen "
		               "naam van een persoon? Leg dat uit onder de tekst."));
}

/* ---- one item -------------------------------------------------------------------------------- */

static const char *field_at(struct arena *a, const char *at, const char *field)
{
	return at[0] == '\0' ? field : arena_printf(a, "%s.%s", at, field);
}

static void check_text(const struct answer_asked *asked, const struct answer_item *item,
                       const char *path, struct arena *a, struct problems *problems)
{
	size_t chars = 0;

	for (const char *c = item->text; *c != '\0'; c++)
		chars += ((unsigned char)*c & 0xc0u) != 0x80u;
	if (chars == 0 && item->cents == INT64_MIN) {
		problems_add(problems, PROBLEM_ERROR, path, "Schrijf op wat u weet.");
		return;
	}
	if (chars > ANSWER_TEXT_CHARS_MAX) {
		problems_add(problems, PROBLEM_ERROR, path,
		             "Schrijf hooguit 2.000 tekens. Splits het in meer feiten.");
		return;
	}
	struct verdict v = answer_income_words(asked->addressee, item->text);
	if (!verdict_allows(v))
		problems_add_verdict(problems, path, v);
	answer_words_check(item->text, item->settled, asked->today, path, a, problems);
}

static struct law_item as_law_item(const struct answer_asked *asked, const struct answer_part *part,
                                   const struct answer_item *item)
{
	const struct law_category_row *row = law_category(item->category);

	return (struct law_item){
		.category = item->category,
		.source = asked->addressee,
		.source_unit = asked->unit,
		.phase = row != NULL ? row->phase : PHASE_UNKNOWN,
		.task = item->task,
		.received_day = asked->today,
		.about_subject = true,
		.in_casefile = true,
		.opened_phase = part != NULL ? part->opened_phase : PHASE_1,
		.activity = asked->activity,
		.crime_form = asked->crime_form,
		.exploitation = asked->exploitation,
		.criminal_data_present = part != NULL && part->criminal_data_present,
		.is_judgement = item->is_judgement,
		.has_author = true,
		.has_origin = item->task != 0,
		.source_grade = item->source_grade,
		.information_grade = item->information_grade,
		.kind = item->kind,
		.on_day = asked->today,
	};
}

static const char *field_of_rule(const char *rule)
{
	if (rule != NULL && strcmp(rule, "X-1") == 0)
		return "task";
	return rule != NULL && strcmp(rule, "X-8") == 0 ? "grade" : "kind";
}

static void check_law(const struct answer_asked *asked, const struct answer_item *item,
                      const char *at, struct arena *a, struct problems *problems)
{
	const struct answer_part *part = answer_part_of(asked, item->subject, item->category);
	const struct law_item law = as_law_item(asked, part, item);
	struct verdict v = law_x3_source_category(&law);

	if (verdict_allows(v) && part == NULL)
		v = verdict_no("X-9", "WGS, artikel 1.5, eerste lid",
		               "Nee. Hier is over deze betrokkene niet om gevraagd.",
		               "Denkt u dat het toch nodig is? Bel de analist.");
	if (verdict_allows(v))
		v = law_item_may(&law);
	if (!verdict_allows(v))
		problems_add_verdict(problems, field_at(a, at, field_of_rule(v.rule)), v);
}

bool answer_item_check(const struct answer_asked *asked, const struct answer_item *item,
                       const char *at, struct arena *a, struct problems *problems)
{
	const size_t before = problems->error_count;
	const struct law_kind *kind = law_kind(item->kind);

	if (asked->kind != REQUEST_CONTENT)
		problems_add(problems, PROBLEM_ERROR, field_at(a, at, "kind"),
		             "Hier is alleen gevraagd of u deze betrokkenen kent.");
	else if (!is_named(asked, item->subject))
		problems_add_verdict(
		    problems, field_at(a, at, "subject"),
		    verdict_no("X-9", "WGS, artikel 2.23, vijfde lid",
		               "Nee. Deze persoon of zaak staat niet in de vraag.",
		               "Weet u iets over een ander? Breng een signaal in."));
	else if (kind == NULL || kind->of != KIND_FACT || kind->category != item->category)
		problems_add(problems, PROBLEM_ERROR, field_at(a, at, "kind"),
		             "Wat voor gegeven is dit? Kies het uit de lijst.");
	else
		check_law(asked, item, at, a, problems);
	if (item->day != INT64_MIN && item->day > asked->today)
		problems_add(problems, PROBLEM_ERROR, field_at(a, at, "day"),
		             "Kies vandaag of een dag die geweest is.");
	check_text(asked, item, field_at(a, at, "text"), a, problems);
	return problems->error_count == before;
}
