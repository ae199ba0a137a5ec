/* bulk_http.h - many whole signals in one request; see bulk_http.c */
#ifndef SIGNALS_BULK_HTTP_H
#define SIGNALS_BULK_HTTP_H

#include "platform/http/http.h"

extern const struct route bulk_routes[];

#endif
