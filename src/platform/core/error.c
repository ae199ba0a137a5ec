#include "platform/core/error.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

static const int HTTP_CODE[] = {
	[OK] = 200,           [ERR_INVALID] = 400, [ERR_NOT_FOUND] = 404,   [ERR_DENIED] = 403,
	[ERR_CONFLICT] = 409, [ERR_LIMIT] = 413,   [ERR_UNAVAILABLE] = 503, [ERR_INTERNAL] = 500,
};
_Static_assert(sizeof HTTP_CODE / sizeof HTTP_CODE[0] == STATUS_COUNT,
               "every status needs an HTTP code");

enum status error_set(struct error *e, enum status status, const char *file, int line,
                      const char *message, ...)
{
	va_list ap;

	assert(e != NULL);
	assert(status > OK && status < STATUS_COUNT);
	*e = (struct error){ .status = status, .file = file, .line = line };
	va_start(ap, message);
	(void)vsnprintf(e->message, sizeof(e->message), message, ap);
	va_end(ap);
	return status;
}

enum status error_cause_set(struct error *e, const char *fmt, ...)
{
	va_list ap;

	assert(e != NULL);
	assert(e->status != OK);
	va_start(ap, fmt);
	(void)vsnprintf(e->cause, sizeof(e->cause), fmt, ap);
	va_end(ap);
	return e->status;
}

enum status error_not_found(struct error *e, const char *file, int line)
{
	return error_set(e, ERR_NOT_FOUND, file, line,
	                 "Deze pagina bestaat niet, of is niet voor u. Klopt het nummer? "
	                 "Vraag het uw coördinator.");
}

enum status error_internal(struct error *e, const char *file, int line)
{
	return error_set(
	    e, ERR_INTERNAL, file, line,
	    "Er ging iets mis bij ons. Het ligt niet aan u. Probeer het later opnieuw.");
}

int error_http_code(enum status status)
{
	assert(status >= OK && status < STATUS_COUNT);
	return HTTP_CODE[status];
}
