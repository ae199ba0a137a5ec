/*
 * page.h - a whole answer: the frame around a record, or the record as JSON or CSV
 *
 * A read handler loads a record and ends with page_respond(); whether the asker gets a page
 * or JSON is decided here, once. The frame (who am I, menu, news) is filled by the gate.
 */
#ifndef PLATFORM_VIEW_PAGE_H
#define PLATFORM_VIEW_PAGE_H

#include "platform/http/http.h"
#include "platform/view/view.h"

struct stale;

struct link {
	const char *label; /* Dutch */
	const char *href;
	int32_t count; /* what the viewer may see behind it; negative: not shown */
	bool current;
};

struct capacity_choice {
	const char *value; /* the appointment, as the form sends it */
	const char *label; /* "college van B en W Duinwaard, indiener" */
	bool current;
};

/* What stands around every page; made once per request by the gate, in the request's arena. */
struct frame {
	const char *region; /* "RIEC Deltaland" */
	bool demo;
	bool asks_who_sees, asks_who_saw; /* may ask so of what he sees */
	const char *person;               /* NULL: nobody is signed in */
	const char *on_behalf;            /* in full: "namens college van B en W Duinwaard" */
	struct array menu;                /* of struct link: the places this viewer has */
	struct array foot;                /* of struct link */
	struct array capacities;          /* of struct capacity_choice */
	int32_t news_count;
	const char *note;    /* shown once after an action, or NULL */
	const char *density; /* "comfortable" or "compact" */
	const char *colours; /* "auto", "light", "dark" */
	const char *version;
	/* The CSRF token of this session for a route's path pattern; in the request's arena. */
	const char *(*csrf)(const struct frame *f, struct arena *a, const char *path_pattern);
	/* Reads what only a page shows (news_count, capacities), once, when one is drawn; NULL: it
	 * is there. Called by page_respond. */
	enum status (*fetch)(struct request *rq, struct error *reterr);
	void *secret; /* csrf's and fetch's own */
};

struct page {
	const char *title;   /* without names of persons; "Plein" is added */
	const char *place;   /* which menu link is current: its href, or NULL */
	struct array crumbs; /* of struct link */
	bool confidential;
	const char *template_name; /* "signals/show" */
	const struct form *form;   /* what {{@field path}} draws; NULL: no form on this page */
	/* "/seizures/AF-2026-7K3QF": a record with pages /who-sees and /access-log below it; the
	 * frame links to those that the viewer may ask for. NULL: none. */
	const char *record_path;
	bool no_access_log; /* it has the first of them only */
	/* Both versions (difference.h), for components/stale. NULL: page_respond() makes it of
	 * form, record and what was typed when the request is stale; without who and when. */
	const struct stale *stale;
};

/* A room lists its templates with what each is fed, for the checks at build time; ends in a row
 * without name. */
struct page_template {
	const char *name;
	const struct view *view;
	const struct form *form; /* may be NULL */
	bool whole;              /* a page of its own: has exactly one h1 */
};

/* Names of the hidden fields that {{@csrf}} and {{#@form}} write. */
#define FORM_CSRF "_csrf"
#define FORM_ONCE "_once" /* 2 * ONCE_TOKEN_BYTES hexadecimal digits */

/* The record as page or as JSON, by how it was asked. rs->code is kept (400 for a redraw). */
MUST_CHECK enum status page_respond(struct request *rq, struct response *rs,
                                    const struct page *page, const struct view *view,
                                    const void *record, struct error *reterr);

/*
 * The rows of a list as CSV, for who asked so (rq->wants_csv). file_name: "mensen.csv". A file is
 * whole or there is none: who hands in more than PAGE_CSV_ROWS, by asking for one more than that,
 * gets ERR_LIMIT with what to do.
 */
enum { PAGE_CSV_ROWS = 5000 };
MUST_CHECK enum status page_csv(struct request *rq, struct response *rs, const char *file_name,
                                const struct view *row, struct array rows, struct error *reterr);
/* The same rows as a spreadsheet, under the same bound. */
MUST_CHECK enum status page_ods(struct request *rq, struct response *rs, const char *file_name,
                                const struct view *row, struct array rows, struct error *reterr);
MUST_CHECK enum status page_csv_whole(size_t rows, struct error *reterr);

/* The page alone, for who has no request (tests, bench). d->frame NULL: the bare frame. */
void page_html(struct out *o, const struct drawing *d, const struct page *page,
               const struct view *view, const void *record);

/*
 * Of that page only the parts with these names (parted by spaces), one behind the other, without
 * frame: what a page that lives asks for when something moved (rq->parts, the header Plein-Parts).
 * page_respond() chooses. A name that the page lacks draws nothing.
 */
void page_parts(struct out *o, const struct drawing *d, const struct page *page,
                const struct view *view, const void *record, const char *parts);

/*
 * Everything wrong with one template and what it draws, as lines in *ret: names its view lacks,
 * tags on fields of another kind, forms without the field, h1 other than once. Nothing written:
 * fine. (What the Content-Security-Policy refuses never gets through embed-templates.)
 */
void page_check(struct out *ret, struct arena *a, const struct page_template *page);
struct template;
void page_check_parsed(struct out *ret, struct arena *a, const struct template *t,
                       const struct page_template *page);

/* The frame and the components that the engine itself draws. */
extern const struct page_template view_own_templates[];

#endif
