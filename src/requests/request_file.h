/* request_file.h - a CSV or XLSX file as the text of a table (answer_table.h); inside requests/ only */
#ifndef REQUESTS_REQUEST_FILE_H
#define REQUESTS_REQUEST_FILE_H

#include "platform/http/input.h"

/*
 * Cells in quotes with tabs between them, a line for each row of the file, at its own number: what
 * answer_table_read() reads. Rows beyond its limit are left out but for one. Read in a child that
 * can only compute (sheets/sheet.h). *ret_problem: what is wrong with the file, one sentence; NULL:
 * nothing. Both lie in the arena.
 */
MUST_CHECK enum status request_file_text(struct arena *a, const struct input_value *file,
                                         const char **ret, const char **ret_problem,
                                         struct error *reterr);

#endif
