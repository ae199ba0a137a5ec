/* address.h - text inside a URL: percent-encoded as RFC 3986 asks of one path segment or value */
#ifndef PLATFORM_VIEW_ADDRESS_H
#define PLATFORM_VIEW_ADDRESS_H

#include "platform/core/arena.h"

const char *address_encoded(struct arena *a, const char *text);

#endif
