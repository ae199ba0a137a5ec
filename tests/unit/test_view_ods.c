/* A list as a spreadsheet: numbers and days as such, text never as a formula, an archive that opens. */
#include "view_world.h"

#include "platform/view/zip.h"

struct row {
	const char *title;
	int64_t count, day, at, cents;
};
static const struct view_field ROW_FIELDS[] = {
	VIEW_AS(struct row, title, "title", VIEW_TEXT, .label = "Titel"),
	VIEW_AS(struct row, count, "count", VIEW_INT, .label = "Aantal"),
	VIEW_AS(struct row, day, "day", VIEW_DAY, .label = "Dag"),
	VIEW_AS(struct row, at, "at", VIEW_MOMENT, .label = "Moment"),
	VIEW_AS(struct row, cents, "cents", VIEW_MONEY, .label = "Bedrag"),
};
static const struct view ROW_VIEW = VIEW_OF(struct row, ROW_FIELDS);

/* 20778 is 21 November 2026; 13.05 UTC is 14.05 on the clock in Amsterdam. */
static const struct row ROWS[] = {
	{ "=1+1 & <b>\x01", 7, 20778, INT64_C(20778) * 86400000 + 47100000, -123456 },
	{ "leeg", 0, INT64_MIN, INT64_MIN, INT64_MIN },
};

static struct out sheet(struct world *w)
{
	const struct drawing d = { .arena = &w->arena };
	struct out o;

	out_init(&o, 1 << 20);
	view_ods(&o, &d, &ROW_VIEW, ROWS, sizeof ROWS / sizeof ROWS[0]);
	return o;
}

static void assert_holds(const struct out *o, const char *text)
{
	if (memmem(o->data, o->len, text, strlen(text)) == NULL)
		fail_msg("the sheet doesn't hold %s", text);
}

static void the_checksum_is_that_of_the_standard(void **state)
{
	(void)state;
	assert_int_equal(crc32_of("123456789", 9), 0xcbf43926);
	assert_int_equal(crc32_of("", 0), 0);
}

static void numbers_and_days_are_values_and_text_is_text(void **state)
{
	struct out o = sheet(*state);

	assert_holds(&o, "office:value-type=\"string\"><text:p>=1+1 &amp; &lt;b&gt;</text:p>");
	assert_holds(&o, "office:value-type=\"float\" office:value=\"7\"");
	assert_holds(&o, "office:date-value=\"2026-11-21\"");
	assert_holds(&o, "office:date-value=\"2026-11-21T14:05:00\"");
	assert_holds(&o, "office:value=\"-1234.56\"");
	assert_holds(&o, "<text:p>leeg</text:p></table:table-cell>"
	                 "<table:table-cell office:value-type=\"float\" office:value=\"0\">"
	                 "<text:p>0</text:p></table:table-cell>"
	                 "<table:table-cell/><table:table-cell/><table:table-cell/>");
	out_free(&o);
}

static uint32_t four_at(const struct out *o, size_t at)
{
	const unsigned char *p = (const unsigned char *)o->data + at;

	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static void the_directory_leads_to_every_entry_and_the_type_comes_first(void **state)
{
	enum { END_BYTES = 22, ENTRY_BYTES = 46, HEAD_BYTES = 30 };
	struct out o = sheet(*state);
	size_t at = four_at(&o, o.len - END_BYTES + 16);

	assert_int_equal(four_at(&o, o.len - END_BYTES), 0x06054b50);
	assert_memory_equal(o.data + HEAD_BYTES,
	                    "mimetypeapplication/vnd.oasis.opendocument.spreadsheet", 54);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(four_at(&o, at), 0x02014b50);
		const uint32_t head = four_at(&o, at + 42), size = four_at(&o, at + 24);
		const size_t name = four_at(&o, at + 28) & 0xffff;
		assert_int_equal(four_at(&o, head), 0x04034b50);
		assert_int_equal(crc32_of(o.data + head + HEAD_BYTES + name, size),
		                 four_at(&o, at + 16));
		at += ENTRY_BYTES + name;
	}
	assert_int_equal(at, o.len - END_BYTES);
	out_free(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_checksum_is_that_of_the_standard),
		cmocka_unit_test_setup_teardown(numbers_and_days_are_values_and_text_is_text,
		                                set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    the_directory_leads_to_every_entry_and_the_type_comes_first, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
