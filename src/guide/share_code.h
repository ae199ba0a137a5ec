/*
 * share_code.h - the question "Mag ik dit delen?" as codes in an address, and back
 *
 * /may-i-share?from=i&to=CASEFILE&what=61&phase=1&activity=CASE_CONSULTATION: codes only, so
 * that a bookmark, a log of a proxy or a mail never holds a word that somebody typed.
 *
 *   from      letter of WGS 2.19 ("i"), with a unit ("b.CUSTOMS"), or an outsider ("KVK")
 *   to        "CASEFILE", "SIGNAL", "ZVH", ...
 *   what      number of a thing ("61") or a category ("FINANCIAL")
 *   phase     "0" to "3"
 *   activity  "BOTTLENECK", "CASE_CONSULTATION", "SCAN"
 *
 * Empty or not understood is "weet ik niet". Pure.
 */
#ifndef GUIDE_SHARE_CODE_H
#define GUIDE_SHARE_CODE_H

#include "law/share.h"
#include "platform/http/input.h"

/* own: the giver where the address names none; LETTER_NONE: the bureau, so nobody. */
struct law_question share_question(const struct input *query, enum law_letter own);

/* Does the address ask anything at all? */
bool share_asked(const struct input *query);

/* The codes of a question; "" for what isn't known. */
struct share_codes {
	const char *from, *to, *what, *phase, *activity;
};
struct share_codes share_codes_of(struct arena *a, const struct law_question *q);

/* The code of a giver: also for a choice in the form. */
const char *share_giver_code(struct arena *a, enum law_letter letter, enum law_unit unit);

/* "/may-i-share?from=i&to=...": for links from anywhere. */
const char *share_address(struct arena *a, const struct law_question *q);

#endif
