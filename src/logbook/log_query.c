#include "logbook/log_query.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "audit/action.h"
#include "logbook/event_line.h"
#include "platform/core/calendar.h"
#include "platform/core/dutch.h"
#include "platform/view/address.h"
#include "platform/view/choice.h"

static const char *const NAMES[LOG_FILTER_COUNT] = {
	[BY_ACTOR] = "actor",     [BY_ACTION] = "action", [BY_OBJECT] = "object",
	[BY_OUTCOME] = "outcome", [FROM_DAY] = "from",    [TO_DAY] = "to",
};

static const char OLDEST[] = "oldest";

enum { DIGITS_MAX = 18 /* fits an int64_t */ };

/* The number at the end of text; 0: there is none. */
static int64_t number_at_end(const char *text)
{
	const size_t len = strlen(text);
	size_t digits = 0;

	while (digits < len && text[len - digits - 1] >= '0' && text[len - digits - 1] <= '9')
		digits++;
	return digits == 0 || digits > DIGITS_MAX ? 0 : strtoll(text + len - digits, NULL, 10);
}

static void read_actor(const char *text, struct arena *a, struct log_query *q)
{
	const int64_t id = number_at_end(text);

	if (id == 0)
		return;
	q->filter.actor_id = id;
	q->text[BY_ACTOR] = arena_printf(a, "%lld", (long long)id);
	q->label[BY_ACTOR] = arena_printf(a, "Wie: medewerker %lld", (long long)id);
}

static void read_action(const char *text, struct arena *a, struct log_query *q)
{
	uint32_t count;
	const struct audit_word *words = audit_action_words(&count);

	for (uint32_t i = 0; i < count; i++)
		if (strcmp(words[i].name, text) == 0) {
			q->filter.action = words[i].code;
			q->text[BY_ACTION] = words[i].name;
			q->label[BY_ACTION] = arena_printf(a, "Wat: %s", words[i].label);
		}
}

static bool begins_with_word(const char *text, const char *word)
{
	const size_t len = strlen(word);
	return strncasecmp(text, word, len) == 0 && text[len] == ' ';
}

/* "medewerker 17", "Rol 3" or "PERSON 17". */
static void read_object(const char *text, struct arena *a, struct log_query *q)
{
	uint32_t count;
	const struct audit_word *words = audit_object_words(&count);
	const int64_t id = number_at_end(text);

	for (uint32_t i = 0; id != 0 && i < count; i++) {
		if (!begins_with_word(text, words[i].label) &&
		    !begins_with_word(text, words[i].name))
			continue;
		q->filter.object_type = words[i].code;
		q->filter.object_id = id;
		q->text[BY_OBJECT] = arena_printf(a, "%s %lld", words[i].label, (long long)id);
		q->label[BY_OBJECT] = arena_printf(a, "Waarover: %s", q->text[BY_OBJECT]);
	}
}

static void read_outcome(const char *text, struct arena *a, struct log_query *q)
{
	for (const struct code *c = LOG_OUTCOMES; c->name != NULL; c++)
		if (strcmp(c->name, text) == 0) {
			q->filter.outcome = (enum audit_outcome)c->value;
			q->text[BY_OUTCOME] = c->name;
			q->label[BY_OUTCOME] = arena_printf(a, "Afloop: %s", c->label);
		}
}

static void read_from(const char *text, struct arena *a, struct log_query *q)
{
	int32_t day;

	if (!dutch_day_read(text, &day))
		return;
	q->filter.from_ms = ms_at_day_start(day);
	q->text[FROM_DAY] = text;
	q->label[FROM_DAY] = arena_printf(a, "Vanaf %s", dutch_date(a, day));
}

static void read_to(const char *text, struct arena *a, struct log_query *q)
{
	int32_t day;

	if (!dutch_day_read(text, &day))
		return;
	q->filter.until_ms = ms_at_day_start(day + 1);
	q->text[TO_DAY] = text;
	q->label[TO_DAY] = arena_printf(a, "Tot en met %s", dutch_date(a, day));
}

typedef void read_filter_fn(const char *text, struct arena *a, struct log_query *q);

struct log_query log_query_read(const struct input *in, struct arena *a)
{
	static read_filter_fn *const READ[LOG_FILTER_COUNT] = {
		[BY_ACTOR] = read_actor,     [BY_ACTION] = read_action, [BY_OBJECT] = read_object,
		[BY_OUTCOME] = read_outcome, [FROM_DAY] = read_from,    [TO_DAY] = read_to,
	};
	struct log_query q = { .at = { 0 } };

	for (int i = 0; i < LOG_FILTER_COUNT; i++) {
		const char *text = input_text(in, NAMES[i]);
		if (text != NULL)
			READ[i](text, a, &q);
	}
	const char *order = input_text(in, "sort");
	q.filter.oldest_first = order != NULL && strcmp(order, OLDEST) == 0;
	(void)log_cursor_read(input_text(in, "after"), &q.at);
	return q;
}

struct array log_orders(struct arena *a, const struct log_query *q)
{
	struct array orders = choices_for(a, 2);
	const char *chosen = q->filter.oldest_first ? OLDEST : "newest";

	choices_add(&orders, "newest", "Nieuwste eerst", chosen);
	choices_add(&orders, OLDEST, "Oudste eerst", chosen);
	return orders;
}

const char *log_query_href(struct arena *a, const char *path, const struct log_query *q,
                           enum log_filter without, const char *more)
{
	const char *href = path;
	char mark = '?';

	for (int i = 0; i < LOG_FILTER_COUNT; i++) {
		if (q->text[i] == NULL || i == (int)without)
			continue;
		href = arena_printf(a, "%s%c%s=%s", href, mark, NAMES[i],
		                    address_encoded(a, q->text[i]));
		mark = '&';
	}
	if (q->filter.oldest_first) {
		href = arena_printf(a, "%s%csort=%s", href, mark, OLDEST);
		mark = '&';
	}
	return more == NULL ? href : arena_printf(a, "%s%c%s", href, mark, more);
}
