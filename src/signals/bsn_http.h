/* bsn_http.h - a BSN out of the text and into its field, with one click; see bsn_http.c */
#ifndef SIGNALS_BSN_HTTP_H
#define SIGNALS_BSN_HTTP_H

#include "platform/http/http.h"

extern const struct route bsn_routes[];

#endif
