/*
 * scan.h - all names within a few slips of one name, by looking at every distinct name
 *
 * A register of a million has some eighty thousand distinct family names: few enough to compare
 * all, and no index of trigrams finds a name whose every trigram changed. Names stand by length,
 * in blocks of 32 turned on their side, so that one vector instruction takes a step for 32 names
 * at once: Hyyro's bit-parallel optimal string alignment (distance.h) in 16-bit lanes, with the
 * letter's mask by one table look-up (vpermw) per step. AVX-512BW, AVX2 or plain C is chosen when
 * the program starts; all three give the same names in the same order.
 *
 * Names and queries of 2 to SCAN_LENGTH_MAX letters; others find nothing. Cost: about 1 ns per
 * name with AVX-512. One writer; many readers when nobody writes.
 */
#ifndef MATCHING_SCAN_H
#define MATCHING_SCAN_H

#include <stdint.h>

enum { SCAN_LENGTH_MAX = 16 };

enum scan_kernel { SCAN_PLAIN, SCAN_AVX2, SCAN_AVX512 };

struct name_scan;

struct name_scan *name_scan_new(void);
void name_scan_free(struct name_scan *s); /* takes NULL */

/* Adds a folded name under a number of the caller's; names of other lengths are left out. */
void name_scan_add(struct name_scan *s, const char *name, int bytes, uint32_t code);

/* The codes of names within distance_max (1 or 2), the shorter names first; at most most. */
int name_scan_near(const struct name_scan *s, const char *name, int bytes, int distance_max,
                   uint32_t *ret, int most);

/* The best kernel this machine has; and a look-up by a given one (which it must have). */
enum scan_kernel scan_kernel_best(void);
int name_scan_near_by(enum scan_kernel kernel, const struct name_scan *s, const char *name,
                      int bytes, int distance_max, uint32_t *ret, int most);

#endif
