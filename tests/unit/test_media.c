/* What a file is: told by its bytes, and by nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "attachments/attachment.h"
#include "attachments/media.h"
#include "law/categories.h"
#include "subjects/tie.h"

struct zip {
	unsigned char bytes[4096];
	size_t len, count;
	unsigned char list[2048];
	size_t list_len;
};

static void put(unsigned char *to, size_t *len, const void *bytes, size_t n)
{
	memcpy(to + *len, bytes, n);
	*len += n;
}

static void put_number(unsigned char *to, size_t *len, uint32_t value, unsigned size)
{
	for (unsigned i = 0; i < size; i++)
		to[(*len)++] = (unsigned char)(value >> (8 * i));
}

/* A part that isn't compressed. flags 1: with a password. */
static void zip_add(struct zip *z, const char *name, const char *content, uint32_t flags)
{
	const size_t start = z->len;

	put(z->bytes, &z->len, "PK\3\4", 4);
	put_number(z->bytes, &z->len, 20, 2);
	put_number(z->bytes, &z->len, flags, 2);
	put(z->bytes, &z->len, "\0\0\0\0\0\0\0\0\0\0", 10);
	put_number(z->bytes, &z->len, (uint32_t)strlen(content), 4);
	put_number(z->bytes, &z->len, (uint32_t)strlen(content), 4);
	put_number(z->bytes, &z->len, (uint32_t)strlen(name), 2);
	put_number(z->bytes, &z->len, 0, 2);
	put(z->bytes, &z->len, name, strlen(name));
	put(z->bytes, &z->len, content, strlen(content));

	put(z->list, &z->list_len, "PK\1\2\24\0\24\0", 8);
	put_number(z->list, &z->list_len, flags, 2);
	put(z->list, &z->list_len, "\0\0\0\0\0\0\0\0\0\0", 10);
	put_number(z->list, &z->list_len, (uint32_t)strlen(content), 4);
	put_number(z->list, &z->list_len, (uint32_t)strlen(content), 4);
	put_number(z->list, &z->list_len, (uint32_t)strlen(name), 2);
	put(z->list, &z->list_len, "\0\0\0\0\0\0\0\0\0\0\0\0", 12);
	put_number(z->list, &z->list_len, (uint32_t)start, 4);
	put(z->list, &z->list_len, name, strlen(name));
	z->count++;
}

static void zip_end(struct zip *z)
{
	const size_t start = z->len;

	put(z->bytes, &z->len, z->list, z->list_len);
	put(z->bytes, &z->len, "PK\5\6\0\0\0\0", 8);
	put_number(z->bytes, &z->len, (uint32_t)z->count, 2);
	put_number(z->bytes, &z->len, (uint32_t)z->count, 2);
	put_number(z->bytes, &z->len, (uint32_t)z->list_len, 4);
	put_number(z->bytes, &z->len, (uint32_t)start, 4);
	put_number(z->bytes, &z->len, 0, 2);
}

static enum media_verdict read_as(const void *bytes, size_t len, const char *name, enum media *ret)
{
	const struct byte_source file = source_bytes(bytes, len);

	return media_read(&file, name, "application/octet-stream", ret);
}

static void assert_is(const void *bytes, size_t len, const char *name, enum media expected)
{
	enum media found;

	assert_int_equal(read_as(bytes, len, name, &found), MEDIA_FINE);
	assert_int_equal(found, expected);
}
#define ASSERT_IS(literal, name, expected) assert_is(literal, sizeof(literal) - 1, name, expected)

static void what_an_office_sends_is_known_by_its_bytes(void **state)
{
	struct zip docx = { 0 }, odt = { 0 };

	(void)state;
	ASSERT_IS("%PDF-1.7", "a.pdf", MEDIA_PDF);
	ASSERT_IS("\xff\xd8\xff\xe0", "a.JPEG", MEDIA_JPEG);
	ASSERT_IS("\x89PNG\r\n\x1a\n", "a.png", MEDIA_PNG);
	ASSERT_IS("II*\0", "a.tif", MEDIA_TIFF);
	ASSERT_IS("caf\xc3\xa9\r\n", "a.txt", MEDIA_TEXT);
	ASSERT_IS("naam;kenteken\n", "a.csv", MEDIA_CSV);
	zip_add(&docx, "[Content_Types].xml", "<x/>", 0);
	zip_add(&docx, "word/document.xml", "<x/>", 0);
	zip_end(&docx);
	assert_is(docx.bytes, docx.len, "a.docx", MEDIA_DOCX);
	zip_add(&odt, "mimetype", "application/vnd.oasis.opendocument.text", 0);
	zip_end(&odt);
	assert_is(odt.bytes, odt.len, "a.odt", MEDIA_ODT);
}

static void a_name_that_says_something_else_is_a_lie(void **state)
{
	enum media found;
	struct zip xlsx = { 0 };

	(void)state;
	zip_add(&xlsx, "[Content_Types].xml", "<x/>", 0);
	zip_add(&xlsx, "xl/workbook.xml", "<x/>", 0);
	zip_end(&xlsx);
	assert_int_equal(read_as(xlsx.bytes, xlsx.len, "a.docx", &found), MEDIA_LIES);
	assert_int_equal(read_as("%PDF-1.7", 8, "a.txt", &found), MEDIA_LIES);
	assert_int_equal(read_as("\n <script>", 10, "a.txt", &found), MEDIA_LIES);
	assert_int_equal(read_as("MZ\x90", 3, "a.pdf", &found), MEDIA_LIES);
	assert_int_equal(found, MEDIA_NONE);
	const struct byte_source pdf = source_bytes("%PDF-", 5);
	assert_int_equal(media_read(&pdf, "a.pdf", "image/png", &found), MEDIA_LIES);
	assert_int_equal(read_as("%PDF-", 5, "zonder-einde", &found), MEDIA_NAMELESS);
	assert_int_equal(read_as("MZ\x90", 3, "a.exe", &found), MEDIA_UNKNOWN);
}

static void macros_passwords_and_half_files_are_refused(void **state)
{
	enum media found;
	struct zip macro = { 0 }, locked = { 0 }, half = { 0 };

	(void)state;
	zip_add(&macro, "[Content_Types].xml", "<x/>", 0);
	zip_add(&macro, "word/document.xml", "<x/>", 0);
	zip_add(&macro, "word/vbaProject.bin", "x", 0);
	zip_end(&macro);
	assert_int_equal(read_as(macro.bytes, macro.len, "a.docx", &found), MEDIA_MACROS);
	zip_add(&locked, "[Content_Types].xml", "<x/>", 1);
	zip_add(&locked, "word/document.xml", "<x/>", 1);
	zip_end(&locked);
	assert_int_equal(read_as(locked.bytes, locked.len, "a.docx", &found), MEDIA_LOCKED);
	zip_add(&half, "word/document.xml", "<x/>", 0);
	assert_int_equal(read_as(half.bytes, half.len, "a.docx", &found), MEDIA_BROKEN);
	assert_int_equal(read_as("", 0, "a.docx", &found), MEDIA_EMPTY);
}

static void the_form_asks_for_every_kind_that_the_law_knows(void **state)
{
	size_t count = 0, found = 0;
	const struct law_kind *kinds = law_kinds(&count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		if (kinds[i].of != KIND_ATTACHMENT)
			continue;
		const struct code *c = &ATTACHMENT_KINDS[found++];
		assert_int_equal(c->value, kinds[i].code);
		assert_string_equal(c->name, kinds[i].id);
		assert_string_equal(c->label, kinds[i].label);
	}
	assert_null(ATTACHMENT_KINDS[found].name);
	found = 0;
	const struct law_category_row *rows = law_categories(&count);
	for (size_t i = 0; i < count; i++)
		if (rows[i].code != CATEGORY_STAFF) {
			assert_int_equal(ATTACHMENT_CATEGORIES[found].value, rows[i].code);
			assert_string_equal(ATTACHMENT_CATEGORIES[found++].name, rows[i].id);
		}
	assert_null(ATTACHMENT_CATEGORIES[found].name);
}

static void the_ties_are_those_of_the_law_and_each_fits_somebody(void **state)
{
	size_t count = 0, found = 0;
	const struct law_kind *kinds = law_kinds(&count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		if (kinds[i].of != KIND_TIE)
			continue;
		const struct code *c = &TIE_KINDS[found++];
		int fits = 0;
		assert_int_equal(c->value, kinds[i].code);
		assert_string_equal(c->name, kinds[i].id);
		assert_string_equal(c->label, kinds[i].label);
		for (int from = SUBJECT_PERSON; from <= SUBJECT_ACCOUNT; from++)
			for (int to = SUBJECT_PERSON; to <= SUBJECT_ACCOUNT; to++)
				fits += tie_fits(c->value, from, to);
		assert_in_range(fits, 1, 4);
	}
	assert_null(TIE_KINDS[found].name);
	assert_false(tie_fits(200, SUBJECT_PERSON, SUBJECT_PERSON));
	assert_false(tie_fits(229, SUBJECT_PERSON, SUBJECT_PERSON));
	assert_false(tie_fits(211, SUBJECT_VEHICLE, SUBJECT_PERSON));
	assert_true(tie_fits(211, SUBJECT_PERSON, SUBJECT_VEHICLE));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_an_office_sends_is_known_by_its_bytes),
		cmocka_unit_test(a_name_that_says_something_else_is_a_lie),
		cmocka_unit_test(macros_passwords_and_half_files_are_refused),
		cmocka_unit_test(the_form_asks_for_every_kind_that_the_law_knows),
		cmocka_unit_test(the_ties_are_those_of_the_law_and_each_fits_somebody),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
