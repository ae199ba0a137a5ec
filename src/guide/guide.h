/*
 * guide.h - what people look up: "Mag ik dit delen?", the rules, help and how Plein is made
 *
 * All of it comes from law/ and from templates; nothing here reads the database.
 */
#ifndef GUIDE_GUIDE_H
#define GUIDE_GUIDE_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route share_routes[];
extern const struct page_template share_templates[];

extern const struct route rules_routes[];
extern const struct page_template rules_templates[];

extern const struct route static_page_routes[];
extern const struct page_template static_page_templates[];

#endif
