/* verdicts.h - how the rules of this room write their answers down; for src/law alone */
#ifndef LAW_VERDICTS_H
#define LAW_VERDICTS_H

#include "platform/core/verdict.h"

static inline struct verdict law_yes(void)
{
	return (struct verdict){ .kind = VERDICT_YES };
}

static inline struct verdict law_no(const char *rule, const char *article, const char *sentence,
                                    const char *next)
{
	return (struct verdict){ VERDICT_NO, rule, article, sentence, next };
}

static inline struct verdict law_only_if(const char *rule, const char *article,
                                         const char *sentence, const char *next)
{
	return (struct verdict){ VERDICT_ONLY_IF, rule, article, sentence, next };
}

#endif
