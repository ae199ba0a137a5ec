#include "interventions/amount_form.h"

#include "law/instruments.h"

const struct code AMOUNT_COLUMNS_SHOWN[] = {
	{ AMOUNT_CALCULATED, "calculated", "Berekend" }, { AMOUNT_CLAIMED, "claimed", "Gevorderd" },
	{ AMOUNT_IMPOSED, "imposed", "Opgelegd" },       { AMOUNT_SEIZED, "seized", "In beslag" },
	{ AMOUNT_COLLECTED, "collected", "Geïnd" },      { AMOUNT_SET_OFF, "set_off", "Verrekend" },
	{ AMOUNT_PREVENTED, "prevented", "Voorkomen" },  { 0 },
};

static const struct field AMOUNT_FIELDS[] = {
	{ .path = "column",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct amount_input, column),
	  .label = "Wat voor bedrag is het?",
	  .required = true,
	  .missing = "Kies een van de zeven kolommen, zoals opgelegd of geïnd.",
	  .codes = AMOUNT_COLUMNS_SHOWN },
	{ .path = "amount",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct amount_input, amount),
	  .label = "Bedrag in euro",
	  .required = true,
	  .max_chars = 40 },
	{ .path = "day",
	  .kind = FIELD_DAY,
	  .offset = offsetof(struct amount_input, day),
	  .label = "Op welke dag?",
	  .required = true },
};
const struct form AMOUNT_FORM = { AMOUNT_FIELDS, 3, sizeof(struct amount_input) };
