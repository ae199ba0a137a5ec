/* fuzz_law_topics.c - folding walks any bytes to their end; a hit is whole words of the text */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "law/share.h"
#include "law/topics.h"

enum { HITS_MAX = 64, QUERY_MAX = 400 };

static void folding_reaches_the_end(const char *text, size_t size)
{
	for (size_t at = 0; at < size;) {
		size_t bytes;
		char c = law_fold_at(text, size, at, &bytes);
		assert(bytes >= 1 && bytes <= size - at);
		assert(c == '\0' || c == ' ' || c == '*' || (c >= 'a' && c <= 'z') ||
		       (c >= '0' && c <= '9'));
		at += bytes;
	}
}

static void hits_are_whole_words(const char *text, size_t size)
{
	struct law_topic_hit hits[HITS_MAX];
	size_t count = law_topics_find(text, size, hits, HITS_MAX);
	size_t start = 0;

	assert(law_topics_find(text, size, NULL, 0) == count);
	for (size_t i = 0; i < count && i < HITS_MAX; i++) {
		assert(hits[i].length > 0 && hits[i].start <= size);
		assert(hits[i].length <= size - hits[i].start);
		assert(hits[i].start >= start);
		start = hits[i].start;
		/* the same words alone are hit again */
		assert(law_topics_find(text + hits[i].start, hits[i].length, NULL, 0) > 0);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;

	folding_reaches_the_end(text, size);
	hits_are_whole_words(text, size);
	if (size > QUERY_MAX)
		return 0;
	char query[QUERY_MAX + 1];
	const struct law_thing *things[8];
	memcpy(query, text, size);
	query[size] = '\0';
	assert(law_things_search(query, things, 8) <= 8);
	return 0;
}
