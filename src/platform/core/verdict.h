/*
 * verdict.h - the answer of a rule: yes, only if, no; with the article and what to do next
 *
 * Rules are pure functions that return one of these. Strings are Dutch (B1) and
 * live for ever or in the caller's arena. A no always has a sentence, and where
 * there is a lawful way instead, `next` names it.
 */
#ifndef PLATFORM_CORE_VERDICT_H
#define PLATFORM_CORE_VERDICT_H

#include <stdbool.h>

enum verdict_kind { VERDICT_YES = 0, VERDICT_ONLY_IF = 1, VERDICT_NO = 2 };

struct verdict {
	enum verdict_kind kind;
	const char *rule;     /* "R-3", "X-7", or NULL where the act itself is the rule */
	const char *article;  /* "BGS, artikel 2.15, eerste lid", or NULL for a house rule */
	const char *sentence; /* one plain sentence; never NULL except with VERDICT_YES */
	const char *next;     /* what the person can do now, or NULL */
};

static inline struct verdict verdict_yes(void)
{
	return (struct verdict){ .kind = VERDICT_YES };
}

static inline struct verdict verdict_no(const char *rule, const char *article, const char *sentence,
                                        const char *next)
{
	return (struct verdict){ .kind = VERDICT_NO,
		                 .rule = rule,
		                 .article = article,
		                 .sentence = sentence,
		                 .next = next };
}

static inline struct verdict verdict_only_if(const char *rule, const char *article,
                                             const char *sentence, const char *next)
{
	return (struct verdict){ VERDICT_ONLY_IF, rule, article, sentence, next };
}

/* No, where the article says it all; NULL: a rule of the house. */
static inline struct verdict verdict_no_by(const char *article, const char *sentence,
                                           const char *next)
{
	return verdict_no(NULL, article, sentence, next);
}

static inline bool verdict_allows(struct verdict v)
{
	return v.kind == VERDICT_YES;
}

#endif
