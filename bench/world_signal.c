/* A signal as the API takes it in: five criteria, facts in words, subjects with what names them. */
#include "world.h"

#include "partners/partner.h"
#include "signals/theme.h"

static size_t how_many(const struct code *codes)
{
	size_t count = 0;

	while (codes[count].name != NULL)
		count++;
	return count;
}

static void name_person(struct world *w, struct arena *a, struct subject_input *s)
{
	s->family_name = arena_printf(a, "Proefpersoon%u", world_draw(w, 200000));
	s->given_names = arena_printf(a, "Naam%u", world_draw(w, 500));
	s->birth_date = arena_printf(a, "%u-%02u-%02u", 1950 + world_draw(w, 50),
	                             1 + world_draw(w, 12), 1 + world_draw(w, 28));
}

static void name_firm(struct world *w, struct arena *a, struct subject_input *s)
{
	s->name = arena_printf(a, "Handel %u BV", world_draw(w, 50000));
	s->kvk = arena_printf(a, "%08u", 10000000 + world_draw(w, 80000000));
}

static void name_place(struct world *w, struct arena *a, struct subject_input *s)
{
	s->street = arena_printf(a, "Proefstraat%u", world_draw(w, 2000));
	s->house_number = arena_printf(a, "%u", 1 + world_draw(w, 300));
	s->postcode = arena_printf(a, "%u AB", 1000 + world_draw(w, 9000));
	s->town = "Duinwaard";
}

static void name_vehicle(struct world *w, struct arena *a, struct subject_input *s)
{
	s->plate = arena_printf(a, "%u-ZZZ-%u", 10 + world_draw(w, 90), 1 + world_draw(w, 9));
	s->vehicle = "Bestelbus, wit";
}

static const struct {
	int kind;
	void (*name)(struct world *w, struct arena *a, struct subject_input *s);
} KINDS[] = { { SUBJECT_PERSON, name_person },
	      { SUBJECT_ORGANISATION, name_firm },
	      { SUBJECT_PLACE, name_place },
	      { SUBJECT_VEHICLE, name_vehicle } };

/* What a form leaves empty is an empty text. */
static struct subject_input nobody(void)
{
	return (struct subject_input){ .family_name = "",
		                       .given_names = "",
		                       .birth_date = "",
		                       .bsn = "",
		                       .name = "",
		                       .kvk = "",
		                       .rsin = "",
		                       .street = "",
		                       .house_number = "",
		                       .postcode = "",
		                       .town = "",
		                       .bag_id = "",
		                       .cadastral = "",
		                       .point = "",
		                       .plate = "",
		                       .vehicle = "",
		                       .phone = "",
		                       .iban = "" };
}

static struct array subjects_of(struct world *w, struct arena *a, int64_t count)
{
	struct subject_input *list = ARENA_ARRAY(a, struct subject_input, (size_t)count + 1);

	for (int64_t i = 0; i < count; i++) {
		const size_t k = i == 0 ? 0 : world_draw(w, sizeof KINDS / sizeof KINDS[0]);
		list[i] = nobody();
		list[i].kind = KINDS[k].kind;
		list[i].role = ROLE_MAIN;
		KINDS[k].name(w, a, &list[i]);
	}
	return (struct array){ list, (size_t)count };
}

static struct whole_input input_of(struct world *w, struct arena *a, int64_t subjects)
{
	const char *why = arena_printf(a, "Dit past bij de opdracht: %s.", world_words(w, a, 8));
	const struct municipality *m = w->sender.municipalities.items;
	const size_t place = world_draw(w, (uint32_t)w->sender.municipalities.count);

	return (struct whole_input){
		.title = world_words(w, a, 5),
		.facts = world_words(w, a, 40),
		.judgement = world_words(w, a, 12),
		.where = world_words(w, a, 3),
		.tried = world_words(w, a, 6),
		.effect = world_words(w, a, 6),
		.criterion_a = why,
		.criterion_b = why,
		.criterion_c = why,
		.criterion_d = why,
		.criterion_e = why,
		.municipality = m[place].name,
		.seen_from = FIELD_NO_DAY,
		.seen_until = FIELD_NO_DAY,
		.task = law_first_task((enum law_letter)w->sender.viewer->letter),
		.theme = SIGNAL_THEMES[world_draw(w, (uint32_t)how_many(SIGNAL_THEMES))].value,
		.line = SIGNAL_LINES[world_draw(w, (uint32_t)how_many(SIGNAL_LINES))].value,
		.declared = true,
		.subjects = subjects_of(w, a, subjects),
	};
}

enum status world_signal(struct world *w, struct db_tx *tx, int64_t at_ms, int64_t subjects,
                         struct told_signal *ret, struct error *reterr)
{
	struct arena *a = db_tx_arena(tx);
	struct whole_sender from = w->sender;
	const struct whole_input in = input_of(w, a, subjects);
	struct problems problems;
	struct sealed_whole sealed;
	const struct sealed_whole *one = &sealed;
	struct signal_numbers at;
	struct arena scratch;

	from.now_ms = at_ms;
	problems_init(&problems, a);
	arena_init(&scratch, 4 << 20);
	whole_seal(&from, &in, a, &scratch, &problems, &sealed);
	arena_reset(&scratch);
	if (problems.error_count > 0)
		return FAIL(reterr, ERR_INTERNAL, "%s: %s", problems.first->path,
		            problems.first->message);
	ret->theme = in.theme;
	ret->uuid = sealed.uuid;

	enum status st = whole_store(tx, &from, &one, 1, &at, reterr);
	if (st == OK)
		st = db_gather_end(tx, reterr);
	if (st == OK)
		ret->id = at.id;
	return st;
}
