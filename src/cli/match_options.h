/* match_options.h - the words behind `plein match`, read into one struct by one table */
#ifndef CLI_MATCH_OPTIONS_H
#define CLI_MATCH_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "matching/encode.h"
#include "platform/core/error.h"

enum { MATCH_FILES_MAX = 2, MATCH_IDS_MAX = 16 };

struct match_options {
	const char *files[MATCH_FILES_MAX];
	int file_count;
	const char *model;      /* a ready model's name or a path ending in .json */
	const char *truth;      /* pairs that are known, to measure by */
	const char *output;     /* NULL: standard output */
	const char *clusters;   /* where to write id,cluster */
	const char *crowds;     /* where to write what too many records share */
	const char *curve;      /* where to write the SVG */
	const char *report;     /* where to write the figures as JSON */
	const char *pair;       /* explain: "id,id" */
	const char *queries;    /* lookup: CSV of queries */
	const char *spill;      /* folder for temporary files */
	const char *checkpoint; /* where the compared pairs are kept */
	const char *key;        /* bloom: 32 hexadecimal digits */
	struct field_map map;
	char map_text[FIELD_MAP_MAX][128];
	double threshold;
	int threads;
	uint64_t memory_mib;
	uint64_t count, seed; /* generate */
	int copies, slips, culture;
	uint64_t pairs_max;
	bool estimate; /* set by the model command */
	bool frozen, quiet, dry, resume;
	bool churn; /* lookup: also measure inserts and deletes */
};

/* The commands, each a bit: who reads an option. */
enum match_reader {
	MATCH_DEDUPE = 1,
	MATCH_LINK = 2,
	MATCH_LOOKUP = 4,
	MATCH_EXPLAIN = 8,
	MATCH_MODEL = 16,
	MATCH_BLOOM = 32,
	MATCH_GENERATE = 64
};

/* A line for each option that the command reads. */
void match_options_help(int reader, FILE *to);

/* Reads argv[1..]; ERR_INVALID says which word isn't understood. */
MUST_CHECK enum status match_options_read(int argc, char **argv, struct match_options *ret,
                                          struct error *reterr);

/* The model the options name. */
MUST_CHECK enum status match_options_model(const struct match_options *o, struct model *ret,
                                           struct error *reterr);

#endif
