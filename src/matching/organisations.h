/*
 * organisations.h - names of companies and foundations, without what says nothing
 *
 * On folded text (fold.h).
 */
#ifndef MATCHING_ORGANISATIONS_H
#define MATCHING_ORGANISATIONS_H

/* Takes legal forms ("b v", "stichting", "holding", "gmbh") out of the text in place and returns
 * the new length; a name that consists of them alone is left as it is. */
int organisation_strip(char *folded, int bytes);

#endif
