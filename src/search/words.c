#include "search/search.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "platform/text/fold.h"

struct search_words {
	const struct mac_key *key;
	struct folder *folder; /* one thread's at a time */
	pthread_mutex_t lock;
};

enum status search_words_open(const struct mac_key *key, struct arena *a, struct search_words **ret,
                              struct error *reterr)
{
	struct search_words *w = ARENA_NEW(a, struct search_words);

	w->key = key;
	(void)pthread_mutex_init(&w->lock, NULL);
	enum status st = folder_open(&w->folder, reterr);
	if (st == OK)
		*ret = w;
	return st;
}

void search_words_close(struct search_words *w)
{
	if (w == NULL)
		return;
	folder_close(w->folder);
	(void)pthread_mutex_destroy(&w->lock);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(((const struct lexeme *)a)->text, ((const struct lexeme *)b)->text);
}

static size_t without_repeats(struct lexeme *words, size_t count)
{
	size_t kept = 0;

	qsort(words, count, sizeof *words, by_text);
	for (size_t i = 0; i < count; i++)
		if (kept == 0 || by_text(&words[kept - 1], &words[i]) != 0)
			words[kept++] = words[i];
	return kept;
}

size_t search_words_of(struct search_words *w, const char *text, struct arena *a, size_t max,
                       struct lexeme *ret)
{
	(void)pthread_mutex_lock(&w->lock);
	size_t count = lexemes_of_text(w->key, "text", w->folder, text, a, max, ret);
	(void)pthread_mutex_unlock(&w->lock);
	return without_repeats(ret, count);
}

const char *search_beginning(struct arena *a, const char *text)
{
	enum { SHOWN = 60 };
	size_t len = strlen(text);

	if (len <= SHOWN)
		return text;
	for (len = SHOWN; len > 0 && text[len] != ' ';)
		len--;
	return len == 0 ? "" : arena_printf(a, "%.*s ...", (int)len, text);
}

/* ---- a long text ------------------------------------------------------------------------------ */

/* The length of the next piece: up to the last end of a word in it. */
static size_t piece_of(const char *text)
{
	enum { PIECE_BYTES = 8192 };
	const size_t len = strnlen(text, PIECE_BYTES);
	size_t end = len;

	if (len < PIECE_BYTES)
		return len;
	while (end > 0 && text[end - 1] != ' ' && text[end - 1] != '\n')
		end--;
	return end > 0 ? end : len;
}

struct array search_words_of_long(struct search_words *w, const char *text, struct arena *a)
{
	struct lexeme *all = ARENA_ARRAY(a, struct lexeme, 2 * SEARCH_LONG_WORDS_MAX);
	size_t count = 0;

	while (*text != '\0' && count < SEARCH_LONG_WORDS_MAX) {
		const size_t len = piece_of(text);
		struct arena_mark mark = arena_mark(a);
		count += search_words_of(w, arena_strndup(a, text, len), a, SEARCH_LONG_WORDS_MAX,
		                         all + count);
		arena_rewind(a, mark);
		count = without_repeats(all, count);
		text += len;
	}
	return (struct array){ all, count < SEARCH_LONG_WORDS_MAX ? count : SEARCH_LONG_WORDS_MAX };
}
