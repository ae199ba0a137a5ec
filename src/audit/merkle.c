#include "audit/merkle.h"

#include <assert.h>

static bool same(const struct digest *a, const struct digest *b)
{
	return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0; /* public values */
}

struct digest merkle_leaf(const void *nonce, size_t nonce_len, const void *body, size_t body_len)
{
	static const uint8_t PREFIX = 0;
	const struct span parts[] = { SPAN(&PREFIX, 1), SPAN(nonce, nonce_len),
		                      SPAN(body, body_len) };

	return sha256_parts(parts, 3);
}

struct digest merkle_node(const struct digest *left, const struct digest *right)
{
	static const uint8_t PREFIX = 1;
	const struct span parts[] = { SPAN(&PREFIX, 1), SPAN_OF(left->bytes),
		                      SPAN_OF(right->bytes) };

	return sha256_parts(parts, 3);
}

size_t merkle_append(struct merkle_frontier *f, const struct digest *leaf,
                     struct merkle_complete ret[MERKLE_LEVELS_MAX])
{
	struct merkle_complete grown = { .level = 0, .index = f->size, .root = *leaf };
	size_t completed = 0;

	assert(f->size < UINT64_C(1) << (MERKLE_LEVELS_MAX - 1));
	for (uint64_t size = f->size;; size >>= 1) {
		if (ret != NULL)
			ret[completed] = grown;
		completed++;
		if ((size & 1) == 0)
			break;
		grown.root = merkle_node(&f->peaks[--f->count], &grown.root);
		grown.level++;
		grown.index >>= 1;
	}
	f->peaks[f->count++] = grown.root;
	f->size++;
	return completed;
}

struct digest merkle_root(const struct merkle_frontier *f)
{
	if (f->count == 0)
		return sha256_parts(NULL, 0);
	struct digest root = f->peaks[f->count - 1];
	for (uint32_t i = f->count - 1; i-- > 0;)
		root = merkle_node(&f->peaks[i], &root);
	return root;
}

/* ---- proofs --------------------------------------------------------------------------------- */

/* The largest power of two below n; n >= 2. */
static uint64_t split_of(uint64_t n)
{
	uint64_t k = 1;

	while (k << 1 < n)
		k <<= 1;
	return k;
}

static bool is_power_of_two(uint64_t n)
{
	return (n & (n - 1)) == 0;
}

static uint32_t level_of(uint64_t power)
{
	uint32_t level = 0;

	for (; power > 1; power >>= 1)
		level++;
	return level;
}

/* MTH of n leaves from `from`, which is a multiple of the largest power of two not above n. Each
 * step down halves at least, so at most 63 levels deep. */
static bool range_root(const struct merkle_source *s, uint64_t from, uint64_t n, struct digest *ret)
{
	struct digest left, right;

	assert(n > 0);
	if (is_power_of_two(n)) {
		const uint32_t level = level_of(n);
		return s->complete(s->context, level, from >> level, ret);
	}
	const uint64_t k = split_of(n);
	if (!range_root(s, from, k, &left) || !range_root(s, from + k, n - k, &right))
		return false;
	*ret = merkle_node(&left, &right);
	return true;
}

bool merkle_root_at(const struct merkle_source *source, uint64_t size, struct digest *ret)
{
	if (size > 0)
		return range_root(source, 0, size, ret);
	*ret = sha256_parts(NULL, 0);
	return true;
}

/* Paths are found from the root down and read from the leaf up. */
static void turn_round(struct merkle_path *p)
{
	for (size_t i = 0; i < p->count / 2; i++) {
		const struct digest swap = p->digests[i];
		p->digests[i] = p->digests[p->count - 1 - i];
		p->digests[p->count - 1 - i] = swap;
	}
}

bool merkle_inclusion(const struct merkle_source *source, uint64_t index, uint64_t size,
                      struct merkle_path *ret)
{
	uint64_t from = 0;

	assert(index < size);
	ret->count = 0;
	while (size > 1) {
		const uint64_t k = split_of(size);
		const bool left = index < k;
		struct digest *sibling = &ret->digests[ret->count++];
		if (!range_root(source, left ? from + k : from, left ? size - k : k, sibling))
			return false;
		from += left ? 0 : k;
		index -= left ? 0 : k;
		size = left ? k : size - k;
	}
	turn_round(ret);
	return true;
}

bool merkle_consistency(const struct merkle_source *source, uint64_t first, uint64_t second,
                        struct merkle_path *ret)
{
	uint64_t from = 0;
	bool from_start = true; /* the first tree is a whole subtree of the second as far as seen */

	assert(first > 0 && first <= second);
	ret->count = 0;
	while (first != second) {
		const uint64_t k = split_of(second);
		const bool left = first <= k;
		struct digest *other = &ret->digests[ret->count++];
		if (!range_root(source, left ? from + k : from, left ? second - k : k, other))
			return false;
		from_start = from_start && left;
		from += left ? 0 : k;
		first -= left ? 0 : k;
		second = left ? k : second - k;
	}
	if (!from_start && !range_root(source, from, first, &ret->digests[ret->count++]))
		return false;
	turn_round(ret);
	return true;
}

bool merkle_inclusion_holds(const struct digest *leaf, uint64_t index, uint64_t size,
                            const struct digest *root, const struct merkle_path *path)
{
	uint64_t fn = index, sn;
	struct digest r = *leaf;

	if (index >= size || path->count > MERKLE_PATH_MAX)
		return false;
	sn = size - 1;
	for (size_t i = 0; i < path->count; i++) {
		if (sn == 0)
			return false;
		if ((fn & 1) == 0 && fn != sn) {
			r = merkle_node(&r, &path->digests[i]);
		} else {
			r = merkle_node(&path->digests[i], &r);
			for (; (fn & 1) == 0 && fn != 0; fn >>= 1)
				sn >>= 1;
		}
		fn >>= 1;
		sn >>= 1;
	}
	return sn == 0 && same(&r, root);
}

/* The walk of RFC 9162 2.1.4.2, steps 4 to 7: both roots from the same digests. */
static bool consistency_walk(uint64_t fn, uint64_t sn, const struct digest *start,
                             const struct digest *rest, size_t count, struct digest *ret_first,
                             struct digest *ret_second)
{
	struct digest fr = *start, sr = *start;

	for (; (fn & 1) == 1; fn >>= 1)
		sn >>= 1;
	for (size_t i = 0; i < count; i++) {
		if (sn == 0)
			return false;
		if ((fn & 1) == 1 || fn == sn) {
			fr = merkle_node(&rest[i], &fr);
			sr = merkle_node(&rest[i], &sr);
			for (; (fn & 1) == 0 && fn != 0; fn >>= 1)
				sn >>= 1;
		} else {
			sr = merkle_node(&sr, &rest[i]);
		}
		fn >>= 1;
		sn >>= 1;
	}
	*ret_first = fr;
	*ret_second = sr;
	return sn == 0;
}

bool merkle_consistency_holds(uint64_t first, const struct digest *first_root, uint64_t second,
                              const struct digest *second_root, const struct merkle_path *path)
{
	struct digest fr, sr;
	const bool whole = first > 0 && is_power_of_two(first);

	if (first == 0 || first > second || path->count > MERKLE_PATH_MAX)
		return false;
	if (first == second)
		return path->count == 0 && same(first_root, second_root);
	if (path->count == 0)
		return false;
	const struct digest *start = whole ? first_root : &path->digests[0];
	const struct digest *rest = path->digests + (whole ? 0 : 1);
	return consistency_walk(first - 1, second - 1, start, rest, path->count - (whole ? 0 : 1),
	                        &fr, &sr) &&
	       same(&fr, first_root) && same(&sr, second_root);
}
