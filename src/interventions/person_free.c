#include "interventions/person_free.h"

#include <string.h>
#include <strings.h>

#include "law/read_prose.h"

enum { NAME_LETTERS_MIN = 4 };

static bool in_word(char c)
{
	const unsigned char u = (unsigned char)c;
	return (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || (u >= '0' && u <= '9') ||
	       u >= 0x80;
}

/* Does this word stand in the text as a whole word? */
static bool stands_in(const char *text, const char *word, size_t len)
{
	for (const char *c = text; *c != '\0'; c++)
		if ((c == text || !in_word(c[-1])) && strncasecmp(c, word, len) == 0 &&
		    !in_word(c[len]))
			return true;
	return false;
}

static bool names_one(const char *text, const char *name)
{
	for (const char *c = name; *c != '\0';) {
		size_t len = 0;
		while (in_word(c[len]))
			len++;
		if (len >= NAME_LETTERS_MIN && stands_in(text, c, len))
			return true;
		c += len > 0 ? len : 1;
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
