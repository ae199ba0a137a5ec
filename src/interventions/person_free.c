#include "interventions/person_free.h"

#include <string.h>
#include <strings.h>

#include "interventions/daily_words.h"
#include "law/read_prose.h"

enum { NAME_LETTERS_MIN = 4 };

static bool in_word(char c)
{
	const unsigned char u = (unsigned char)c;
	return (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || (u >= '0' && u <= '9') ||
	       u >= 0x80;
}

struct word {
	const char *text;
	size_t len;
	bool capital, begins; /* begins: a sentence or a line, where every word has a capital */
};

static bool has_capital(const char *c)
{
	const unsigned char first = (unsigned char)c[0], second = (unsigned char)c[1];
	return (first >= 'A' && first <= 'Z') ||
	       (first == 0xc3 && second >= 0x80 &&
	        second <= 0x9e); /* of Latin letters with a mark */
}

/* The next word from *at; false: there is none. */
static bool next_word(const char **at, struct word *ret)
{
	bool begins = ret->text == NULL;
	const char *c = *at;

	for (; *c != '\0' && !in_word(*c); c++)
		begins = begins || *c == '.' || *c == '!' || *c == '?' || *c == ':' || *c == '\n';
	if (*c == '\0')
		return false;
	*ret = (struct word){ .text = c, .capital = has_capital(c), .begins = begins };
	while (in_word(c[ret->len]))
		ret->len++;
	*at = c + ret->len;
	return true;
}

static bool same(const struct word *a, const struct word *b)
{
	return a->len == b->len && strncasecmp(a->text, b->text, a->len) == 0;
}

/* Alone: as people write a name, or as a word that is nothing but a name. */
static bool names_alone(const struct word *of_name, const struct word *in_text)
{
	if (of_name->len < NAME_LETTERS_MIN || !same(of_name, in_text))
		return false;
	return !is_daily_word(of_name->text, of_name->len) ||
	       (in_text->capital && !in_text->begins);
}

/* With what stands before it in the name: a given name, a prefix. */
static bool names_together(const struct word name[2], const struct word text[2])
{
	return name[0].text != NULL && text[0].text != NULL && same(&name[0], &text[0]) &&
	       same(&name[1], &text[1]) && !is_name_prefix(name[1].text, name[1].len) &&
	       (text[1].capital || !is_name_prefix(name[0].text, name[0].len) ||
	        !is_daily_word(name[1].text, name[1].len));
}

static bool word_names(const struct word text[2], const char *name)
{
	struct word n[2] = { 0 };

	for (struct word next = { 0 }; next_word(&name, &next);) {
		n[0] = n[1];
		n[1] = next;
		if (names_alone(&n[1], &text[1]) || names_together(n, text))
			return true;
	}
	return false;
}

static bool names_one(const char *text, const char *name)
{
	struct word t[2] = { 0 };

	for (struct word next = { 0 }; next_word(&text, &next);) {
		t[0] = t[1];
		t[1] = next;
		if (word_names(t, name))
			return true;
	}
	return false;
}

const char *person_free_problem(struct arena *a, const char *text, const char *const *names,
                                size_t name_count, int32_t today)
{
	const struct law_finds finds = law_prose_read(a, text, strlen(text), today);

	for (size_t i = 0; i < name_count; i++)
		if (names_one(text, names[i]))
			return "Hier staat een naam uit de casus. Schrijf alleen over de plek of "
			       "het verschijnsel.";
	for (size_t i = 0; i < finds.count; i++) {
		const struct law_find_kind_row *row = law_find_kind(finds.item[i].kind);
		if (finds.item[i].kind == FIND_TOPIC)
			return law_topic(finds.item[i].topic)->sentence;
		if (row != NULL && row->stay != STAY_YES)
			return "Hier lijkt een persoon of een nummer van een persoon te staan. "
			       "Haal het weg: dit blijft bewaard als de casus weg is.";
		if (finds.item[i].kind == FIND_PLATE || finds.item[i].kind == FIND_PHONE ||
		    finds.item[i].kind == FIND_EMAIL || finds.item[i].kind == FIND_IBAN)
			return "Een kenteken, telefoonnummer, e-mailadres of rekening wijst naar "
			       "een persoon. Haal het weg.";
	}
	return NULL;
}
