/* model_write.h - a model as the JSON text that model_parse reads */
#ifndef MATCHING_MODEL_WRITE_H
#define MATCHING_MODEL_WRITE_H

#include "matching/model.h"
#include "platform/core/out.h"

/* Reading what was written gives the same model, numbers to six digits. */
void model_write(const struct model *m, struct out *o);

#endif
