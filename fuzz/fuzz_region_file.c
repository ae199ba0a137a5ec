/*
 * Property: what is read from a file of a region can be written again and reads back as the same
 * figures, none of them small or negative; anything else is refused with a sentence.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "monitor/chart.h"
#include "monitor/region_figures.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_values(const struct region_figures *f)
{
	size_t count = 0;
	const struct figure_row *rows = region_figure_rows(&count);

	for (size_t i = 0; i < count; i++) {
		const int64_t v = f->values[i];
		if (v < FIGURE_ABSENT || (rows[i].unit == UNIT_COUNT && v > 0 && v < SMALL_CELL))
			abort();
	}
}

static void check_again(struct arena *a, const struct region_file *first)
{
	static const uint8_t SEED[SIGN_SEED_BYTES] = { 1 };
	struct sign_secret secret;
	struct sign_public public;
	struct region_file again;
	struct error e = { 0 };
	struct out o;

	sign_keys(SEED, &secret, &public);
	out_init(&o, 1 << 17);
	region_figures_write(a, &first->figures, &(struct region_signer){ &secret, &public }, &o);
	if (region_file_read(a, o.data, o.len, &again, &e) != OK ||
	    memcmp(again.digest.bytes, first->digest.bytes, sizeof again.digest.bytes) != 0)
		abort();
	out_free(&o);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct region_file file;
	struct error e = { 0 };
	struct arena a;

	arena_init(&a, 4 << 20);
	if (region_file_read(&a, (const char *)data, size, &file, &e) == OK) {
		check_values(&file.figures);
		check_again(&a, &file);
	} else if (e.message[0] == '\0')
		abort();
	arena_reset(&a);
	return 0;
}
