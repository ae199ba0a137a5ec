#include "platform/view/difference.h"

#include <assert.h>

struct word {
	const char *text;
	size_t len;
};

struct words_of {
	struct word *list;
	size_t count;
};

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static size_t word_len(const char *at, bool lines)
{
	size_t len = 0;
	if (lines) {
		len = strcspn(at, "\n");
		return at[len] == '\n' ? len + 1 : len;
	}
	if (is_space(*at))
		return 1;
	while (at[len] != '\0' && !is_space(at[len]))
		len++;
	return len;
}

static struct words_of split(struct arena *a, const char *text, bool lines)
{
	size_t count = 0;
	for (const char *at = text; *at != '\0'; at += word_len(at, lines))
		count++;
	struct words_of ret = { ARENA_ARRAY(a, struct word, count), 0 };
	for (const char *at = text; *at != '\0'; at += word_len(at, lines))
		ret.list[ret.count++] = (struct word){ at, word_len(at, lines) };
	return ret;
}

static bool same(struct word a, struct word b)
{
	return a.len == b.len && memcmp(a.text, b.text, a.len) == 0;
}

/* ---- collecting pieces --------------------------------------------------------------------------
 */

struct pieces {
	struct arena *arena;
	struct difference_piece *list;
	size_t count;
	const char *from[3]; /* by kind: the run that is still growing */
	size_t len[3];
};

static void close_run(struct pieces *p, enum piece_kind kind)
{
	if (p->len[kind] == 0)
		return;
	p->list[p->count++] =
	    (struct difference_piece){ kind, arena_strndup(p->arena, p->from[kind], p->len[kind]) };
	p->len[kind] = 0;
}

/* Words come in the order of their text, so a run is one stretch of it. */
static void put(struct pieces *p, enum piece_kind kind, const struct word *words, size_t count)
{
	if (count == 0)
		return;
	if (kind == PIECE_SAME) {
		close_run(p, PIECE_REMOVED);
		close_run(p, PIECE_ADDED);
	} else {
		close_run(p, PIECE_SAME);
	}
	if (p->len[kind] == 0)
		p->from[kind] = words[0].text;
	for (size_t i = 0; i < count; i++)
		p->len[kind] += words[i].len;
}

/* ---- the longest common subsequence ---------------------------------------------------------- */

static void replaced(struct pieces *p, struct words_of a, struct words_of b)
{
	put(p, PIECE_REMOVED, a.list, a.count);
	put(p, PIECE_ADDED, b.list, b.count);
}

static bool too_many(struct words_of a, struct words_of b)
{
	return a.count > 0 && b.count > DIFFERENCE_CELLS / a.count;
}

static void compared(struct pieces *p, struct words_of a, struct words_of b)
{
	if (too_many(a, b)) {
		replaced(p, a, b);
		return;
	}
	/* length[i][j]: of the longest common subsequence of a from i and b from j. */
	size_t width = b.count + 1;
	uint32_t *length = ARENA_ARRAY(p->arena, uint32_t, (a.count + 1) * width);
	for (size_t i = a.count; i-- > 0;)
		for (size_t j = b.count; j-- > 0;) {
			uint32_t down = length[(i + 1) * width + j],
				 right = length[i * width + j + 1];
			length[i * width + j] = same(a.list[i], b.list[j])
			                            ? length[(i + 1) * width + j + 1] + 1
			                        : down > right ? down
			                                       : right;
		}
	size_t i = 0, j = 0;
	while (i < a.count && j < b.count) {
		if (same(a.list[i], b.list[j])) {
			put(p, PIECE_SAME, &a.list[i++], 1);
			j++;
		} else if (length[(i + 1) * width + j] >= length[i * width + j + 1]) {
			put(p, PIECE_REMOVED, &a.list[i++], 1);
		} else {
			put(p, PIECE_ADDED, &b.list[j++], 1);
		}
	}
	put(p, PIECE_REMOVED, a.list + i, a.count - i);
	put(p, PIECE_ADDED, b.list + j, b.count - j);
}

struct array difference_words(struct arena *a, const char *before, const char *after)
{
	struct words_of x = split(a, before, false), y = split(a, after, false);
	size_t head = 0, tail = 0;

	if (too_many(x, y)) {
		x = split(a, before, true);
		y = split(a, after, true);
	}
	struct pieces p = { .arena = a };
	p.list = ARENA_ARRAY(a, struct difference_piece, x.count + y.count + 1);
	while (head < x.count && head < y.count && same(x.list[head], y.list[head]))
		head++;
	while (tail < x.count - head && tail < y.count - head &&
	       same(x.list[x.count - 1 - tail], y.list[y.count - 1 - tail]))
		tail++;
	put(&p, PIECE_SAME, x.list, head);
	compared(&p, (struct words_of){ x.list + head, x.count - head - tail },
	         (struct words_of){ y.list + head, y.count - head - tail });
	put(&p, PIECE_SAME, x.list + x.count - tail, tail);
	close_run(&p, PIECE_SAME);
	close_run(&p, PIECE_REMOVED);
	close_run(&p, PIECE_ADDED);
	return (struct array){ p.list, p.count };
}
