/* The models that come with the program, compiled in from models/ (see meson.build). */
#include <string.h>

#include "matching/model.h"
#include "matching/ready_models.inc" /* generated: READY_MODELS, their names and texts */

enum status model_ready(const char *name, struct model *ret, struct error *reterr)
{
	for (size_t i = 0; i < sizeof(READY_MODELS) / sizeof(READY_MODELS[0]); i++)
		if (strcmp(READY_MODELS[i].name, name) == 0)
			return model_parse(READY_MODELS[i].json, READY_MODELS[i].bytes, ret,
			                   reterr);
	return FAIL(reterr, ERR_NOT_FOUND,
	            "Er is geen model '%.40s'. Kies uit: " READY_MODEL_NAMES ".", name);
}
