/* advice_http.h - the pages and API of intervention advices, for the house */
#ifndef ADVICE_ADVICE_HTTP_H
#define ADVICE_ADVICE_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route advice_routes[], advice_casefile_routes[], advice_text_routes[];
extern const struct route advice_proposal_routes[], advice_fact_routes[], advice_answer_routes[];
extern const struct route advice_move_routes[], advice_list_routes[], advice_seen_routes[];
extern const struct route advice_odt_routes[];
extern const struct page_template advice_templates[], advice_casefile_templates[];
extern const struct page_template advice_text_templates[], advice_proposal_templates[];
extern const struct page_template advice_fact_templates[];
extern const struct page_template advice_list_templates[], advice_seen_templates[];

#endif
