/*
 * schema.h - the JSON schema of what view_json() writes, for openapi.json
 *
 * No member is required: a part that the viewer may not see is absent (view.h).
 */
#ifndef PLATFORM_VIEW_SCHEMA_H
#define PLATFORM_VIEW_SCHEMA_H

#include "platform/view/view.h"

void view_schema(struct out *o, const struct view *v);

#endif
