/*
 * client.h - a client that sends bytes as they are: nothing is checked, fixed or retried
 */
#ifndef TESTS_HTTP_CLIENT_H
#define TESTS_HTTP_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct reply {
	int code;   /* 0: the connection closed without an answer */
	char *all;  /* everything until the connection closed, NUL-terminated */
	char *body; /* inside all; chunked bodies as sent */
	size_t body_len;
};

int client_connect(uint16_t port);
void client_send(int fd, const void *bytes, size_t len);
/* Reads one answer by its Content-Length, or up to the end of the connection. */
struct reply client_read(int fd);
void reply_free(struct reply *r);

/* Connects, sends, reads one answer, closes. */
struct reply client_ask(uint16_t port, const void *bytes, size_t len);

/* "GET /x" with these further header lines (each ending in \r\n, or ""), body may be NULL. */
struct reply client_request(uint16_t port, const char *method, const char *target,
                            const char *headers, const char *body);

/* The value of a header; "" if absent. Valid until the next call on this thread. */
const char *reply_header(const struct reply *r, const char *name);
bool reply_says(const struct reply *r, const char *text);

#endif
