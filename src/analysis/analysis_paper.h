/* analysis_paper.h - a copy of an analysis that leaves the screen; inside src/analysis/ */
#ifndef ANALYSIS_ANALYSIS_PAPER_H
#define ANALYSIS_ANALYSIS_PAPER_H

#include "analysis/analysis_copy.h"

#define PAPER_LEFT_OUT "Niet alles staat in deze versie: er is tekst die u niet leest."

struct paper {
	const char *title, *under, *region, *footer;
	const char *seal; /* of a fixed version: hash and names; NULL: the living one */
	int64_t made_at;
};
const char *section_heading(struct arena *a, const struct copy_section *s);
MUST_CHECK enum status analysis_pdf(struct out *o, struct arena *a,
                                    const struct analysis_copy *copy, const struct paper *paper,
                                    struct error *reterr);
void analysis_odt(struct out *o, struct arena *a, const struct analysis_copy *copy,
                  const struct paper *paper);

#endif
