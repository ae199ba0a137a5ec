/*
 * instruments.h - what partners can do: kinds, instruments, weights, amounts, reasons to refuse
 *
 * An intervention always names its legal basis; where the table gives none, the owner
 * fills it in. The seven amount columns are never added together.
 */
#ifndef LAW_INSTRUMENTS_H
#define LAW_INSTRUMENTS_H

#include "law/statute.h"

enum law_intervention_kind {
	INTERVENTION_ADMIN = 1,
	INTERVENTION_FISCAL = 2,
	INTERVENTION_CRIMINAL = 3,
	INTERVENTION_CIVIL = 4,
	INTERVENTION_COMM = 5,
	INTERVENTION_PREVENT = 6
};

struct law_intervention_kind_row {
	enum law_intervention_kind code;
	const char *id;
	const char *label;
};

const struct law_intervention_kind_row *law_intervention_kinds(size_t *ret_count);

struct law_instrument {
	uint16_t code;
	enum law_intervention_kind kind;
	const char *label;
	law_letters owners;  /* whose own power it is */
	const char *basis;   /* legal basis as known; NULL: the owner states it */
	const char *article; /* that lets partners agree on it */
	struct law_validity validity;
};

/* How it is done in person, step by step, for who carries it out: static, ends in NULL; NULL: no such script. */
const char *const *law_instrument_script(uint16_t code);

const struct law_instrument *law_instruments(size_t *ret_count);
const struct law_instrument *law_instrument(uint16_t code); /* NULL: none */

enum law_weight { WEIGHT_LIGHT = 1, WEIGHT_MEDIUM = 2, WEIGHT_HEAVY = 3 };

struct law_weight_row {
	enum law_weight code;
	const char *id;
	const char *label;
};

const struct law_weight_row *law_weights(size_t *ret_count);

enum law_amount_column {
	AMOUNT_CALCULATED = 1,
	AMOUNT_CLAIMED = 2,
	AMOUNT_IMPOSED = 3,
	AMOUNT_SEIZED = 4,
	AMOUNT_COLLECTED = 5,
	AMOUNT_SET_OFF = 6,
	AMOUNT_PREVENTED = 7
};

struct law_amount_row {
	enum law_amount_column code;
	const char *id;
	const char *label;
	const char *what;
};

const struct law_amount_row *law_amounts(size_t *ret_count);

/* Why a participant may keep data back (WGS, artikel 1.5, eerste lid). Naming one is never asked.
 */
struct law_refusal_reason {
	uint8_t code;
	const char *id;
	const char *label;
};

const struct law_refusal_reason *law_refusal_reasons(size_t *ret_count);

#endif
