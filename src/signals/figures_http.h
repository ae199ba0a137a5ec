/* figures_http.h - signals as figures and as a board: routes and templates; see figures_http.c */
#ifndef SIGNALS_FIGURES_HTTP_H
#define SIGNALS_FIGURES_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route signal_figures_routes[];
extern const struct page_template signal_figures_templates[];

#endif
