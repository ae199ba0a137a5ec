/*
 * health.h - is this server fit to work? For load balancers and monitoring, without signing in
 *
 * Figures only: no names, no paths, no causes. 503 when nobody can be served: the database is
 * gone, or nothing can be stored (then no event can be either). A log whose sealer is behind
 * makes it DEGRADED, with 200: events are safe, their seals are late.
 */
#ifndef HEALTH_HEALTH_H
#define HEALTH_HEALTH_H

#include "platform/http/http.h"

extern const struct route health_routes[];
/* /.well-known/security.txt, where the setting `security-contact` is filled in. */
extern const struct route security_txt_routes[];

#endif
