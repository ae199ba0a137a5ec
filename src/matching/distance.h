/*
 * distance.h - how many slips of the pen lie between two words
 *
 * Optimal string alignment: insertions, deletions, substitutions and swaps of two neighbours cost
 * one each, and no part is edited twice. Symmetric; 0 exactly when equal.
 *
 * Method: Hyyro, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances",
 * Nordic Journal of Computing 10 (2003): one machine word holds a column of the table, so the cost
 * is O(length of b) word operations. Words of more than DISTANCE_MAX_BYTES are cut off there.
 */
#ifndef MATCHING_DISTANCE_H
#define MATCHING_DISTANCE_H

enum { DISTANCE_MAX_BYTES = 64, DISTANCE_NEAR_BYTES = 16 };

int distance_osa(const char *a, int a_bytes, const char *b, int b_bytes);

/* The same for an a of at most DISTANCE_NEAR_BYTES of which as many bytes can be read, whatever
 * stands behind it: three times as fast. */
int distance_osa_16(const char *a, int a_bytes, const char *b, int b_bytes);

/*
 * Jaro-Winkler similarity, 0..1: 1 means equal, 0 nothing in common. Symmetric.
 * Winkler, "String comparator metrics and enhanced decision rules" (1990): Jaro's
 * (m/|a| + m/|b| + (m-t)/m) / 3, plus a tenth of what is missing per equal leading letter, at most
 * four. Cost O(length of a) word operations.
 */
double similarity_jaro_winkler(const char *a, int a_bytes, const char *b, int b_bytes);

/* 1 - distance / longer length: 0..1, 1 means equal, symmetric; two empty words are equal. */
double similarity_osa(const char *a, int a_bytes, const char *b, int b_bytes);

#endif
