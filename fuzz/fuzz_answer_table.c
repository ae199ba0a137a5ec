/*
 * Properties: a row that is readable names a kind of fact and a subject of the question, or none;
 * what was read and written as a table again reads the same; memory stays linear in the text.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "platform/core/out.h"
#include "requests/answer_table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void write_row(struct out *o, const struct answer_item *item)
{
	const struct law_kind *kind = law_kind(item->kind);

	out_int(o, item->subject);
	out_fmt(o, ";%s;\"", kind != NULL ? kind->id : "");
	for (const char *c = item->text; *c != '\0'; c++)
		out_fmt(o, *c == '"' ? "\"\"" : "%c", *c);
	out_fmt(o, "\";%s;%c%c\n", item->is_judgement ? "oordeel" : "feit",
	        item->source_grade != 0 ? item->source_grade : ' ',
	        item->information_grade != 0 ? item->information_grade : ' ');
}

static void check_row(const struct table_row *row, const struct table_row *again)
{
	const struct answer_item *one = &row->item, *two = &again->item;

	if (one->subject < 0 || one->subject > 2)
		abort();
	if (one->kind != 0 && law_kind(one->kind)->of != KIND_FACT)
		abort();
	if (one->subject != two->subject || one->kind != two->kind ||
	    one->is_judgement != two->is_judgement || one->source_grade != two->source_grade ||
	    strcmp(one->text, two->text) != 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct answer_part parts[] = { { 1, "Milan Zandwijk", CATEGORY_TAX, PHASE_2, false },
		                       { 2, "Opslag B.V.", CATEGORY_TAX, PHASE_2, false } };
	const struct answer_asked asked = { .kind = REQUEST_CONTENT,
		                            .parts = { parts, 2 },
		                            .addressee = LETTER_TAX,
		                            .today = 20781 };
	struct arena a;
	struct out o;

	arena_init(&a, (size_t)1 << 22);
	out_init(&o, (size_t)1 << 22);
	const char *text = arena_strndup(&a, (const char *)data, size);
	const struct answer_table t = answer_table_read(&a, text, &asked, 202);
	const struct table_row *rows = t.rows.items;
	OUT_LIT(&o, "Wie;Wat;Tekst;Soort;Waardering\n");
	for (size_t i = 0; t.problem == NULL && i < t.rows.count; i++)
		if (rows[i].readable)
			write_row(&o, &rows[i].item);
	const struct answer_table again = answer_table_read(&a, o.data, &asked, 202);
	size_t at = 0;
	for (size_t i = 0; t.problem == NULL && i < t.rows.count; i++)
		if (rows[i].readable) {
			if (again.problem != NULL || at >= again.rows.count)
				abort();
			check_row(&rows[i], (const struct table_row *)again.rows.items + at++);
		}
	out_free(&o);
	arena_reset(&a);
	return 0;
}
