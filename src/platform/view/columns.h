/* columns.h - which fields of a row are columns of its CSV and ODS; inside view/ only */
#ifndef PLATFORM_VIEW_COLUMNS_H
#define PLATFORM_VIEW_COLUMNS_H

#include "platform/view/value.h"

bool is_column(const struct view_field *f);

/* What a cell of text says; v is present. Codes by their labels, sets with commas. */
const char *column_text(struct arena *a, struct value v);

#endif
