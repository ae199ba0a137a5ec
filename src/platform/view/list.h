/*
 * list.h - lists as data: columns, orders, filters and keyset paging, all in the URL
 *
 * A room describes its list once. list_read() makes a query of what the URL asks (what can't
 * be understood is ignored: a list always shows something), the room runs one of its own
 * fixed statements with the query's values, list_finish() makes the page of it: links to the
 * next and previous page, chips that take a filter away, links that sort.
 *
 * Two statements per order suffice. With keys (at, ref), newest first:
 *
 *   forward   WHERE ... AND (at < $1 OR (at = $1 AND ref < $2))
 *             ORDER BY at DESC, ref DESC LIMIT $3
 *   backward  WHERE ... AND (at > $1 OR (at = $1 AND ref > $2))
 *             ORDER BY at, ref LIMIT $3
 *
 * The first page begins at the smallest or largest keys; list_finish() turns a page back round. A
 * second order that is `mirrored` costs no statement: it reads the first one from its other end.
 * A set of codes is a mask: ($4 = 0 OR ($4 & (1 << state)) <> 0).
 *
 * The cursor is made of the keys of a row that this viewer saw: choose keys that are shown,
 * and a reference rather than a row's id as the last, unique one. Whoever forges a cursor
 * moves his place in a list that his rights have already bounded.
 */
#ifndef PLATFORM_VIEW_LIST_H
#define PLATFORM_VIEW_LIST_H

#include "platform/http/http.h"
#include "platform/view/page.h"
#include "platform/view/view.h"

enum {
	LIST_KEPT_CHARS_MAX = 100,
	LIST_ROWS = 50,
	LIST_CSV_ROWS = PAGE_CSV_ROWS, /* more than this: a filter first */
	LIST_KEYS_MAX = 3,
	LIST_FILTERS_MAX = 8,
	LIST_KEY_BYTES_MAX = 600,
	LIST_CURSOR_CHARS_MAX = 2 * (10 + LIST_KEYS_MAX * (LIST_KEY_BYTES_MAX + 2))
};

/* A member of the row's view: numbers, days, moments, amounts, text. */
struct list_key {
	const char *field;
	bool descending;
};

struct list_sort {
	const char *name;                    /* in the URL: "changed" */
	const char *label;                   /* says what it does: "Wanneer, nieuwste eerst" */
	struct list_key keys[LIST_KEYS_MAX]; /* the last one is unique; ends at a NULL field */
	bool mirrored; /* the usual order from its other end: its two statements change places */
};

enum list_filter_kind {
	FILTER_CODES, /* any number of codes, values 0 to 63: ?state=DRAFT&state=BUSY */
	FILTER_DAYS,  /* ?from=2026-11-01&until=2026-11-30, both days included */
	FILTER_ONE,   /* at most one of codes, any value: ?municipality=0518 */
	FILTER_KEPT, /* a text that the room makes and reads itself: [a-z0-9.], kept in every address */
	FILTER_CALENDAR /* ?year=2026, ?month=2026-11: [0-9-], which the room reads; kept likewise */
};

struct list_filter {
	const char *name;  /* in the URL; days: nameFrom and nameUntil */
	const char *label; /* "Stand" */
	enum list_filter_kind kind;
	const struct code *codes; /* FILTER_CODES, FILTER_ONE: ends with a NULL name */
};

struct list {
	const char *name;              /* unique in the program: "signals" */
	const char *path;              /* "/signals" */
	const struct view *row;        /* of an element */
	const struct list_sort *sorts; /* the first is the usual one */
	size_t sort_count;
	const struct list_filter *filters;
	size_t filter_count;
	const char *empty;     /* Dutch: nothing yet, or done: "Niets wacht op u." */
	const char *file_name; /* of the CSV: "signalen.csv"; the ODS ends in .ods */
};

struct list_value {
	int64_t number;
	const char *text; /* NULL: a number */
};

struct list_chosen {
	uint64_t codes;         /* FILTER_CODES: one bit a code; 0: no filter */
	int64_t from, until;    /* FILTER_DAYS: days, both included; INT64_MIN, INT64_MAX: open */
	const struct code *one; /* FILTER_ONE; NULL: no filter */
	const char *kept;       /* FILTER_KEPT, FILTER_CALENDAR; NULL: no filter */
};

struct list_query {
	const struct list *list;
	const struct list_sort *sort;
	size_t sort_index; /* of sort in list->sorts: which statements to run */
	bool backward;     /* which of the two statements to run */
	bool turned;       /* its rows come the other way round: a page back */
	bool first;        /* no cursor: from the start */
	int64_t start;     /* rows before this page, as counted while paging */
	struct list_value
	    keys[LIST_KEYS_MAX]; /* where the page begins; on the first page the start */
	struct list_chosen chosen[LIST_FILTERS_MAX]; /* as list->filters */
	const char *base;                            /* before every address: "" or "/api/v1" */
	int64_t limit;                               /* rows to ask for: one more than are shown */
	bool csv, ods;                               /* a file of at most LIST_CSV_ROWS */
};

struct list_query list_read(const struct list *list, const struct request *rq);
/* The same from another input of the request: a form that was sent. */
struct list_query list_read_asked(const struct list *list, const struct request *rq,
                                  const struct input *in);
/* The same from an input alone. */
struct list_query list_read_input(const struct list *list, const struct input *in, bool csv,
                                  struct arena *a);

/* The address of the list with this query's order and filters, from the start. */
const char *list_address(const struct list_query *q, struct arena *a);

/* A day filter as moments: from (included) and until (excluded), ms UTC; open ends stay open. */
int64_t list_from_ms(const struct list_chosen *c);
int64_t list_until_ms(const struct list_chosen *c);

struct list_link {
	const char *label, *href, *name;
	bool current;
};

struct list_filter_picture {
	const char *name, *label, *from, *until;
	const char *kept;     /* what a hidden field keeps; NULL: nothing */
	bool days, choice;    /* what the form draws: two days, or a choice */
	struct array choices; /* of struct list_link: name, label, current */
};

/* What a page or the API shows of a list. */
struct list_page {
	struct array items;          /* of the row's struct; the room's memory */
	const char *next, *previous; /* hrefs, or NULL */
	struct array chips, sorts;   /* of struct list_link */
	struct array filters;        /* of struct list_filter_picture */
	int32_t first_row, last_row; /* 51 and 100; -1 when there are no rows */
	const char *csv, *ods;       /* hrefs */
	const char *clear;           /* href of the list without filters */
	const char *sort;            /* name, to stay in the filter form */
	const char *empty;           /* the sentence when there are no rows, else NULL */
	bool has_sorts;              /* there is an order to choose */
	bool cut;                    /* a file that would lack rows: list_respond refuses */
	bool has_chips;
	bool filtered; /* it is empty, or short, because of a filter */
};

/*
 * items: what the statement gave, in its order, at most q->limit. Turns it round in place where
 * the query was backward, and leaves out the row too many.
 */
struct list_page list_finish(const struct list_query *q, struct arena *a, void *items,
                             size_t count);

/*
 * The same for a list that stays short by its nature and that the room loaded whole, in any order:
 * sorts it in place as asked and takes the page that was asked for. count: all rows, one more than
 * LIST_CSV_ROWS at most. What grows with the work has its own two statements instead.
 * Cost: n log n comparisons.
 */
struct list_page list_finish_whole(const struct list_query *q, struct arena *a, void *items,
                                   size_t count);

/* What list_respond draws. view: of the struct `record`, which holds `shown` and its rows. */
struct list_drawing {
	const struct page *page;
	const struct view *view;
	const void *record;
	const struct list_page *shown;
};

/* The page, the JSON, the CSV or the ODS. */
MUST_CHECK enum status list_respond(struct request *rq, struct response *rs,
                                    const struct list_query *q, const struct list_drawing *what,
                                    struct error *reterr);

extern const struct view LIST_LINK_VIEW, LIST_FILTER_VIEW;

/* The fields of a struct `type` that has a struct list_page called `member`. */
#define LIST_FIELDS(type, member, row_view)                                                        \
	VIEW_AS(type, member.items, "items", VIEW_LIST, .view = &(row_view)),                      \
	    VIEW_AS(type, member.next, "next", VIEW_TEXT, .label = NULL),                          \
	    VIEW_AS(type, member.previous, "previous", VIEW_TEXT, .label = NULL),                  \
	    VIEW_AS(type, member.chips, "chips", VIEW_LIST, .view = &LIST_LINK_VIEW,               \
	            .page_only = true),                                                            \
	    VIEW_AS(type, member.sorts, "sorts", VIEW_LIST, .view = &LIST_LINK_VIEW,               \
	            .page_only = true),                                                            \
	    VIEW_AS(type, member.filters, "filters", VIEW_LIST, .view = &LIST_FILTER_VIEW,         \
	            .page_only = true),                                                            \
	    VIEW_AS(type, member.has_chips, "hasChips", VIEW_BOOL, .page_only = true),             \
	    VIEW_AS(type, member.has_sorts, "hasSorts", VIEW_BOOL, .page_only = true),             \
	    VIEW_AS(type, member.next, "olderHref", VIEW_TEXT, .page_only = true),                 \
	    VIEW_AS(type, member.previous, "newerHref", VIEW_TEXT, .page_only = true),             \
	    VIEW_AS(type, member.first_row, "firstRow", VIEW_COUNT, .page_only = true),            \
	    VIEW_AS(type, member.last_row, "lastRow", VIEW_COUNT, .page_only = true),              \
	    VIEW_AS(type, member.csv, "csvHref", VIEW_TEXT, .page_only = true),                    \
	    VIEW_AS(type, member.ods, "odsHref", VIEW_TEXT, .page_only = true),                    \
	    VIEW_AS(type, member.clear, "clearHref", VIEW_TEXT, .page_only = true),                \
	    VIEW_AS(type, member.sort, "sort", VIEW_TEXT, .page_only = true),                      \
	    VIEW_AS(type, member.empty, "empty", VIEW_TEXT, .page_only = true),                    \
	    VIEW_AS(type, member.filtered, "filtered", VIEW_BOOL, .page_only = true)

/* A place in a list, as text for a URL, and back. False, *ret untouched, for anything that
 * list_cursor() of this list and order can't have made. Also a fuzz target. */
struct list_place {
	bool backward;
	uint32_t start;
	struct list_value keys[LIST_KEYS_MAX];
};
const char *list_cursor(struct arena *a, const struct list *list, const struct list_sort *sort,
                        const struct list_place *place);
bool list_cursor_read(struct arena *a, const struct list *list, const struct list_sort *sort,
                      const char *text, struct list_place *ret);

#endif
