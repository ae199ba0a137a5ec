/* fuzz_match_model.c - a model that reads, writes, and reads back as the same model */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "matching/em.h"
#include "matching/model_write.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct model m, again;
	struct error e;
	struct out o;

	if (model_parse((const char *)data, size, &m, &e) != OK) {
		assert(e.status == ERR_INVALID || e.status == ERR_LIMIT);
		assert(e.message[0] != '\0');
		return 0;
	}
	assert(m.class_count >= 2 && m.rule_count >= 1);
	double share = 0;
	for (int c = 0; c < m.class_count; c++)
		share += m.classes[c].share;
	assert(fabs(share - 1) < 1e-6);
	double weight = model_weight(&m, 0);
	assert(weight >= -60 && weight <= 60);
	out_init(&o, 4 * MODEL_JSON_MAX_BYTES);
	model_write(&m, &o);
	if (out_end(&o, &e) == OK && o.len <= MODEL_JSON_MAX_BYTES) {
		assert(model_parse(o.data, o.len, &again, &e) == OK);
		assert(again.field_count == m.field_count && again.rule_count == m.rule_count);
		assert(memcmp(again.fields, m.fields, sizeof(m.fields)) == 0);
	}
	out_free(&o);
	return 0;
}
