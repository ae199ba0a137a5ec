#include "matching/scan.h"

#include <assert.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "matching/bigarray.h"

enum { LANES = 32, LETTERS = 32 };

/* 32 names of one length: letter j of all of them, side by side. */
struct block {
	uint8_t letters[SCAN_LENGTH_MAX][LANES];
	uint32_t codes[LANES];
};

struct name_scan {
	struct bigarray blocks[SCAN_LENGTH_MAX + 1]; /* by length */
	uint32_t counts[SCAN_LENGTH_MAX + 1];
};

/* a-z, space and all else in five bits; 0 is no letter. */
static uint8_t letter_of(char c)
{
	if (c >= 'a' && c <= 'z')
		return (uint8_t)(c - 'a' + 1);
	return c == ' ' ? 27 : 28;
}

struct name_scan *name_scan_new(void)
{
	return block_alloc(1, sizeof(struct name_scan));
}

void name_scan_free(struct name_scan *s)
{
	if (s == NULL)
		return;
	for (int i = 0; i <= SCAN_LENGTH_MAX; i++)
		bigarray_free(&s->blocks[i]);
	block_free(s);
}

void name_scan_add(struct name_scan *s, const char *name, int bytes, uint32_t code)
{
	if (bytes < 2 || bytes > SCAN_LENGTH_MAX)
		return;
	uint32_t lane = s->counts[bytes] % LANES;
	if (lane == 0) {
		struct block empty;
		memset(&empty, 0, sizeof(empty));
		(void)bigarray_push(&s->blocks[bytes], &empty, sizeof(empty));
	}
	struct block *b = (struct block *)s->blocks[bytes].data + s->counts[bytes] / LANES;
	for (int j = 0; j < bytes; j++)
		b->letters[j][lane] = letter_of(name[j]);
	b->codes[lane] = code;
	s->counts[bytes]++;
}

/* The asked name's letters as bits: where each stands. */
struct asked {
	uint16_t masks[LETTERS];
	int bytes;
	int distance_max;
};

/* One bit per lane that is near. */
typedef uint32_t near_fn(const struct asked *a, const struct block *b, int length);

static uint32_t near_plain(const struct asked *a, const struct block *b, int length)
{
	uint32_t near = 0;
	uint16_t last = (uint16_t)(1u << (a->bytes - 1));

	for (int lane = 0; lane < LANES; lane++) {
		uint16_t vp = 0xffff, vn = 0, d0 = 0, before = 0;
		int score = a->bytes;
		for (int j = 0; j < length; j++) {
			uint16_t here = a->masks[b->letters[j][lane]];
			uint16_t swapped = (uint16_t)((uint16_t)((~d0 & here) << 1) & before);
			d0 = (uint16_t)((((here & vp) + vp) ^ vp) | here | vn | swapped);
			uint16_t hp = (uint16_t)(vn | ~(d0 | vp)), hn = d0 & vp;
			score += (hp & last) != 0;
			score -= (hn & last) != 0;
			hp = (uint16_t)(hp << 1 | 1);
			hn = (uint16_t)(hn << 1);
			vp = (uint16_t)(hn | ~(d0 | hp));
			vn = hp & d0;
			before = here;
		}
		near |= (uint32_t)(score <= a->distance_max) << lane;
	}
	return near;
}

#if defined(__x86_64__)
__attribute__((target("avx512f,avx512bw"))) static uint32_t
near_avx512(const struct asked *a, const struct block *b, int length)
{
	const __m512i masks = _mm512_loadu_si512(a->masks), ones = _mm512_set1_epi16(-1);
	const __m512i last = _mm512_set1_epi16((short)(1 << (a->bytes - 1)));
	const __m512i one = _mm512_set1_epi16(1);
	__m512i vp = ones, vn = _mm512_setzero_si512(), d0 = vn, before = vn;
	__m512i score = _mm512_set1_epi16((short)a->bytes);

	for (int j = 0; j < length; j++) {
		__m256i letters = _mm256_loadu_si256((const __m256i *)(const void *)b->letters[j]);
		__m512i here = _mm512_permutexvar_epi16(_mm512_cvtepu8_epi16(letters), masks);
		__m512i swapped =
		    _mm512_and_si512(_mm512_slli_epi16(_mm512_andnot_si512(d0, here), 1), before);
		d0 = _mm512_add_epi16(_mm512_and_si512(here, vp), vp);
		d0 = _mm512_or_si512(_mm512_xor_si512(d0, vp), _mm512_or_si512(here, vn));
		d0 = _mm512_or_si512(d0, swapped);
		__m512i hp =
		    _mm512_or_si512(vn, _mm512_andnot_si512(_mm512_or_si512(d0, vp), ones));
		__m512i hn = _mm512_and_si512(d0, vp);
		score = _mm512_mask_add_epi16(score, _mm512_test_epi16_mask(hp, last), score, one);
		score = _mm512_mask_sub_epi16(score, _mm512_test_epi16_mask(hn, last), score, one);
		hp = _mm512_or_si512(_mm512_slli_epi16(hp, 1), one);
		hn = _mm512_slli_epi16(hn, 1);
		vp = _mm512_or_si512(hn, _mm512_andnot_si512(_mm512_or_si512(d0, hp), ones));
		vn = _mm512_and_si512(hp, d0);
		before = here;
	}
	return _mm512_cmple_epi16_mask(score, _mm512_set1_epi16((short)a->distance_max));
}

/* 16-bit table look-up of 16 letters by four byte shuffles: low and high half of the alphabet,
 * low and high byte of the mask. */
__attribute__((target("avx2"))) static __m256i masks_avx2(const struct asked *a, __m128i letters)
{
	uint8_t bytes[4][16];

	for (int i = 0; i < 16; i++) {
		bytes[0][i] = (uint8_t)a->masks[i];
		bytes[1][i] = (uint8_t)(a->masks[i] >> 8);
		bytes[2][i] = (uint8_t)a->masks[i + 16];
		bytes[3][i] = (uint8_t)(a->masks[i + 16] >> 8);
	}
	__m128i upper = _mm_cmpgt_epi8(letters, _mm_set1_epi8(15));
	__m128i index = _mm_and_si128(letters, _mm_set1_epi8(15)), half[4];
	for (int i = 0; i < 4; i++)
		half[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(const void *)bytes[i]),
		                           index);
	__m128i low = _mm_blendv_epi8(half[0], half[2], upper);
	__m128i high = _mm_blendv_epi8(half[1], half[3], upper);
	return _mm256_or_si256(_mm256_cvtepu8_epi16(low),
	                       _mm256_slli_epi16(_mm256_cvtepu8_epi16(high), 8));
}

__attribute__((target("avx2"))) static uint32_t
near_half_avx2(const struct asked *a, const struct block *b, int length, int half)
{
	const __m256i ones = _mm256_set1_epi16(-1), one = _mm256_set1_epi16(1);
	const __m256i last = _mm256_set1_epi16((short)(1 << (a->bytes - 1)));
	__m256i vp = ones, vn = _mm256_setzero_si256(), d0 = vn, before = vn;
	__m256i score = _mm256_set1_epi16((short)a->bytes);

	for (int j = 0; j < length; j++) {
		__m256i here = masks_avx2(
		    a, _mm_loadu_si128((const __m128i *)(const void *)(b->letters[j] + 16 * half)));
		__m256i swapped =
		    _mm256_and_si256(_mm256_slli_epi16(_mm256_andnot_si256(d0, here), 1), before);
		d0 = _mm256_add_epi16(_mm256_and_si256(here, vp), vp);
		d0 = _mm256_or_si256(_mm256_xor_si256(d0, vp), _mm256_or_si256(here, vn));
		d0 = _mm256_or_si256(d0, swapped);
		__m256i hp =
		    _mm256_or_si256(vn, _mm256_andnot_si256(_mm256_or_si256(d0, vp), ones));
		__m256i hn = _mm256_and_si256(d0, vp);
		/* a comparison gives -1 where it holds */
		score =
		    _mm256_sub_epi16(score, _mm256_cmpeq_epi16(_mm256_and_si256(hp, last), last));
		score =
		    _mm256_add_epi16(score, _mm256_cmpeq_epi16(_mm256_and_si256(hn, last), last));
		hp = _mm256_or_si256(_mm256_slli_epi16(hp, 1), one);
		hn = _mm256_slli_epi16(hn, 1);
		vp = _mm256_or_si256(hn, _mm256_andnot_si256(_mm256_or_si256(d0, hp), ones));
		vn = _mm256_and_si256(hp, d0);
		before = here;
	}
	__m256i far = _mm256_cmpgt_epi16(score, _mm256_set1_epi16((short)a->distance_max));
	__m256i packed = _mm256_packs_epi16(far, far);
	uint32_t bits = (uint32_t)_mm256_movemask_epi8(packed);
	return ~((bits & 0xff) | (bits >> 16 & 0xff) << 8) & 0xffff;
}

static uint32_t near_avx2(const struct asked *a, const struct block *b, int length)
{
	return near_half_avx2(a, b, length, 0) | near_half_avx2(a, b, length, 1) << 16;
}
#endif

enum scan_kernel scan_kernel_best(void)
{
#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx512bw"))
		return SCAN_AVX512;
	if (__builtin_cpu_supports("avx2"))
		return SCAN_AVX2;
#endif
	return SCAN_PLAIN;
}

static near_fn *kernel_function(enum scan_kernel kernel)
{
#if defined(__x86_64__)
	if (kernel == SCAN_AVX512)
		return near_avx512;
	if (kernel == SCAN_AVX2)
		return near_avx2;
#endif
	assert(kernel == SCAN_PLAIN);
	return near_plain;
}

int name_scan_near_by(enum scan_kernel kernel, const struct name_scan *s, const char *name,
                      int bytes, int distance_max, uint32_t *ret, int most)
{
	struct asked a = { .bytes = bytes, .distance_max = distance_max };
	near_fn *near = kernel_function(kernel);
	int found = 0;

	if (bytes < 2 || bytes > SCAN_LENGTH_MAX)
		return 0;
	for (int i = 0; i < bytes; i++)
		a.masks[letter_of(name[i])] |= (uint16_t)(1u << i);
	for (int length = bytes - distance_max; length <= bytes + distance_max; length++) {
		if (length < 2 || length > SCAN_LENGTH_MAX)
			continue;
		const struct block *blocks = s->blocks[length].data;
		for (uint32_t first = 0; first < s->counts[length]; first += LANES) {
			const struct block *b = &blocks[first / LANES];
			uint32_t bits = near(&a, b, length), left = s->counts[length] - first;
			if (left < LANES)
				bits &= (1u << left) - 1;
			for (; bits != 0 && found < most; bits &= bits - 1)
				ret[found++] = b->codes[__builtin_ctz(bits)];
		}
	}
	return found;
}

int name_scan_near(const struct name_scan *s, const char *name, int bytes, int distance_max,
                   uint32_t *ret, int most)
{
	return name_scan_near_by(scan_kernel_best(), s, name, bytes, distance_max, ret, most);
}
