#include "law/read_prose.h"
#include "law/prose.h"
#include "law/validate_text.h"

#include <assert.h>
#include <string.h>

static const struct law_find_kind_row kinds[] = {
	{ FIND_BSN, "BSN", "BSN", STAY_MOVE,
	  "In de tekst staat een getal dat op een BSN lijkt. Zet het in het vak BSN bij de "
	  "persoon.",
	  "WGS, artikel 2.21, eerste lid" },
	{ FIND_RSIN, "RSIN", "RSIN", STAY_YES, NULL, NULL },
	{ FIND_KVK, "KVK", "KvK-nummer", STAY_YES, NULL, NULL },
	{ FIND_VAT, "VAT", "Btw-nummer", STAY_YES, NULL, NULL },
	{ FIND_IBAN, "IBAN", "Rekeningnummer", STAY_YES, NULL, NULL },
	{ FIND_BAG_ID, "BAG_ID", "BAG-nummer", STAY_YES, NULL, NULL },
	{ FIND_POSTCODE, "POSTCODE", "Postcode", STAY_YES, NULL, NULL },
	{ FIND_ADDRESS, "ADDRESS", "Adres", STAY_YES, NULL, NULL },
	{ FIND_PLATE, "PLATE", "Kenteken", STAY_YES, NULL, NULL },
	{ FIND_PHONE, "PHONE", "Telefoonnummer", STAY_YES, NULL, NULL },
	{ FIND_EMAIL, "EMAIL", "E-mailadres", STAY_YES, NULL, NULL },
	{ FIND_DATE, "DATE", "Datum", STAY_YES, NULL, NULL },
	{ FIND_TIME, "TIME", "Tijd", STAY_YES, NULL, NULL },
	{ FIND_AMOUNT, "AMOUNT", "Bedrag", STAY_YES, NULL, NULL },
	{ FIND_NAME, "NAME", "Naam van een persoon", STAY_MOVE,
	  "In de tekst staat een naam. Voeg de persoon toe en noem die met @.",
	  "WGS, artikel 2.22, eerste lid" },
	{ FIND_TOPIC, "TOPIC", "Gevoelig woord", STAY_REMOVE,
	  "Dit hoort niet in Plein. Haal het weg of leg uit waarom wij het verkeerd lezen.",
	  "WGS, artikel 2.21, eerste lid" },
	{ FIND_BIRTH_DATE, "BIRTH_DATE", "Geboortedatum", STAY_YES, NULL, NULL },
};

const struct law_find_kind_row *law_find_kinds(size_t *ret_count)
{
	*ret_count = sizeof(kinds) / sizeof(kinds[0]);
	return kinds;
}

const struct law_find_kind_row *law_find_kind(enum law_find_kind kind)
{
	assert(kind >= FIND_BSN && kind <= FIND_BIRTH_DATE);
	return &kinds[kind - 1];
}

bool prose_is_word(char c)
{
	return is_letter(c) || is_digit(c) || ((unsigned char)c & 0x80u) != 0;
}

bool prose_word_starts(const struct prose *p, size_t i)
{
	return i == 0 || !prose_is_word(p->s[i - 1]);
}

bool prose_word_ended(const struct prose *p, size_t i)
{
	return i >= p->len || !prose_is_word(p->s[i]);
}

size_t prose_word_end(const struct prose *p, size_t i)
{
	while (!prose_word_ended(p, i))
		i++;
	return i;
}

size_t prose_word_is(const struct prose *p, size_t i, const char *word)
{
	for (; *word != '\0'; word++, i++)
		if (i >= p->len || small_letter(p->s[i]) != *word)
			return 0;
	return prose_word_ended(p, i) ? i : 0;
}

bool prose_follows(const struct prose *p, size_t i, const char *const *words)
{
	enum { LOOK_BACK = 32 };
	size_t from = i > LOOK_BACK ? i - LOOK_BACK : 0;

	for (size_t at = i; at > from; at--) {
		char c = p->s[at - 1];
		if (c == '.' && at >= 2 && p->s[at - 2] != 'v' && p->s[at - 2] != 'k' && at < i &&
		    p->s[at] == ' ')
			return false; /* another sentence; "k.v.k." is a word */
		if (!prose_word_starts(p, at - 1))
			continue;
		for (size_t w = 0; words[w] != NULL; w++)
			if (strncasecmp(p->s + at - 1, words[w], strlen(words[w])) == 0)
				return true;
	}
	return false;
}

bool prose_candidate(const struct prose *p, size_t i, size_t end, struct candidate *ret)
{
	if (end <= i || end - i > PROSE_CANDIDATE_MAX)
		return false;
	memcpy(ret->s, p->s + i, end - i);
	ret->s[end - i] = '\0';
	return memchr(ret->s, '\0', end - i) == NULL;
}

void prose_keep(struct law_find *find, enum law_find_kind kind, const struct law_checked *checked,
                const char *as_written)
{
	const char *value = checked->level == CHECK_ERROR ? as_written : checked->value;
	size_t len = strlen(value);

	if (len > LAW_FIND_VALUE_MAX)
		len = LAW_FIND_VALUE_MAX;
	*find =
	    (struct law_find){ .kind = kind, .level = checked->level, .number = checked->number };
	memcpy(find->value, value, len);
	find->value[len] = '\0';
}

/* The text as finders read it. */
static struct prose prose_of(struct arena *arena, const char *text, size_t bytes, int32_t today)
{
	char *s = arena_alloc(arena, bytes + 1);
	size_t *at = ARENA_ARRAY(arena, size_t, bytes + 1);
	size_t len = 0;

	for (size_t i = 0; i < bytes;) {
		size_t step;
		char c = plain_char(text + i, bytes - i, &step);
		if (c != '\0' || step == 1) {
			at[len] = i;
			s[len++] = c;
		}
		i += step;
	}
	at[len] = bytes;
	return (struct prose){ .s = s, .at = at, .len = len, .today = today };
}

/* In this order: what is more telling goes first, so that a date is no BSN and a BSN no phone. */
static prose_finder *const finders[] = {
	prose_find_email, prose_find_iban,   prose_find_vat,      prose_find_amount,
	prose_find_date,  prose_find_time,   prose_find_postcode, prose_find_plate,
	prose_find_phone, prose_find_number, prose_find_name,     prose_find_address,
};

static bool may_start(const struct prose *p, size_t i)
{
	char c = p->s[i];
	bool sign =
	    c == '+' || c == '(' || (unsigned char)c == 0xe2; /* phone numbers, the euro sign */

	return (prose_is_word(c) || sign) && (prose_word_starts(p, i) || (unsigned char)c == 0xe2);
}

/* Where the character before s[end] ends in the text: the next byte's place may lie past invisible
 * characters that belong to nothing. */
static size_t text_end(const struct prose *p, size_t end)
{
	return end < p->len ? p->at[end] : p->at[p->len];
}

static size_t find_at(const struct prose *p, size_t i, struct law_find *ret)
{
	for (size_t f = 0; f < sizeof(finders) / sizeof(finders[0]); f++) {
		size_t end = finders[f](p, i, ret);
		assert(end == 0 || (end > i && end <= p->len));
		if (end == 0)
			continue;
		ret->start = p->at[i];
		ret->length = text_end(p, end) - p->at[i];
		return end;
	}
	return 0;
}

static void append(struct law_finds *finds, const struct law_find *find)
{
	if (finds->count >= LAW_FINDS_MAX) {
		finds->cut = true;
		return;
	}
	finds->item[finds->count++] = *find;
}

static void add_topics(struct law_finds *finds, const struct law_topic_hit *hits, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct law_find find = { .kind = FIND_TOPIC,
			                 .start = hits[i].start,
			                 .length = hits[i].length,
			                 .topic = hits[i].topic };
		const char *id = law_topic(hits[i].topic)->id;
		memcpy(find.value, id, strlen(id) + 1);
		append(finds, &find);
	}
}

static int by_start(const void *a, const void *b)
{
	const struct law_find *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return x->topic < y->topic ? -1 : x->topic > y->topic;
}

struct law_finds law_prose_read(struct arena *arena, const char *text, size_t text_bytes,
                                int32_t today)
{
	/* a find has a byte of its own, a topic a word: short texts need little room */
	const size_t room = text_bytes < LAW_FINDS_MAX / 2 ? 2 * text_bytes + 1 : LAW_FINDS_MAX;
	struct law_finds finds = { .item = ARENA_ARRAY(arena, struct law_find, room) };
	struct law_topic_hit *hits = ARENA_ARRAY(arena, struct law_topic_hit, LAW_FINDS_MAX);
	struct prose p = prose_of(arena, text, text_bytes, today);

	for (size_t i = 0; i < p.len;) {
		struct law_find find;
		size_t end = may_start(&p, i) ? find_at(&p, i, &find) : 0;
		if (end > 0)
			append(&finds, &find);
		i = end > 0 ? end : i + 1;
	}
	size_t topics = law_topics_find(text, text_bytes, hits, LAW_FINDS_MAX);
	finds.cut = finds.cut || topics > LAW_FINDS_MAX;
	add_topics(&finds, hits, topics < LAW_FINDS_MAX ? topics : LAW_FINDS_MAX);
	if (finds.count > 0)
		qsort(finds.item, finds.count, sizeof(finds.item[0]), by_start);
	return finds;
}

static bool found(const struct law_finds *finds, unsigned kinds_wanted)
{
	for (size_t i = 0; i < finds->count; i++)
		if ((kinds_wanted & (1u << finds->item[i].kind)) != 0)
			return true;
	return false;
}

unsigned law_prose_missing(const struct law_finds *finds, size_t text_bytes)
{
	enum { STORY_LEAST_BYTES = 120 };
	const unsigned where = 1u << FIND_ADDRESS | 1u << FIND_POSTCODE | 1u << FIND_BAG_ID;
	const unsigned who = 1u << FIND_NAME | 1u << FIND_BSN | 1u << FIND_KVK | 1u << FIND_RSIN |
	                     1u << FIND_PLATE | 1u << FIND_PHONE | 1u << FIND_IBAN | 1u << FIND_VAT;
	unsigned missing = 0;

	if (!found(finds, where))
		missing |= MISSING_WHERE;
	if (!found(finds, 1u << FIND_DATE))
		missing |= MISSING_WHEN;
	if (!found(finds, who))
		missing |= MISSING_WHO_OR_WHAT;
	if (text_bytes < STORY_LEAST_BYTES)
		missing |= MISSING_FACTS;
	return missing;
}

const char *law_missing_question(enum law_missing bit)
{
	switch (bit) {
	case MISSING_WHERE:
		return "Waar zag u dit? Een adres, perceel of omschrijving is genoeg.";
	case MISSING_WHEN:
		return "Wanneer zag u dit? Noem ten minste één dag.";
	case MISSING_WHO_OR_WHAT:
		return "Over wie of wat gaat het? Een bedrijf, voertuig of persoon, als u dat "
		       "weet.";
	case MISSING_FACTS:
		return "Wat zag of las uw organisatie zelf? Schrijf het in een paar korte zinnen.";
	}
	return NULL;
}
