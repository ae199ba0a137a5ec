/*
 * error.h - what went wrong, in words for the person and words for the operator
 *
 * A function that can fail returns enum status and takes a struct error as its
 * last parameter. The status decides what the program does next; the error
 * carries what people read: the person gets `message` (Dutch, plain, says what to
 * do), the operator gets `cause` in the log. One error is filled, once, where the
 * failure is understood; callers pass it up unchanged. Library code never logs.
 */
#ifndef PLATFORM_CORE_ERROR_H
#define PLATFORM_CORE_ERROR_H

#define MUST_CHECK __attribute__((warn_unused_result))

/* Runs fn(&variable) when the scope ends, for what isn't arena memory. */
#define AUTO(fn) __attribute__((cleanup(fn)))

enum status {
	OK = 0,
	ERR_INVALID,     /* 400: the input can be corrected by the person */
	ERR_NOT_FOUND,   /* 404: absent, or hidden from this viewer */
	ERR_DENIED,      /* 403: known to the viewer, but not allowed */
	ERR_CONFLICT,    /* 409: someone else changed it first, or a guard refuses */
	ERR_LIMIT,       /* 413: a stated limit was reached */
	ERR_UNAVAILABLE, /* 503: a dependency is down; trying again may help */
	ERR_INTERNAL,    /* 500: our fault */
	STATUS_COUNT
};

struct error {
	enum status status;
	const char *field; /* input at fault (a static string), or NULL */
	char message[200]; /* shown: plain Dutch, no internals, no ids */
	char cause[256];   /* logged only: never leaves the server */
	const char *file;
	int line;
};

/* The status in sight of every analysis of the caller: after a failure, nothing goes on as if OK. */
static inline enum status error_known(enum status known, enum status set)
{
	(void)set;
	return known;
}

static inline enum status error_not_ok(enum status set)
{
	return set == OK ? ERR_INTERNAL : set;
}

/* Fills *e and returns status (an expression without effects), to end a failing function with. */
#define FAIL(e, status, ...)                                                                       \
	error_known((status), error_set((e), (status), __FILE__, __LINE__, __VA_ARGS__))

enum status error_set(struct error *e, enum status status, const char *file, int line,
                      const char *message, ...) __attribute__((format(printf, 5, 6)));

/* Adds the operator's half: FAIL(...) first, then this. Returns e->status. */
#define error_cause(e, ...) error_not_ok(error_cause_set((e), __VA_ARGS__))
enum status error_cause_set(struct error *e, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* The two sentences that many rooms share, word for word, so that nothing can be read from them. */
enum status error_not_found(struct error *e, const char *file, int line);
enum status error_internal(struct error *e, const char *file, int line);
#define FAIL_NOT_FOUND(e) error_known(ERR_NOT_FOUND, error_not_found((e), __FILE__, __LINE__))
#define FAIL_INTERNAL(e)  error_known(ERR_INTERNAL, error_internal((e), __FILE__, __LINE__))

int error_http_code(enum status status);

#endif
