/* generate_slips.h - the ways in which a record goes wrong on its way to paper */
#ifndef MATCHING_GENERATE_SLIPS_H
#define MATCHING_GENERATE_SLIPS_H

#include "matching/dice.h"
#include "matching/generate.h"

/* Makes count slips, each of a kind drawn by its weight. */
void slips_make(struct dice *d, struct made_record *r, int count);

/* How many kinds there are, and what kind i is called. */
int slip_kinds(void);
const char *slip_name(int kind);
/* Makes a slip of this kind. */
void slip_make(struct dice *d, struct made_record *r, int kind);

#endif
