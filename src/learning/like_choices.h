/* like_choices.h - themes, instruments and barriers as choices; inside learning/ only */
#ifndef LEARNING_LIKE_CHOICES_H
#define LEARNING_LIKE_CHOICES_H

#include "learning/learning.h"
#include "platform/http/input.h"

/* The first choice of each is none, called `none`: "Alle" of a filter, "Geen in het bijzonder". */
struct array theme_choices(struct arena *a, const struct alike *like, const char *none);
struct array instrument_choices(struct arena *a, const struct alike *like, const char *none);
struct array barrier_choices(struct arena *a, const struct alike *like, const char *none);

/* "Opsporingsonderzoek"; NULL for none and for a number that is no instrument. */
const char *learnt_instrument(int64_t instrument);

#endif
