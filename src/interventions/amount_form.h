/* amount_form.h - one amount in one of the seven columns, as people send it; inside interventions/ only */
#ifndef INTERVENTIONS_AMOUNT_FORM_H
#define INTERVENTIONS_AMOUNT_FORM_H

#include "platform/http/input.h"

/* By enum law_amount_column - 1. */
extern const struct code AMOUNT_COLUMNS_SHOWN[];

struct amount_input {
	int column; /* enum law_amount_column */
	const char *amount;
	int64_t day;
};
extern const struct form AMOUNT_FORM;

#endif
