#include "matching/distance.h"

#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

static int cut(int bytes)
{
	return bytes > DISTANCE_MAX_BYTES ? DISTANCE_MAX_BYTES : bytes;
}

/* Set by hand for the letters in use only: clearing 2 KiB costs more than the comparison. */
#define MASKS_LEFT_ALONE __attribute__((uninitialized))

/* Where each letter stands in a, for every letter that occurs in a or b. */
static void positions(const char *a, int a_bytes, const char *b, int b_bytes, uint64_t masks[256])
{
	for (int i = 0; i < b_bytes; i++)
		masks[(unsigned char)b[i]] = 0;
	for (int i = 0; i < a_bytes; i++)
		masks[(unsigned char)a[i]] = 0;
	for (int i = 0; i < a_bytes; i++)
		masks[(unsigned char)a[i]] |= (uint64_t)1 << i;
}

static int osa_bits(const uint64_t masks[256], int a_bytes, const char *b, int b_bytes)
{
	uint64_t vp = ~(uint64_t)0, vn = 0, d0 = 0, before = 0;
	uint64_t last = (uint64_t)1 << (a_bytes - 1);
	int score = a_bytes;

	for (int j = 0; j < b_bytes; j++) {
		uint64_t here = masks[(unsigned char)b[j]];
		uint64_t swapped = (((~d0) & here) << 1) & before;
		d0 = (((here & vp) + vp) ^ vp) | here | vn | swapped;
		uint64_t hp = vn | ~(d0 | vp);
		uint64_t hn = d0 & vp;
		score += (hp & last) != 0;
		score -= (hn & last) != 0;
		hp = hp << 1 | 1;
		hn <<= 1;
		vp = hn | ~(d0 | hp);
		vn = hp & d0;
		before = here;
	}
	return score;
}

int distance_osa(const char *a, int a_bytes, const char *b, int b_bytes)
{
	MASKS_LEFT_ALONE uint64_t masks[256];

	a_bytes = cut(a_bytes);
	b_bytes = cut(b_bytes);
	if (a_bytes == 0)
		return b_bytes;
	positions(a, a_bytes, b, b_bytes, masks);
	return osa_bits(masks, a_bytes, b, b_bytes);
}

#ifdef __SSE2__
/* Where the letter stands among the sixteen, without a table. */
static uint64_t letter_bits(__m128i letters, char c)
{
	return (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(letters, _mm_set1_epi8(c)));
}

int distance_osa_16(const char *a, int a_bytes, const char *b, int b_bytes)
{
	const __m128i letters = _mm_loadu_si128((const __m128i *)(const void *)a);
	uint64_t vp = ~(uint64_t)0, vn = 0, d0 = 0, before = 0;
	int score = a_bytes, last = a_bytes - 1;

	b_bytes = cut(b_bytes);
	if (a_bytes == 0)
		return b_bytes;
	for (int j = 0; j < b_bytes; j++) {
		uint64_t here = letter_bits(letters, b[j]);
		uint64_t swapped = (((~d0) & here) << 1) & before;
		d0 = (((here & vp) + vp) ^ vp) | here | vn | swapped;
		uint64_t hp = vn | ~(d0 | vp);
		uint64_t hn = d0 & vp;
		score += (int)(hp >> last & 1);
		score -= (int)(hn >> last & 1);
		hp = hp << 1 | 1;
		hn <<= 1;
		vp = hn | ~(d0 | hp);
		vn = hp & d0;
		before = here;
	}
	return score;
}
#else
int distance_osa_16(const char *a, int a_bytes, const char *b, int b_bytes)
{
	return distance_osa(a, a_bytes, b, b_bytes);
}
#endif

double similarity_osa(const char *a, int a_bytes, const char *b, int b_bytes)
{
	int longer = cut(a_bytes) > cut(b_bytes) ? cut(a_bytes) : cut(b_bytes);

	if (longer == 0)
		return 1;
	return 1 - (double)distance_osa(a, a_bytes, b, b_bytes) / longer;
}

static int common_prefix(const char *a, int a_bytes, const char *b, int b_bytes, int most)
{
	int n = 0;

	while (n < most && n < a_bytes && n < b_bytes && a[n] == b[n])
		n++;
	return n;
}

/* Letters of b (bits) that letters of a (bits in *ret_a) are matched with, each within reach. */
static uint64_t matched(const char *a, int a_bytes, const char *b, int b_bytes, uint64_t *ret_a)
{
	MASKS_LEFT_ALONE uint64_t masks[256];
	int longer = a_bytes > b_bytes ? a_bytes : b_bytes;
	int reach = longer / 2 - 1 < 0 ? 0 : longer / 2 - 1;
	uint64_t taken = 0, from = 0;

	positions(b, b_bytes, a, a_bytes, masks);
	for (int i = 0; i < a_bytes; i++) {
		unsigned low = i > reach ? (unsigned)(i - reach) : 0, high = (unsigned)(i + reach);
		uint64_t window = high >= 63 ? ~(uint64_t)0 : ((uint64_t)1 << (high + 1)) - 1;
		window &= low >= 64 ? 0 : ~(uint64_t)0 << low;
		uint64_t free_here = masks[(unsigned char)a[i]] & window & ~taken;
		taken |= free_here & -free_here;
		from |= (uint64_t)(free_here != 0) << i;
	}
	*ret_a = from;
	return taken;
}

static int out_of_order(const char *a, uint64_t from, const char *b, uint64_t taken)
{
	int count = 0;

	for (; from != 0; from &= from - 1, taken &= taken - 1)
		count += a[__builtin_ctzll(from)] != b[__builtin_ctzll(taken)];
	return count;
}

static double jaro(const char *a, int a_bytes, const char *b, int b_bytes)
{
	uint64_t from = 0, taken = matched(a, a_bytes, b, b_bytes, &from);
	double m = __builtin_popcountll(taken);

	if (m == 0)
		return 0;
	double t = out_of_order(a, from, b, taken) / 2.0;
	return (m / a_bytes + m / b_bytes + (m - t) / m) / 3;
}

/* Greedy matching depends on which word leads; the better of both ways makes it symmetric. */
double similarity_jaro_winkler(const char *a, int a_bytes, const char *b, int b_bytes)
{
	a_bytes = cut(a_bytes);
	b_bytes = cut(b_bytes);
	if (a_bytes == b_bytes && memcmp(a, b, (size_t)a_bytes) == 0)
		return 1;
	if (a_bytes == 0 || b_bytes == 0)
		return 0;
	double ab = jaro(a, a_bytes, b, b_bytes), ba = jaro(b, b_bytes, a, a_bytes);
	double best = ab > ba ? ab : ba;
	return best + common_prefix(a, a_bytes, b, b_bytes, 4) * 0.1 * (1 - best);
}
