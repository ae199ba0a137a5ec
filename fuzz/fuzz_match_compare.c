/* fuzz_match_compare.c - comparisons are symmetric, within bounds, and 1 for equals only; every
 * kernel of the name scan agrees; two records compare the same both ways */
#include <assert.h>
#include <string.h>

#include "matching/dates.h"
#include "matching/distance.h"
#include "matching/fold.h"
#include "matching/identifiers.h"
#include "matching/index.h"
#include "matching/scan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_words(const char *a, int m, const char *b, int n)
{
	int ab = distance_osa(a, m, b, n);
	int cut_m = m > DISTANCE_MAX_BYTES ? DISTANCE_MAX_BYTES : m;
	int cut_n = n > DISTANCE_MAX_BYTES ? DISTANCE_MAX_BYTES : n;
	bool equal = cut_m == cut_n && memcmp(a, b, (size_t)cut_m) == 0;

	assert(ab == distance_osa(b, n, a, m));
	assert(ab >= 0 && ab <= (cut_m > cut_n ? cut_m : cut_n));
	assert((ab == 0) == equal);
	double jw = similarity_jaro_winkler(a, m, b, n), osa = similarity_osa(a, m, b, n);
	assert(jw == similarity_jaro_winkler(b, n, a, m) && jw >= 0 && jw <= 1);
	assert(osa == similarity_osa(b, n, a, m) && osa >= 0 && osa <= 1);
	assert((jw == 1) == equal && (osa == 1) == equal);
}

static void check_scan(const char *a, int m, const char *b, int n)
{
	struct name_scan *s = name_scan_new();
	uint32_t found = 0;

	name_scan_add(s, b, n, 7);
	for (int most = 1; most <= 2; most++) {
		int plain = name_scan_near_by(SCAN_PLAIN, s, a, m, most, &found, 1);
		for (int k = SCAN_PLAIN; k <= (int)scan_kernel_best(); k++)
			assert(name_scan_near_by((enum scan_kernel)k, s, a, m, most, &found, 1) ==
			       plain);
	}
	name_scan_free(s);
}

/* The same two texts in every field of a person. */
static void check_records(const char *a, const char *b)
{
	static struct model m;
	static struct match_index *x;
	struct error e;
	struct index_record left = { .id = 1 }, right = { .id = 2 };
	struct index_hit ab, ba, aa;

	if (x == NULL) {
		assert(model_ready("persons", &m, &e) == OK);
		x = index_new(&m);
	}
	for (int f = 0; f < m.field_count; f++) {
		left.texts[f] = a;
		right.texts[f] = b;
	}
	if (index_compare(x, &left, &right, &ab, &e) != OK)
		return; /* not UTF-8 */
	assert(index_compare(x, &right, &left, &ba, &e) == OK);
	assert(ab.pattern == ba.pattern && ab.weight == ba.weight);
	assert(ab.probability >= 0 && ab.probability <= 1);
	assert(index_compare(x, &left, &left, &aa, &e) == OK);
	if (strcmp(a, b) == 0)
		assert(aa.pattern == ab.pattern);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char a[300], b[300];

	if (size < 2 || size > 400)
		return 0;
	size_t m = data[0] % size, n = size - 1 - m;
	if (m >= sizeof(a) || n >= sizeof(b))
		return 0;
	memcpy(a, data + 1, m);
	memcpy(b, data + 1 + m, n);
	a[m] = b[n] = '\0';
	check_words(a, (int)m, b, (int)n);
	uint32_t da = date_parse(a, m), db = date_parse(b, n);
	assert(date_compare(da, db) == date_compare(db, da));
	assert(da == 0 || date_compare(da, da) >= DATE_DEFAULT);
	uint32_t pa = phone_parse(a, m), pb = phone_parse(b, n);
	assert(digits_one_slip(pa, pb) == digits_one_slip(pb, pa) && !digits_one_slip(pa, pa));
	char fa[FOLD_MAX_BYTES + 1], fb[FOLD_MAX_BYTES + 1], again[FOLD_MAX_BYTES + 1];
	struct name_folder f = { .romaniser = NULL };
	int la = fold(&f, FOLD_NAME, a, strlen(a), fa), lb = fold(&f, FOLD_NAME, b, strlen(b), fb);
	if (la >= 0) {
		assert(fold(&f, FOLD_NAME, fa, (size_t)la, again) == la &&
		       memcmp(fa, again, (size_t)la) == 0);
		if (lb >= 0)
			check_scan(fa, la, fb, lb);
	}
	name_folder_free(&f);
	check_records(a, b);
	return 0;
}
