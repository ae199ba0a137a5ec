/* Bodies of all three kinds become one list of paths and values, or a clear refusal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "platform/core/limits.h"
#include "platform/http/input.h"

struct world {
	struct arena arena;
	struct input in;
	struct error error;
};

static int setup(void **state)
{
	static struct world w;
	arena_init(&w.arena, (size_t)64 * 1024 * 1024);
	*state = &w;
	return 0;
}

static int teardown(void **state)
{
	struct world *w = *state;
	arena_reset(&w->arena);
	return 0;
}

static enum status urlencoded(struct world *w, const char *text)
{
	return input_urlencoded(&w->arena, text, strlen(text), &w->in, &w->error);
}

static enum status json(struct world *w, const char *text)
{
	return input_json(&w->arena, text, strlen(text), &w->in, &w->error);
}

static enum status parts(struct world *w, const char *boundary, const void *bytes, size_t len)
{
	const struct byte_source body = source_bytes(bytes, len);

	return input_multipart(&w->arena, boundary, &body, &w->in, &w->error);
}

static enum status multipart(struct world *w, const char *text)
{
	return parts(w, "XX", text, strlen(text));
}

static void a_form_keeps_order_and_repeats(void **state)
{
	struct world *w = *state;
	assert_int_equal(urlencoded(w, "a=1&b=twee+woorden&a=%C3%A9%0D%0Ax&&leeg&c=a%3Db=c"), OK);
	assert_int_equal(w->in.count, 5);
	assert_string_equal(w->in.values[1].text, "twee woorden");
	assert_string_equal(w->in.values[2].path, "a");
	assert_string_equal(w->in.values[2].text, "é\nx");
	assert_string_equal(input_text(&w->in, "leeg"), "");
	assert_string_equal(input_text(&w->in, "c"), "a=b=c");
	assert_null(input_text(&w->in, "d"));
}

static const char *const BAD_FORMS[] = {
	"a=%",
	"a=%4",
	"a=%zz",
	"a=%00",
	"%00=a",
	"a=%C0%80", /* overlong NUL */
	"a=%C0%AF",
	"a=%FF",
	"a=%ED%A0%80" /* surrogate */,
	"a=%F4%90%80%80",
	"a=%C3",
	"a=%E0%80%AF",
	"%E2%28=1",
};

static void broken_percents_and_utf8_are_refused(void **state)
{
	struct world *w = *state;
	for (size_t i = 0; i < sizeof BAD_FORMS / sizeof BAD_FORMS[0]; i++) {
		if (urlencoded(w, BAD_FORMS[i]) != ERR_INVALID)
			fail_msg("taken: %s", BAD_FORMS[i]);
		assert_true(w->error.message[0] != '\0');
	}
}

static char *repeated(struct world *w, const char *unit, size_t count)
{
	size_t len = strlen(unit);
	char *text = arena_alloc(&w->arena, len * count + 1);
	for (size_t i = 0; i < count; i++)
		memcpy(text + i * len, unit, len);
	return text;
}

static void the_number_of_fields_has_a_limit(void **state)
{
	struct world *w = *state;
	char *at = repeated(w, "a&", LIMIT_FIELDS);
	at[strlen(at) - 1] = '\0';
	assert_int_equal(urlencoded(w, at), OK);
	assert_int_equal(w->in.count, LIMIT_FIELDS);
	assert_int_equal(urlencoded(w, repeated(w, "a&", LIMIT_FIELDS)), ERR_LIMIT);

	char *list = arena_printf(&w->arena, "{\"a\":[%s1]}", repeated(w, "1,", LIMIT_FIELDS - 3));
	assert_int_equal(json(w, list), OK);
	list = arena_printf(&w->arena, "{\"a\":[%s1]}", repeated(w, "1,", LIMIT_FIELDS));
	assert_int_equal(json(w, list), ERR_LIMIT);
}

static void the_length_of_a_value_and_of_a_path_have_a_limit(void **state)
{
	struct world *w = *state;
	const char *at = repeated(w, "x", LIMIT_FIELD_BYTES);
	const char *over = repeated(w, "x", LIMIT_FIELD_BYTES + 1);
	assert_int_equal(urlencoded(w, arena_printf(&w->arena, "a=%s", at)), OK);
	assert_int_equal(urlencoded(w, arena_printf(&w->arena, "a=%s", over)), ERR_LIMIT);
	assert_int_equal(json(w, arena_printf(&w->arena, "{\"a\":\"%s\"}", at)), OK);
	assert_int_equal(json(w, arena_printf(&w->arena, "{\"a\":\"%s\"}", over)), ERR_LIMIT);

	assert_int_equal(urlencoded(w, repeated(w, "p", LIMIT_PATH_BYTES)), OK);
	assert_int_equal(urlencoded(w, repeated(w, "p", LIMIT_PATH_BYTES + 1)), ERR_LIMIT);
}

static void json_becomes_paths(void **state)
{
	struct world *w = *state;
	assert_int_equal(json(w, "{\"title\":\"t\",\"subjects\":[{\"familyName\":\"A\"},"
	                         "{\"familyName\":\"B\",\"n\":-9223372036854775808}],"
	                         "\"yes\":true,\"none\":null,\"deep\":{\"er\":1.5}}"),
	                 OK);
	assert_string_equal(input_text(&w->in, "subjects[1].familyName"), "B");
	assert_string_equal(input_text(&w->in, "subjects[1].n"), "-9223372036854775808");
	assert_int_equal(input_at(&w->in, "yes")->kind, INPUT_BOOL);
	assert_int_equal(input_at(&w->in, "none")->kind, INPUT_NULL);
	assert_string_equal(input_text(&w->in, "deep.er"), "1.5");
	assert_int_equal(input_list_count(&w->in, "subjects"), 2);
}

static const char *const BAD_JSON[] = {
	"",
	"[]",
	"1",
	"{",
	"{}x",
	"{} {}",
	"{\"a\":1,\"a\":2}",           /* a duplicate key */
	"{\"a\":\"\\u0000\"}",         /* NUL */
	"{\"a\":\"\\ud800\"}",         /* half a surrogate pair */
	"{\"a\":\"\xC0\x80\"}",        /* overlong */
	"{\"a\":9223372036854775808}", /* one past int64 */
	"{\"a\":1e999}",
	"{\"a\":01}",
	"{\"a\":NaN}",
	"{'a':1}",
	"{\"a\":1,}",
	"{\"a.b\":1}", /* would be read as a path */
	"{\"a[0]\":1}",
	"{\"\":1}",
	"\xEF\xBB\xBF{}", /* a byte order mark */
	"{\"a\":\"\n\"}",
};

static void json_that_is_loose_is_refused(void **state)
{
	struct world *w = *state;
	for (size_t i = 0; i < sizeof BAD_JSON / sizeof BAD_JSON[0]; i++)
		if (json(w, BAD_JSON[i]) != ERR_INVALID)
			fail_msg("taken: %s", BAD_JSON[i]);
}

static void json_depth_has_a_limit(void **state)
{
	struct world *w = *state;
	const char *at =
	    arena_printf(&w->arena, "{\"a\":%s1%s}", repeated(w, "[", LIMIT_JSON_DEPTH - 1),
	                 repeated(w, "]", LIMIT_JSON_DEPTH - 1));
	const char *over =
	    arena_printf(&w->arena, "{\"a\":%s1%s}", repeated(w, "[", LIMIT_JSON_DEPTH),
	                 repeated(w, "]", LIMIT_JSON_DEPTH));
	assert_int_equal(json(w, at), OK);
	assert_int_equal(json(w, over), ERR_LIMIT);
	assert_int_equal(json(w, repeated(w, "[", 1000000)), ERR_LIMIT);
	assert_int_equal(json(w, "{\"a\":\"[[[[[[[[[[[[[[[[[[[[[[[[[[\\\"[[\"}"), OK);
}

static const char PARTS[] = "--XX\r\nContent-Disposition: form-data; name=\"titel\"\r\n\r\n"
			    "een\r\ntwee\r\n--XX\r\n"
			    "content-disposition: form-data; name=\"f\"; filename=\"a%22b.pdf\"\r\n"
			    "Content-Type: application/pdf\r\n\r\n%PDF\0-\r\n-\r\n--XX\r\n"
			    "Content-Disposition: form-data; name=\"leeg\"; filename=\"\"\r\n"
			    "Content-Type: application/octet-stream\r\n\r\n\r\n--XX--\r\n";

static void multipart_gives_texts_and_files(void **state)
{
	struct world *w = *state;
	assert_int_equal(parts(w, "XX", PARTS, sizeof PARTS - 1), OK);
	assert_int_equal(w->in.count, 2); /* a file field without a file is nothing */
	assert_string_equal(input_text(&w->in, "titel"), "een\ntwee");
	const struct input_value *file = input_at(&w->in, "f");
	assert_int_equal(file->kind, INPUT_FILE);
	assert_string_equal(file->file_name, "a\"b.pdf");
	assert_string_equal(file->content_type, "application/pdf");
	assert_int_equal(file->file.len, 9);
	assert_memory_equal(file->file.bytes, "%PDF\0-\r\n-", 9);
}

static bool read_at(void *context, size_t at, void *to, size_t len)
{
	return source_read(context, at, to, len);
}

/* The mark behind the file begins at every place around the edge of what is read at once. */
static void multipart_that_is_not_in_memory_gives_the_same(void **state)
{
	static const char BEFORE[] =
	    "--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.bin\"\r\n\r\n";
	static const char AFTER[] = "\r\n--XX\r\nContent-Disposition: form-data; name=\"t\"\r\n\r\n"
				    "tekst\r\n--XX--";
	struct world *w = *state;
	const size_t head = sizeof BEFORE - 1, tail = sizeof AFTER - 1;
	char *all = arena_alloc(&w->arena, head + WINDOW_BYTES + 100 + tail);

	for (size_t len = WINDOW_BYTES - head - 60; len < WINDOW_BYTES + 20; len++) {
		memcpy(all, BEFORE, head);
		memset(all + head, '-', len);
		memcpy(all + head + len, AFTER, tail);
		struct byte_source whole = source_bytes(all, head + len + tail);
		const struct byte_source pieces = { .len = whole.len,
			                            .read = read_at,
			                            .context = &whole };
		assert_int_equal(input_multipart(&w->arena, "XX", &pieces, &w->in, &w->error), OK);
		assert_int_equal(w->in.count, 2);
		assert_string_equal(input_text(&w->in, "t"), "tekst");
		const struct input_value *file = input_at(&w->in, "f");
		assert_null(file->file.bytes);
		assert_int_equal(file->file.len, len);
		assert_int_equal(file->file.from, head);
	}
}

static bool lost(void *context, size_t at, void *to, size_t len)
{
	(void)context;
	memset(to, 'x', len);
	memcpy(to, "--XX\r\n", len < 6 ? len : 6);
	return at == 0;
}

static bool refuse(void *context, size_t at, void *to, size_t len)
{
	(void)context, (void)at, (void)to, (void)len;
	return false;
}

static void a_body_that_cannot_be_read_is_nobodys_mistake(void **state)
{
	struct world *w = *state;
	const struct byte_source pieces = { .len = 10 * WINDOW_BYTES, .read = lost };
	const struct byte_source gone = { .len = 10, .read = refuse };

	assert_int_equal(input_multipart(&w->arena, "XX", &pieces, &w->in, &w->error),
	                 ERR_INTERNAL);
	assert_int_equal(input_multipart(&w->arena, "XX", &gone, &w->in, &w->error), ERR_INTERNAL);
}

#define HEAD "Content-Disposition: form-data; name=\"a\"\r\n"
static const char *const BAD_MULTIPART[] = {
	"",
	"--XX",
	"--XX\r\n",
	"--XX--\r\nmore",
	"preamble\r\n--XX--\r\n",
	"--XX\r\n" HEAD "\r\nx\r\n--XX",     /* cut off */
	"--XX\r\n" HEAD "\r\nx",             /* cut off earlier */
	"--XX\r\n" HEAD "x\r\n--XX--\r\n",   /* no empty line */
	"--XX\n" HEAD "\r\nx\r\n--XX--\r\n", /* a bare LF */
	"--XX\r\n\r\nx\r\n--XX--\r\n",       /* no head at all */
	"--XX\r\nContent-Type: text/plain\r\n\r\nx\r\n--XX--\r\n",
	"--XX\r\nContent-Disposition: form-data\r\n\r\nx\r\n--XX--\r\n",
	"--XX\r\nContent-Disposition: form-data; name=\"\"\r\n\r\nx\r\n--XX--\r\n",
	"--XX\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--XX--\r\n",
	"--XX\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--XX--\r\n",
	"--XX\r\n" HEAD HEAD "\r\nx\r\n--XX--\r\n", /* two dispositions */
	"--XX\r\n" HEAD "Content-Transfer-Encoding: base64\r\n\r\nx\r\n--XX--\r\n",
	"--XX\r\n" HEAD " folded\r\n\r\nx\r\n--XX--\r\n",
	"--XX\r\n" HEAD "\r\n\xFF\r\n--XX--\r\n",
	"--XX\r\nContent-Disposition: form-data; name=\"\xC0\x80\"\r\n\r\nx\r\n--XX--\r\n",
	"--YY\r\n" HEAD "\r\nx\r\n--YY--\r\n", /* another boundary */
	"--XX\r\n" HEAD "\r\nx\r\n--XXZ\r\n" HEAD "\r\ny\r\n--XX--\r\n",
};

static void multipart_that_is_loose_is_refused(void **state)
{
	struct world *w = *state;
	for (size_t i = 0; i < sizeof BAD_MULTIPART / sizeof BAD_MULTIPART[0]; i++)
		if (multipart(w, BAD_MULTIPART[i]) != ERR_INVALID)
			fail_msg("taken: %s", BAD_MULTIPART[i]);
}

static const char *many_files(struct world *w, size_t count)
{
	return arena_printf(&w->arena, "%s--XX--\r\n",
	                    repeated(w,
	                             "--XX\r\nContent-Disposition: form-data; name=\"f\"; "
	                             "filename=\"f\"\r\n\r\nx\r\n",
	                             count));
}

static const char *named_file(struct world *w, size_t len)
{
	return arena_printf(
	    &w->arena,
	    "--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"%s\"\r\n"
	    "\r\nx\r\n--XX--\r\n",
	    repeated(w, "n", len));
}

static void files_have_limits(void **state)
{
	struct world *w = *state;
	assert_int_equal(multipart(w, many_files(w, LIMIT_FILES)), OK);
	assert_int_equal(multipart(w, many_files(w, LIMIT_FILES + 1)), ERR_LIMIT);
	assert_int_equal(multipart(w, named_file(w, LIMIT_FILE_NAME_BYTES)), OK);
	assert_int_equal(multipart(w, named_file(w, LIMIT_FILE_NAME_BYTES + 1)), ERR_LIMIT);
}

static void a_boundary_has_a_limit(void **state)
{
	struct world *w = *state;
	const char *at = repeated(w, "b", LIMIT_BOUNDARY_BYTES);
	const char *over = repeated(w, "b", LIMIT_BOUNDARY_BYTES + 1);
	const char *body = arena_printf(&w->arena, "--%s--", at);
	assert_int_equal(parts(w, at, body, strlen(body)), OK);
	body = arena_printf(&w->arena, "--%s--", over);
	assert_int_equal(parts(w, over, body, strlen(body)), ERR_INVALID);
	assert_int_equal(parts(w, "a b ", "--a b --", 8), ERR_INVALID);
}

static void utf8_is_the_strict_one(void **state)
{
	(void)state;
	static const struct {
		const char *bytes;
		size_t len;
		bool fine;
	} rows[] = {
		{ "", 0, true },
		{ "abc", 3, true },
		{ "a\0b", 3, false },
		{ "\xC2\x80", 2, true },
		{ "\xC1\xBF", 2, false },
		{ "\xE0\xA0\x80", 3, true },
		{ "\xE0\x9F\xBF", 3, false },
		{ "\xED\x9F\xBF", 3, true },
		{ "\xED\xA0\x80", 3, false },
		{ "\xEF\xBF\xBF", 3, true },
		{ "\xF0\x90\x80\x80", 4, true },
		{ "\xF0\x8F\xBF\xBF", 4, false },
		{ "\xF4\x8F\xBF\xBF", 4, true },
		{ "\xF4\x90\x80\x80", 4, false },
		{ "\xF5\x80\x80\x80", 4, false },
		{ "\xE2\x82", 2, false },
		{ "\x80", 1, false },
		{ "\xE2\x28\xA1", 3, false },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (input_is_utf8(rows[i].bytes, rows[i].len) != rows[i].fine)
			fail_msg("row %zu", i);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_form_keeps_order_and_repeats, setup, teardown),
		cmocka_unit_test_setup_teardown(broken_percents_and_utf8_are_refused, setup,
		                                teardown),
		cmocka_unit_test_setup_teardown(the_number_of_fields_has_a_limit, setup, teardown),
		cmocka_unit_test_setup_teardown(the_length_of_a_value_and_of_a_path_have_a_limit,
		                                setup, teardown),
		cmocka_unit_test_setup_teardown(json_becomes_paths, setup, teardown),
		cmocka_unit_test_setup_teardown(json_that_is_loose_is_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(json_depth_has_a_limit, setup, teardown),
		cmocka_unit_test_setup_teardown(multipart_gives_texts_and_files, setup, teardown),
		cmocka_unit_test_setup_teardown(multipart_that_is_not_in_memory_gives_the_same,
		                                setup, teardown),
		cmocka_unit_test_setup_teardown(a_body_that_cannot_be_read_is_nobodys_mistake,
		                                setup, teardown),
		cmocka_unit_test_setup_teardown(multipart_that_is_loose_is_refused, setup,
		                                teardown),
		cmocka_unit_test_setup_teardown(files_have_limits, setup, teardown),
		cmocka_unit_test_setup_teardown(a_boundary_has_a_limit, setup, teardown),
		cmocka_unit_test(utf8_is_the_strict_one),
	};
	return cmocka_run_group_tests_name("input", tests, NULL, NULL);
}
