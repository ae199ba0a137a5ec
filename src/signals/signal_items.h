/* signal_items.h - the rows that stand on a signal's pages; inside signals/ */
#ifndef SIGNALS_SIGNAL_ITEMS_H
#define SIGNALS_SIGNAL_ITEMS_H

#include "platform/view/acts.h"
#include "signals/signal_page.h"

struct step_item {
	const char *label, *href;
	bool done, current, later;
};

struct need_item {
	const char *label, *reason, *href;
	bool required, done;
};

struct hit_item {
	const char *place, *words, *sentence, *article;
	int64_t part, topic;
	bool settled, may_keep, is_bsn;
};

struct tab_item {
	const char *label, *href;
	int32_t count;
	bool current;
};

extern const struct view SIGNAL_TAB_VIEW, SIGNAL_KNOWN_VIEW;

struct seer_item {
	const char *organisation, *count;
};

struct known_item {
	const char *reference, *href, *participant, *municipality, *theme;
	uint8_t state;
};

struct question_item {
	int64_t id, asked_at, answered_at;
	const char *question, *answer;
	bool may_answer;
};

struct fact_item {
	const char *label, *value, *raw;
	const char *grade; /* "bron A, informatie 1"; NULL: not evaluated */
	const char *task;  /* from which task, where that isn't the signal's; NULL: it is */
};

struct apart_item { /* a row of the form: one fact that comes from elsewhere */
	int64_t number;
	const char *path, *problem; /* path: "apart[2]" */
	struct array facts, tasks, sources, certainties;
};

struct subject_item {
	int64_t number;
	const char *kind, *role, *remove_path, *edit_path;
	struct array facts;
	bool may_write;
};

struct tie_item {
	int64_t id;
	const char *from, *kind, *to, *note, *remove_path;
	bool may_write;
};

struct also_item {
	const char *path, *label;
	int64_t number;
	bool chosen;
};

struct may_item {
	const char *label;
	const struct verdict *may;
};

struct source_item {
	const char *label, *look_for, *note;
	bool yes, later, no;
};

struct proposal_item {
	const char *label, *value, *kind, *field;
};

#endif
