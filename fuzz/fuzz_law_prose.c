/* fuzz_law_prose.c - finds lie inside the text, in order, apart from each other, and twice the same
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "law/read_prose.h"

enum { TODAY = 20778, TEXT_MAX = 4096 };

static void inside_and_in_order(const struct law_finds *finds, size_t size)
{
	size_t reached = 0, start = 0;

	assert(finds->count <= LAW_FINDS_MAX);
	for (size_t i = 0; i < finds->count; i++) {
		const struct law_find *f = &finds->item[i];
		assert(f->length > 0 && f->start <= size && f->length <= size - f->start);
		assert(f->start >= start);
		start = f->start;
		assert(memchr(f->value, '\0', sizeof(f->value)) != NULL && f->value[0] != '\0');
		assert((f->kind == FIND_TOPIC) == (f->topic != 0));
		if (f->kind == FIND_TOPIC)
			continue;
		assert(f->start >= reached);
		reached = f->start + f->length;
	}
}

static void values_are_normal_forms(const struct law_finds *finds)
{
	for (size_t i = 0; i < finds->count; i++) {
		const struct law_find *f = &finds->item[i];
		if (f->kind == FIND_BSN && f->level == CHECK_FINE)
			assert(strcmp(law_check_bsn(f->value).value, f->value) == 0);
		if (f->kind == FIND_IBAN)
			assert(strcmp(law_check_iban(f->value).value, f->value) == 0);
		if (f->kind == FIND_PHONE)
			assert(strcmp(law_check_phone(f->value).value, f->value) == 0);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena;

	if (size > TEXT_MAX)
		return 0;
	arena_init(&arena, 8 << 20);
	char *text = arena_strndup(&arena, (const char *)data, size);
	struct law_finds finds = law_prose_read(&arena, text, size, TODAY);
	struct law_finds again = law_prose_read(&arena, text, size, TODAY);
	inside_and_in_order(&finds, size);
	values_are_normal_forms(&finds);
	assert(again.count == finds.count && again.cut == finds.cut);
	for (size_t i = 0; i < finds.count; i++) {
		assert(again.item[i].start == finds.item[i].start);
		assert(strcmp(again.item[i].value, finds.item[i].value) == 0);
	}
	assert(law_prose_missing(&finds, size) <= 15);
	arena_reset(&arena);
	return 0;
}
