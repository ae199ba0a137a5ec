#include "matching/bloom_scan.h"

#include <assert.h>
#include <math.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "matching/bigarray.h"

/* Read ahead by hand: the machine does so too late for rows of a kilobyte. */
enum { GROUPS_AHEAD = 4 };

struct group {
	uint64_t words[BLOOM_WORDS][BLOOM_GROUP];
};

struct bloom_store {
	struct bigarray groups;
	uint32_t *records; /* place -> the caller's number */
	uint16_t *bits;    /* of the filter at each place, ascending */
	uint32_t count;
};

static uint16_t bits_of(const struct bloom *b)
{
	int bits = 0;

	for (int i = 0; i < BLOOM_WORDS; i++)
		bits += __builtin_popcountll(b->words[i]);
	return (uint16_t)bits;
}

/* Counting sort by bits. */
static void sort_by_bits(struct bloom_store *s, const struct bloom *filters)
{
	uint32_t start[BLOOM_WORDS * 64 + 2] = { 0 };

	for (uint32_t i = 0; i < s->count; i++)
		start[bits_of(&filters[i]) + 1]++;
	for (int b = 1; b < BLOOM_WORDS * 64 + 2; b++)
		start[b] += start[b - 1];
	for (uint32_t i = 0; i < s->count; i++) {
		uint16_t bits = bits_of(&filters[i]);
		uint32_t at = start[bits]++;
		s->records[at] = i;
		s->bits[at] = bits;
	}
}

struct bloom_store *bloom_store_new(const struct bloom *filters, uint32_t count)
{
	struct bloom_store *s = block_alloc(1, sizeof(*s));
	uint32_t groups = (count + BLOOM_GROUP - 1) / BLOOM_GROUP;

	s->count = count;
	s->records = block_alloc((size_t)groups * BLOOM_GROUP, sizeof(*s->records));
	s->bits = block_alloc((size_t)groups * BLOOM_GROUP, sizeof(*s->bits));
	sort_by_bits(s, filters);
	struct group *g =
	    bigarray_reserve(&s->groups, ((size_t)groups + GROUPS_AHEAD) * sizeof(*g));
	for (uint32_t at = 0; at < count; at++)
		for (int w = 0; w < BLOOM_WORDS; w++)
			g[at / BLOOM_GROUP].words[w][at % BLOOM_GROUP] =
			    filters[s->records[at]].words[w];
	return s;
}

void bloom_store_free(struct bloom_store *s)
{
	if (s == NULL)
		return;
	bigarray_free(&s->groups);
	block_free(s->records);
	block_free(s->bits);
	block_free(s);
}

/* What one group gives: the shared bits of each question with each of the eight filters, and a bit
 * per filter where they come to at least need[i]. shared[i] is only set where a bit is. */
struct outcome {
	uint64_t shared[BLOOM_BATCH][BLOOM_GROUP];
	uint8_t reached[BLOOM_BATCH];
};

/* What each of BLOOM_BATCH questions asks for; of unused ones more than there is. */
struct wanted {
	uint64_t need[BLOOM_BATCH];
	uint64_t rest[BLOOM_BATCH]; /* bits in its second half: they can't be shared more often */
};

/* Returns whether any bit is set. */
typedef bool shared_fn(const struct group *g, const struct bloom *q, int count,
                       const struct wanted *want, struct outcome *ret);

static bool note_reached(int count, const uint64_t *need, struct outcome *o)
{
	bool any = false;

	for (int i = 0; i < count; i++) {
		o->reached[i] = 0;
		for (int lane = 0; lane < BLOOM_GROUP; lane++)
			o->reached[i] |= (uint8_t)((o->shared[i][lane] >= need[i]) << lane);
		any |= o->reached[i] != 0;
	}
	return any;
}

static bool shared_plain(const struct group *g, const struct bloom *q, int count,
                         const struct wanted *want, struct outcome *ret)
{
	for (int i = 0; i < count; i++)
		for (int lane = 0; lane < BLOOM_GROUP; lane++) {
			uint64_t sum = 0;
			for (int w = 0; w < BLOOM_WORDS; w++)
				sum += (uint64_t)__builtin_popcountll(g->words[w][lane] &
				                                      q[i].words[w]);
			ret->shared[i][lane] = sum;
		}
	return note_reached(count, want->need, ret);
}

#if defined(__x86_64__)
enum { HALF_WORDS = BLOOM_WORDS / 2 };

/* Whether a filter can still come to what a question needs, if it shares all of its second half. */
__attribute__((target("avx512f,avx512vpopcntdq"))) static inline bool
half_way(const __m512i sums[BLOOM_BATCH], const struct wanted *want)
{
	unsigned left = 0;

#pragma GCC unroll 16
	for (int i = 0; i < BLOOM_BATCH; i++) {
		__m512i most =
		    _mm512_add_epi64(sums[i], _mm512_set1_epi64((long long)want->rest[i]));
		left |= _mm512_cmpge_epu64_mask(most, _mm512_set1_epi64((long long)want->need[i]));
	}
	return left != 0;
}

/* All sums stay in registers: sixteen questions cost memory what one costs. Most groups are done at
 * half way. */
__attribute__((target("avx512f,avx512vpopcntdq"))) static bool
shared_avx512(const struct group *g, const struct bloom *q, int count, const struct wanted *want,
              struct outcome *ret)
{
	__m512i sums[BLOOM_BATCH];
	bool any = false;

#pragma GCC unroll 16
	for (int i = 0; i < BLOOM_BATCH; i++)
		sums[i] = _mm512_setzero_si512();
	for (int w = 0; w < BLOOM_WORDS; w++) {
		if (w == HALF_WORDS && !half_way(sums, want))
			return false;
		__m512i words = _mm512_loadu_si512(g->words[w]);
		__builtin_prefetch(g[GROUPS_AHEAD].words[w]);
#pragma GCC unroll 16
		for (int i = 0; i < BLOOM_BATCH; i++) { /* unused ones are computed, not read */
			__m512i both =
			    _mm512_and_si512(words, _mm512_set1_epi64((long long)q[i].words[w]));
			sums[i] = _mm512_add_epi64(sums[i], _mm512_popcnt_epi64(both));
		}
	}
#pragma GCC unroll 16
	for (int i = 0; i < BLOOM_BATCH; i++) {
		if (i >= count)
			break;
		__m512i least = _mm512_set1_epi64((long long)want->need[i]);
		ret->reached[i] = _mm512_cmpge_epu64_mask(sums[i], least);
		if (ret->reached[i] != 0)
			_mm512_storeu_si512(ret->shared[i], sums[i]);
		any |= ret->reached[i] != 0;
	}
	return any;
}

/* Bits per byte by a table of nibbles, summed per 64 bits (W. Mula, 2016). */
__attribute__((target("avx2"))) static inline __m256i popcount_avx2(__m256i v)
{
	const __m256i table = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1,
	                                       1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
	const __m256i low = _mm256_set1_epi8(15);
	__m256i counts = _mm256_add_epi8(
	    _mm256_shuffle_epi8(table, _mm256_and_si256(v, low)),
	    _mm256_shuffle_epi8(table, _mm256_and_si256(_mm256_srli_epi16(v, 4), low)));
	return _mm256_sad_epu8(counts, _mm256_setzero_si256());
}

__attribute__((target("avx2"))) static bool shared_avx2(const struct group *g,
                                                        const struct bloom *q, int count,
                                                        const struct wanted *want,
                                                        struct outcome *ret)
{
	for (int i = 0; i < count; i++) {
		__m256i first = _mm256_setzero_si256(), second = first;
		for (int w = 0; w < BLOOM_WORDS; w++) {
			__m256i word = _mm256_set1_epi64x((long long)q[i].words[w]);
			__m256i a =
			    _mm256_loadu_si256((const __m256i *)(const void *)&g->words[w][0]);
			__m256i b =
			    _mm256_loadu_si256((const __m256i *)(const void *)&g->words[w][4]);
			first = _mm256_add_epi64(first, popcount_avx2(_mm256_and_si256(a, word)));
			second = _mm256_add_epi64(second, popcount_avx2(_mm256_and_si256(b, word)));
		}
		_mm256_storeu_si256((__m256i *)(void *)&ret->shared[i][0], first);
		_mm256_storeu_si256((__m256i *)(void *)&ret->shared[i][4], second);
	}
	return note_reached(count, want->need, ret);
}
#endif

enum bloom_kernel bloom_kernel_best(void)
{
#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx512vpopcntdq"))
		return BLOOM_AVX512;
	if (__builtin_cpu_supports("avx2"))
		return BLOOM_AVX2;
#endif
	return BLOOM_PLAIN;
}

static shared_fn *kernel_function(enum bloom_kernel kernel)
{
#if defined(__x86_64__)
	if (kernel == BLOOM_AVX512)
		return shared_avx512;
	if (kernel == BLOOM_AVX2)
		return shared_avx2;
#endif
	assert(kernel == BLOOM_PLAIN);
	return shared_plain;
}

static uint32_t first_with(const struct bloom_store *s, double bits)
{
	uint32_t low = 0, high = s->count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (s->bits[middle] < bits)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* One question's window and what a shared bit must come to. */
struct asked {
	uint32_t first, end;
	uint16_t bits;
};

static void take_hits(const struct bloom_store *s, const struct asked *a, uint32_t base,
                      const uint64_t shared[BLOOM_GROUP], double dice_min, struct bloom_answer *to)
{
	for (uint32_t lane = 0; lane < BLOOM_GROUP; lane++) {
		uint32_t at = base + lane;
		if (at < a->first || at >= a->end)
			continue;
		double sum = a->bits + s->bits[at];
		if (2.0 * (double)shared[lane] < dice_min * sum)
			continue;
		if (to->count < to->room)
			to->hits[to->count] =
			    (struct bloom_hit){ s->records[at],
				                (float)(2.0 * (double)shared[lane] / sum) };
		to->count++;
	}
}

static void wanted_init(struct wanted *want, const struct bloom questions[BLOOM_BATCH])
{
	*want = (struct wanted){ { 0 }, { 0 } };
	for (int i = 0; i < BLOOM_BATCH; i++) {
		want->need[i] = UINT32_MAX;
		for (int w = BLOOM_WORDS / 2; w < BLOOM_WORDS; w++)
			want->rest[i] += (uint64_t)__builtin_popcountll(questions[i].words[w]);
	}
}

uint64_t bloom_scan(enum bloom_kernel kernel, const struct bloom_store *s,
                    const struct bloom *questions, int question_count, double dice_min,
                    struct bloom_answer *answers)
{
	struct bloom padded[BLOOM_BATCH] = { 0 };
	struct asked asked[BLOOM_BATCH];
	struct wanted want;
	struct outcome outcome;
	int bits_before = -1; /* need is worked out anew where the number of bits rises */
	uint32_t first = s->count, end = 0;
	const struct group *groups = s->groups.data;
	shared_fn *shared_of = kernel_function(kernel);

	assert(question_count >= 1 && question_count <= BLOOM_BATCH);
	assert(dice_min > 0 && dice_min <= 1);
	memcpy(padded, questions, (size_t)question_count * sizeof(*questions));
	wanted_init(&want, padded);
	for (int i = 0; i < question_count; i++) {
		uint16_t bits = bits_of(&questions[i]);
		asked[i] =
		    (struct asked){ first_with(s, ceil(bits * dice_min / (2 - dice_min))),
			            first_with(s, floor(bits * (2 - dice_min) / dice_min) + 1),
			            bits };
		first = asked[i].first < first ? asked[i].first : first;
		end = asked[i].end > end ? asked[i].end : end;
		answers[i].count = 0;
	}
	if (first >= end)
		return 0;
	for (uint32_t base = first / BLOOM_GROUP * BLOOM_GROUP; base < end; base += BLOOM_GROUP) {
		/* the first filter of a group has the fewest bits: what it needs, all need */
		for (int i = 0; i < question_count && s->bits[base] != bits_before; i++)
			want.need[i] =
			    (uint64_t)ceil(dice_min * (asked[i].bits + s->bits[base]) / 2 - 1e-9);
		bits_before = s->bits[base];
		if (!shared_of(&groups[base / BLOOM_GROUP], padded, question_count, &want,
		               &outcome))
			continue;
		for (int i = 0; i < question_count; i++)
			if (outcome.reached[i] != 0)
				take_hits(s, &asked[i], base, outcome.shared[i], dice_min,
				          &answers[i]);
	}
	return (uint64_t)(end - first) * (uint64_t)question_count;
}
