/* Facts of one subject that come from elsewhere than the rest: rows of its form, out and back in. */
#include "signals/subject_apart.h"

#include <string.h>

#include "law/law.h"
#include "partners/partner.h"
#include "signals/signal_items.h"

/* The tasks of every organ of the participant: a mayor's fact may stand in a signal of the
 * executive. The first choice is the one of what stands around it. typed: NULL, nothing. */
struct array task_choices(struct arena *a, struct array organs, const char *same, const char *typed)
{
	size_t all = 0, count = 1;
	const struct law_task *tasks = law_tasks(&all);
	const struct organ *o = organs.items;
	struct signal_choice *to = ARENA_ARRAY(a, struct signal_choice, all + 1);

	to[0] = (struct signal_choice){ "", same, typed == NULL || *typed == '\0' };
	for (size_t i = 0; i < organs.count; i++)
		for (size_t j = 0; j < all; j++) {
			if ((char)tasks[j].letter != o[i].letter)
				continue;
			const char *value = arena_printf(a, "%u", (unsigned)tasks[j].code);
			to[count++] = (struct signal_choice){
				value,
				arena_printf(a, "%s (%s)", tasks[j].label, o[i].on_behalf),
				typed != NULL && strcmp(typed, value) == 0,
			};
		}
	return (struct array){ to, count };
}

/* What was sent, else what is stored (0: nothing) as a form would send it. */
const char *sent_or(const struct request *rq, const char *path, int64_t stored)
{
	const char *sent = input_text(rq->body, path);

	if (sent != NULL || stored == 0)
		return sent;
	return arena_printf(rq->arena, "%lld", (long long)stored);
}

static struct array grade_choices(struct request *rq, const char *path, const struct code *codes,
                                  int stored)
{
	const char one[] = { (char)stored, '\0' };
	const char *sent = input_at(rq->body, path) != NULL ? input_text(rq->body, path) : one;
	struct signal_choice *to = ARENA_ARRAY(rq->arena, struct signal_choice, 8);
	size_t count = 1;

	to[0] = (struct signal_choice){ "", "Zoals de rest", sent[0] == '\0' };
	for (const struct code *c = codes; c->name != NULL; c++)
		to[count++] =
		    (struct signal_choice){ c->name, c->label, strcmp(sent, c->name) == 0 };
	return (struct array){ to, count };
}

/* The facts that this kind of subject can have. */
static struct array fact_choices(struct request *rq, const char *path, int kind, int stored)
{
	const char *sent = input_text(rq->body, path);
	struct signal_choice *to =
	    ARENA_ARRAY(rq->arena, struct signal_choice, FACT_KIND_COUNT + 1);
	size_t count = 1;

	to[0] = (struct signal_choice){ "", "Kies", sent == NULL && stored == 0 };
	for (const struct code *c = FACT_CODES; c->name != NULL; c++)
		if (fact_subject_kind(c->value) == kind)
			to[count++] =
			    (struct signal_choice){ c->name, c->label,
				                    sent != NULL ? strcmp(sent, c->name) == 0
				                                 : stored == c->value };
	return (struct array){ to, count };
}

static const char *problem_of(const struct request *rq, const char *path)
{
	static const char *const PARTS[] = { "fact", "task", "sourceGrade", "informationGrade" };

	for (size_t i = 0; i < sizeof PARTS / sizeof PARTS[0]; i++) {
		const struct problem *p =
		    problems_at(rq->problems, arena_printf(rq->arena, "%s.%s", path, PARTS[i]));
		if (p != NULL)
			return p->message;
	}
	return NULL;
}

/* What is stored, and room for two more, up to as many as there may be. */
void subject_apart_fill(struct request *rq, struct signal_page *record, struct array organs)
{
	enum { ROOM = 2 };
	const struct fact_apart *stored = record->subject.apart.items;
	const size_t kept = record->subject.apart.count;
	struct apart_item *rows = ARENA_ARRAY(rq->arena, struct apart_item, FACTS_APART_MAX);
	size_t count = 0;

	for (; count < FACTS_APART_MAX; count++) {
		const struct fact_apart now =
		    count < kept ? stored[count] : (struct fact_apart){ 0 };
		const char *path = arena_printf(rq->arena, "apart[%zu]", count);
		const char *task = arena_printf(rq->arena, "%s.task", path);
		const char *fact = arena_printf(rq->arena, "%s.fact", path);
		if (count >= kept + ROOM && input_at(rq->body, fact) == NULL)
			break;
		rows[count] = (struct apart_item){
			.number = (int64_t)count + 1,
			.path = path,
			.problem = problem_of(rq, path),
			.facts = fact_choices(rq, fact, record->kind, now.fact),
			.tasks = task_choices(rq->arena, organs, "Uit dezelfde als de rest",
			                      sent_or(rq, task, now.task)),
			.sources =
			    grade_choices(rq, arena_printf(rq->arena, "%s.sourceGrade", path),
			                  FACT_SOURCE_GRADES, now.source_grade),
			.certainties =
			    grade_choices(rq, arena_printf(rq->arena, "%s.informationGrade", path),
			                  FACT_INFORMATION_GRADES, now.information_grade),
		};
		record->apart_open |= now.fact != 0 || (input_text(rq->body, fact) != NULL &&
		                                        *input_text(rq->body, fact) != '\0');
		record->apart_open |= rows[count].problem != NULL;
	}
	record->apart = (struct array){ rows, count };
}

static bool alike(const struct subject_fact *a, const struct subject_fact *b)
{
	return a->task == b->task && a->evaluation == b->evaluation;
}

/* One that comes from where most of them come from: what holds for it is said once. */
struct subject_fact usual_fact(const struct subject *s)
{
	const struct subject_fact *f = s->facts.items;
	size_t best = 0, most = 0;

	for (size_t i = 0; i < s->facts.count; i++) {
		size_t same = 0;
		for (size_t j = 0; j < s->facts.count; j++)
			same += alike(&f[i], &f[j]);
		if (same > most) {
			most = same;
			best = i;
		}
	}
	return s->facts.count > 0 ? f[best] : (struct subject_fact){ 0 };
}

/* The others, each in a row of its own. */
struct array apart_of(struct arena *a, const struct subject *s, const struct subject_fact *usual)
{
	const struct subject_fact *f = s->facts.items;
	struct fact_apart *rows = ARENA_ARRAY(a, struct fact_apart, FACTS_APART_MAX);
	size_t count = 0;

	for (size_t i = 0; i < s->facts.count && count < FACTS_APART_MAX; i++)
		if (!alike(&f[i], usual))
			rows[count++] = (struct fact_apart){
				.fact = (int)f[i].kind,
				.task = f[i].task != usual->task ? f[i].task : 0,
				.source_grade = f[i].evaluation >> 8,
				.information_grade = f[i].evaluation & 0x7f,
			};
	return (struct array){ rows, count };
}
