/* generate_parts.h - what the people (generate.c) and the other things (generate_things.c) share */
#ifndef MATCHING_GENERATE_PARTS_H
#define MATCHING_GENERATE_PARTS_H

#include "matching/dice.h"
#include "matching/generate.h"
#include "matching/generate_names.h"

/* What all who live together share. */
struct house {
	char family[2][GENERATE_TEXT_MAX_BYTES]; /* of the two who began it */
	char prefix[2][16];
	char given_parent[2][32];
	char street[48], place[48], postcode[16], phone[16];
	uint32_t number;
	char addition[8];
	int culture;
	int year; /* of birth of the older parent */
};

/* Fills in where the house stands. */
void generate_address(struct dice *d, struct house *h);
void generate_phone(struct dice *d, char phone[16]);

/* Who record i is about, and which of their records it is (0: the first). */
uint64_t generate_who(const struct generate_options *o, uint64_t i, uint64_t *ret_number);

/* Any of the list, each as often. */
const char *generate_any(struct dice *d, struct name_list list);

/* A slip of the pen: a letter lost, doubled, swapped or replaced by a neighbour on the keyboard. */
void slip_typo(struct dice *d, char *text);

#endif
