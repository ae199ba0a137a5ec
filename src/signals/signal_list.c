/* Lists of signals: a merge of bounded scans, one per audience of the viewer. */
#include "signals/signal_list.h"

#include "platform/crypto/lexeme.h"
#include "signals/signal_text.h"
#include "signals/signals.h"

/*
 * $1-$4 audiences, $5 at, $6 reference of the row where the page begins ("" at the start), $7-$9
 * masks of states, themes, lines (0: any), $10 rows, $11 municipality, $12 participant (0: any),
 * $13 and $14 the period. Not adopted (10) and withdrawn (11) are in no list (decisions 1.8). Each
 * scan ends at its own LIMIT; UNION takes out what two of them found.
 */
/* clang-format off */
#define PLACE "coalesce((SELECT x.id FROM signal x WHERE x.reference = $6), 0)"
#define BIT_OF(column) "(CAST(1 AS bigint) << CAST(" column " AS int))"
#define FILTERS                                                                                    \
	" AND a.state <> 10 AND a.state <> 11"                                                     \
	" AND ($7 = 0 OR ($7 & " BIT_OF("a.state") ") <> 0)"                                       \
	" AND ($8 = 0 OR ($8 & " BIT_OF("a.theme") ") <> 0)"                                       \
	" AND ($9 = 0 OR ($9 & " BIT_OF("a.line") ") <> 0)"                                        \
	" AND ($11 = 0 OR a.municipality_id = $11) AND ($12 = 0 OR a.participant_id = $12)"        \
	" AND a.at >= $13 AND a.at < $14"
#define OLDER " AND (a.at, a.id) < ($5, " PLACE ")"
#define NEWER " AND (a.at, a.id) > ($5, " PLACE ")"
#define HEAD                                                                                       \
	"SELECT s.id, s.state_since, s.reference, s.state, s.theme, s.line, p.short_name,"         \
	" coalesce(m.name, ''), " SIGNAL_TITLE_COLUMNS " FROM "
#define NAMES                                                                                      \
	" JOIN participant p ON p.id = s.participant_id"                                           \
	" LEFT JOIN municipality m ON m.id = s.municipality_id" SIGNAL_TITLE_JOIN
#define TAIL ") u JOIN signal s ON s.id = u.id" NAMES

#define SCAN(audience, narrow, way, order)                                                         \
	"SELECT at, id FROM (SELECT a.at, a.id FROM signal_audience a"                             \
	" WHERE a.audience_id = " audience narrow way FILTERS " ORDER BY " order " LIMIT $10)"
#define MERGED(narrow, way, order)                                                                 \
	HEAD "(" SCAN("$1", narrow, way, order) " q1 UNION "                                       \
	SCAN("$2", narrow, way, order) " q2 UNION "                                                \
	SCAN("$3", narrow, way, order) " q3 UNION "                                                \
	SCAN("$4", narrow, way, order) " q4" TAIL
#define NEWEST_OF(narrow)                                                                          \
	MERGED(narrow, OLDER, "a.at DESC, a.id DESC") " ORDER BY u.at DESC, u.id DESC LIMIT $10"
#define OLDEST_OF(narrow)                                                                          \
	MERGED(narrow, NEWER, "a.at, a.id") " ORDER BY u.at, u.id LIMIT $10"
/* clang-format on */

/*
 * The same list along the index of one value, so that a rare one isn't looked for among all: the
 * equality stands beside the filter that says the same.
 */
enum narrow { NARROW_NONE, NARROW_PARTICIPANT, NARROW_MUNICIPALITY, NARROW_STATE, NARROW_THEME };
enum { NARROWS = NARROW_THEME + 1 };
#define ALL_PARAMS "iiiiitiiiiiiii"
#define ONE_PARAMS ALL_PARAMS "i"

static const struct db_stmt ROWS[2][NARROWS] = {
	{
	    { "signal_rows_newest", ALL_PARAMS, NEWEST_OF("") },
	    { "signal_rows_newest_participant", ALL_PARAMS,
	      NEWEST_OF(" AND a.participant_id = $12") },
	    { "signal_rows_newest_municipality", ALL_PARAMS,
	      NEWEST_OF(" AND a.municipality_id = $11") },
	    { "signal_rows_newest_state", ONE_PARAMS, NEWEST_OF(" AND a.state = $15") },
	    { "signal_rows_newest_theme", ONE_PARAMS, NEWEST_OF(" AND a.theme = $15") },
	},
	{
	    { "signal_rows_oldest", ALL_PARAMS, OLDEST_OF("") },
	    { "signal_rows_oldest_participant", ALL_PARAMS,
	      OLDEST_OF(" AND a.participant_id = $12") },
	    { "signal_rows_oldest_municipality", ALL_PARAMS,
	      OLDEST_OF(" AND a.municipality_id = $11") },
	    { "signal_rows_oldest_state", ONE_PARAMS, OLDEST_OF(" AND a.state = $15") },
	    { "signal_rows_oldest_theme", ONE_PARAMS, OLDEST_OF(" AND a.theme = $15") },
	},
};

/*
 * The newest 20,000 records that hold the first word ($15), of which all others ($16-$18) hold too;
 * the rights are asked of signal_audience, so that a search store that lags tells nothing.
 */
/* clang-format off */
#define WORDS(way, order)                                                                          \
	HEAD "(SELECT s.state_since AS at, s.id FROM (SELECT w.document_id FROM search_word w"     \
	" WHERE w.lexeme = $15 ORDER BY w.document_id DESC LIMIT 20000) f"                         \
	" CROSS JOIN search_word b CROSS JOIN search_word c CROSS JOIN search_word e"              \
	" CROSS JOIN search_document d CROSS JOIN signal s"                                        \
	" WHERE b.lexeme = $16 AND b.document_id = f.document_id"                                  \
	" AND c.lexeme = $17 AND c.document_id = f.document_id"                                    \
	" AND e.lexeme = $18 AND e.document_id = f.document_id"                                    \
	" AND d.id = f.document_id AND d.kind = 10 AND s.id = d.object_id"                         \
	" AND EXISTS (SELECT 1 FROM signal_audience a WHERE a.id = s.id"                           \
	" AND a.audience_id IN ($1, $2, $3, $4)" FILTERS way ")" TAIL                              \
	" ORDER BY " order " LIMIT $10"
/* clang-format on */
static const struct db_stmt WORDED[2] = {
	{ "signal_rows_words_newest", ALL_PARAMS "tttt", WORDS(OLDER, "u.at DESC, u.id DESC") },
	{ "signal_rows_words_oldest", ALL_PARAMS "tttt", WORDS(NEWER, "u.at, u.id") },
};
/* The same for a word that many have: along the list itself, asking each whether it holds them all. */
/* clang-format off */
#define HOLDS                                                                                      \
	" AND (SELECT count(*) FROM search_document d CROSS JOIN search_word w"                    \
	" WHERE d.kind = 10 AND d.object_id = a.id AND w.document_id = d.id"                       \
	" AND w.lexeme IN ($15, $16, $17, $18)) = $19"
/* clang-format on */
static const struct db_stmt HOLDING[2] = {
	{ "signal_rows_holding_newest", ALL_PARAMS "tttti", NEWEST_OF(HOLDS) },
	{ "signal_rows_holding_oldest", ALL_PARAMS "tttti", OLDEST_OF(HOLDS) },
};
/* How many records hold a word, and how many there are. */
static const struct db_stmt HOW_FREQUENT = {
	"signal_word_frequency", "ti",
	"SELECT (SELECT count(*) FROM (SELECT w.document_id FROM search_word w WHERE w.lexeme = $1"
	" LIMIT $2) f), coalesce((SELECT max(d.id) FROM search_document d), 0)"
};

/*
 * Counts: $1-$4 audiences, $5-$7 masks, $8 municipality, $9 participant, $10 and $11 the period.
 * A signal in two audiences of the viewer is one signal.
 */
/* clang-format off */
#define COUNTED(audience)                                                                          \
	"SELECT a.id, a.state, a.theme, a.municipality_id, a.participant_id"                       \
	" FROM signal_audience a WHERE a.audience_id = " audience                                  \
	" AND a.state <> 10 AND a.state <> 11"                                                     \
	" AND ($5 = 0 OR ($5 & " BIT_OF("a.state") ") <> 0)"                                       \
	" AND ($6 = 0 OR ($6 & " BIT_OF("a.theme") ") <> 0)"                                       \
	" AND ($7 = 0 OR ($7 & " BIT_OF("a.line") ") <> 0)"                                        \
	" AND ($8 = 0 OR a.municipality_id = $8) AND ($9 = 0 OR a.participant_id = $9)"            \
	" AND a.at >= $10 AND a.at < $11"
#define VISIBLE                                                                                    \
	"(" COUNTED("$1") " UNION " COUNTED("$2") " UNION " COUNTED("$3") " UNION " COUNTED("$4") ") u"
/* clang-format on */
#define COUNT_PARAMS "iiiiiiiiiii"
#define FIGURES_BY(column)                                                                         \
	"(SELECT u." column " AS id, count(*) AS times FROM " VISIBLE " GROUP BY u." column ") n"
static const struct db_stmt FIGURES[FIGURE_COUNT] = {
	[FIGURE_STATE] = { "signal_figures_state", COUNT_PARAMS,
	                   "SELECT n.id, n.times, '' FROM " FIGURES_BY(
			       "state") " ORDER BY n.id LIMIT 500" },
	[FIGURE_PARTICIPANT] = { "signal_figures_participant", COUNT_PARAMS,
	                         "SELECT n.id, n.times, p.short_name FROM " FIGURES_BY(
				     "participant_id") " JOIN participant p ON p.id = n.id"
	                                               " ORDER BY n.times DESC, n.id LIMIT 500" },
	[FIGURE_MUNICIPALITY] = { "signal_figures_municipality", COUNT_PARAMS,
	                          "SELECT n.id, n.times, coalesce(m.name, '') FROM " FIGURES_BY(
				      "municipality_id") " LEFT JOIN municipality m ON m.id = n.id"
	                                                 " ORDER BY n.times DESC, n.id LIMIT 500" },
	[FIGURE_THEME] = { "signal_figures_theme", COUNT_PARAMS,
	                   "SELECT n.id, n.times, '' FROM " FIGURES_BY(
			       "theme") " ORDER BY n.times DESC, n.id LIMIT 500" },
	[FIGURE_HOUR] = { "signal_figures_hour", COUNT_PARAMS,
	                  "SELECT n.id, n.times, '' FROM (SELECT h.hour AS id, count(*) AS times"
	                  " FROM (SELECT CASE WHEN s.submitted_at > 0"
	                  " THEN s.submitted_at / 3600000 ELSE s.created_at / 3600000 END AS hour"
	                  " FROM " VISIBLE " JOIN signal s ON s.id = u.id) h GROUP BY h.hour) n"
	                  " ORDER BY n.id LIMIT 100000" },
};

/*
 * The same token on a presence of another signal, where the viewer has that signal among his
 * audiences. $1 the signal, $2-$5 audiences, $6 the participant that brought it in (0: any).
 */
/* clang-format off */
#define KNOWN_HEAD HEAD "signal s" NAMES " WHERE s.id IN (SELECT o.signal_id FROM "
#define KNOWN_TAIL                                                                                 \
	" JOIN presence o ON o.id = e.presence_id"                                                 \
	" JOIN signal_audience a ON a.id = o.signal_id WHERE o.signal_id <> $1"                    \
	" AND a.state <> 10 AND a.state <> 11 AND a.audience_id IN ($2, $3, $4, $5)"               \
	" AND ($6 = 0 OR a.participant_id = $6)"
#define KNOWN_ORDER ") ORDER BY s.state_since DESC, s.id DESC LIMIT 20"
#define TOKEN(kind, token) "(e.kind = " kind " AND e.token = " token ")"
#define EIGHT_TOKENS                                                                               \
	TOKEN("$7", "$8") " OR " TOKEN("$9", "$10") " OR " TOKEN("$11", "$12") " OR "              \
	TOKEN("$13", "$14") " OR " TOKEN("$15", "$16") " OR " TOKEN("$17", "$18") " OR "           \
	TOKEN("$19", "$20") " OR " TOKEN("$21", "$22")
#define TEN(a, b)                                                                                  \
	"$" a "5, $" a "6, $" a "7, $" a "8, $" a "9, $" b "0, $" b "1, $" b "2, $" b "3, $" b "4"
#define FIFTY                                                                                      \
	TEN("", "1") ", " TEN("1", "2") ", " TEN("2", "3") ", " TEN("3", "4") ", " TEN("4", "5")
/* clang-format on */
static const struct db_stmt KNOWN = {
	"signal_known_already", "iiiiii",
	KNOWN_HEAD "presence mine JOIN identifier_token t ON t.presence_id = mine.id"
		   " JOIN identifier_token e ON e.token = t.token AND e.kind = t.kind" KNOWN_TAIL
		   " AND mine.signal_id = $1" KNOWN_ORDER
};
static const struct db_stmt KNOWN_TOKENS = { "signal_known_tokens", "iiiiiiitititititititit",
	                                     KNOWN_HEAD "identifier_token e" KNOWN_TAIL
	                                                " AND (" EIGHT_TOKENS ")" KNOWN_ORDER };

/* $1-$4 audiences, $5-$54 signals. */
static const struct db_stmt TITLES = {
	"signal_titles",
	"iiii"
	"iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii",
	"SELECT s.id, " SIGNAL_TITLE_COLUMNS " FROM signal s" SIGNAL_TITLE_JOIN
	" WHERE s.id IN (" FIFTY ") AND EXISTS (SELECT 1 FROM signal_audience a WHERE a.id = s.id"
	" AND a.audience_id IN ($1, $2, $3, $4)) ORDER BY s.id LIMIT 50"
};

const struct db_stmt *const signal_list_statements[] = {
	&ROWS[0][NARROW_NONE],
	&ROWS[0][NARROW_PARTICIPANT],
	&ROWS[0][NARROW_MUNICIPALITY],
	&ROWS[0][NARROW_STATE],
	&ROWS[0][NARROW_THEME],
	&ROWS[1][NARROW_NONE],
	&ROWS[1][NARROW_PARTICIPANT],
	&ROWS[1][NARROW_MUNICIPALITY],
	&ROWS[1][NARROW_STATE],
	&ROWS[1][NARROW_THEME],
	&WORDED[0],
	&WORDED[1],
	&HOLDING[0],
	&HOLDING[1],
	&HOW_FREQUENT,
	&FIGURES[FIGURE_STATE],
	&FIGURES[FIGURE_PARTICIPANT],
	&FIGURES[FIGURE_MUNICIPALITY],
	&FIGURES[FIGURE_THEME],
	&FIGURES[FIGURE_HOUR],
	&KNOWN,
	&KNOWN_TOKENS,
	&TITLES,
	NULL,
};

#define OF(v)                                                                                      \
	DB_INT((v)->audiences[0]), DB_INT((v)->audiences[1]), DB_INT((v)->audiences[2]),           \
	    DB_INT((v)->audiences[3])

static struct signal_row row_of(const struct db_rows *rows, struct arena *a)
{
	return (struct signal_row){
		.id = db_int(rows, 0),
		.at = db_int(rows, 1),
		.reference = db_text(rows, 2, a),
		.title = "",
		.state = (uint8_t)db_int(rows, 3),
		.theme = (int)db_int(rows, 4),
		.line = (int)db_int(rows, 5),
		.participant = db_text(rows, 6, a),
		.municipality = db_text(rows, 7, a),
	};
}

struct asking {
	struct db_read *read;
	struct keyring *keyring; /* NULL: no titles */
	size_t max;
	struct arena *arena;
};

static enum status read_rows(const struct asking *by, const struct db_stmt *s,
                             const struct db_value *args, struct array *ret, struct error *reterr)
{
	enum { TITLE = 8 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct signal_row *list = ARENA_ARRAY(by->arena, struct signal_row, by->max + 1);
	size_t count = 0;

	enum status st = db_query(by->read, s, args, &rows, reterr);
	while (st == OK && count < by->max && db_next(&rows)) {
		struct signal_row *row = &list[count++];
		*row = row_of(&rows, by->arena);
		const struct sealed_title title = signal_title_read(&rows, TITLE, by->arena);
		row->uuid = title.uuid;
		if (by->keyring != NULL)
			st = signal_title_open(by->keyring, &title, by->arena, &row->title, reterr);
	}
	*ret = (struct array){ list, count };
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

static bool one_bit(uint64_t codes)
{
	return codes != 0 && (codes & (codes - 1)) == 0;
}

static enum narrow narrowest(const struct signal_query *q)
{
	if (q->participant_id != 0)
		return NARROW_PARTICIPANT;
	if (q->municipality_id != 0)
		return NARROW_MUNICIPALITY;
	if (one_bit(q->states))
		return NARROW_STATE;
	return one_bit(q->themes) ? NARROW_THEME : NARROW_NONE;
}

static int64_t period_end(const struct signal_query *q)
{
	return q->until_ms != 0 ? q->until_ms : INT64_MAX;
}

enum { MORE_ARGS = SIGNAL_WORDS_MAX + 1, ROW_ARGS = 14 };

/* The fourteen that every list asks; ret has room for MORE_ARGS behind them. */
static void row_args(const struct signal_query *q, struct db_value ret[ROW_ARGS + MORE_ARGS])
{
	const int64_t start = q->backward ? -1 : INT64_MAX;
	const struct db_value args[ROW_ARGS] = {
		OF(q->viewer),
		DB_INT(q->reference != NULL ? q->at : start),
		DB_TEXT(q->reference != NULL ? q->reference : ""),
		DB_INT((int64_t)q->states),
		DB_INT((int64_t)q->themes),
		DB_INT((int64_t)q->lines),
		DB_INT(q->limit),
		DB_INT(q->municipality_id),
		DB_INT(q->participant_id),
		DB_INT(q->from_ms),
		DB_INT(period_end(q)),
	};

	for (size_t i = 0; i < ROW_ARGS; i++)
		ret[i] = args[i];
}

/* ---- by words ------------------------------------------------------------------------------------- */

enum { RARE_MAX = 20000 };

struct frequency {
	int64_t holding, all; /* records; holding: RARE_MAX at most */
};

static enum status frequency_of(const struct asking *by, const char *lexeme, struct frequency *ret,
                                struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(by->read, &HOW_FREQUENT,
	                          DB_ARGS(DB_TEXT(lexeme), DB_INT(RARE_MAX)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = (struct frequency){ db_int(&row, 0), db_int(&row, 1) };
	return st;
}

/*
 * Which way is the shorter? From the word: each record that holds the rarest is looked at, and sorted.
 * Along the list: as many rows as a page of hits takes, if words are spread evenly. A step from the
 * word costs some seven times one along the list (measured at 135,000 signals).
 */
static bool is_shorter_along_the_list(const struct frequency *words, size_t count, int64_t rows)
{
	double share = 1, rarest = RARE_MAX;

	for (size_t i = 0; i < count; i++) {
		const double holding = (double)words[i].holding;
		share *= words[i].all > 0 ? holding / (double)words[i].all : 0;
		rarest = holding < rarest ? holding : rarest;
	}
	return share > 0 && (double)rows / share < 7 * rarest;
}

/* Who types a word twice asks for one. */
static int64_t different(const struct signal_query *q)
{
	int64_t count = 0;

	for (size_t i = 0; i < q->word_count; i++) {
		size_t j = 0;
		while (j < i && strcmp(q->words[i].text, q->words[j].text) != 0)
			j++;
		count += j == i;
	}
	return count;
}

/* The rarest word stands first: it leads the way from the word. */
static enum status read_worded(const struct asking *by, const struct signal_query *q,
                               struct db_value *args, struct array *ret, struct error *reterr)
{
	struct frequency words[SIGNAL_WORDS_MAX];
	size_t first = 0;

	for (size_t i = 0; i < q->word_count; i++) {
		const enum status st = frequency_of(by, q->words[i].text, &words[i], reterr);
		if (st != OK)
			return st;
		first = words[i].holding < words[first].holding ? i : first;
	}
	for (size_t i = 0; i < SIGNAL_WORDS_MAX; i++)
		args[ROW_ARGS + i] = DB_TEXT(q->words[(first + i) % q->word_count].text);
	args[ROW_ARGS + SIGNAL_WORDS_MAX] = DB_INT(different(q));
	const bool along = is_shorter_along_the_list(words, q->word_count, q->limit);
	return read_rows(by, along ? &HOLDING[q->backward] : &WORDED[q->backward], args, ret,
	                 reterr);
}

enum status signal_rows(struct db_read *r, const struct signal_query *q, struct arena *a,
                        struct array *ret, struct error *reterr)
{
	const struct asking by = { r, q->keyring, (size_t)q->limit, a };
	const enum narrow narrow = narrowest(q);
	struct db_value args[ROW_ARGS + MORE_ARGS] = { 0 };

	row_args(q, args);
	if (q->word_count > 0)
		return read_worded(&by, q, args, ret, reterr);
	if (narrow == NARROW_STATE)
		args[ROW_ARGS] = DB_INT(__builtin_ctzll(q->states));
	if (narrow == NARROW_THEME)
		args[ROW_ARGS] = DB_INT(__builtin_ctzll(q->themes));
	return read_rows(&by, &ROWS[q->backward][narrow], args, ret, reterr);
}

enum status signal_figures(struct db_read *r, const struct signal_query *q, enum signal_figure by,
                           struct arena *a, struct array *ret, struct error *reterr)
{
	enum { FIRST_ROOM = 64 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	size_t count = 0, room = FIRST_ROOM;
	struct signal_count *list = ARENA_ARRAY(a, struct signal_count, room);

	enum status st =
	    db_query(r, &FIGURES[by],
	             DB_ARGS(OF(q->viewer), DB_INT((int64_t)q->states), DB_INT((int64_t)q->themes),
	                     DB_INT((int64_t)q->lines), DB_INT(q->municipality_id),
	                     DB_INT(q->participant_id), DB_INT(q->from_ms), DB_INT(period_end(q))),
	             &rows, reterr);
	while (st == OK && db_next(&rows)) {
		if (count == room) {
			struct signal_count *wider = ARENA_ARRAY(a, struct signal_count, room * 2);
			for (size_t i = 0; i < count; i++)
				wider[i] = list[i];
			list = wider;
			room *= 2;
		}
		list[count++] = (struct signal_count){ db_int(&rows, 0), db_int(&rows, 1),
			                               db_text(&rows, 2, a) };
	}
	*ret = (struct array){ list, count };
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

static enum status known_by_tokens(const struct asking *by, const struct known_question *q,
                                   struct array *ret, struct error *reterr)
{
	enum { BEFORE = 6 };
	struct db_value args[BEFORE + 2 * KNOWN_TOKENS_MAX] = { DB_INT(q->signal_id), OF(q->viewer),
		                                                DB_INT(q->participant_id) };
	*ret = (struct array){ 0 };
	if (q->token_count == 0)
		return OK;
	for (size_t i = 0; i < KNOWN_TOKENS_MAX; i++) {
		const struct known_token *t = &q->tokens[i < q->token_count ? i : 0];
		args[BEFORE + 2 * i] = DB_INT(t->kind);
		args[BEFORE + 2 * i + 1] = DB_TEXT(t->token);
	}
	return read_rows(by, &KNOWN_TOKENS, args, ret, reterr);
}

enum status signal_known_already(struct db_read *r, const struct known_question *q, struct arena *a,
                                 struct array *ret, struct error *reterr)
{
	const struct asking by = { r, q->keyring, KNOWN_ROWS_MAX, a };

	if (q->tokens != NULL)
		return known_by_tokens(&by, q, ret, reterr);
	return read_rows(&by, &KNOWN,
	                 DB_ARGS(DB_INT(q->signal_id), OF(q->viewer), DB_INT(q->participant_id)),
	                 ret, reterr);
}

// NOLINTNEXTLINE(readability-function-size): whose rights, which signals, and a title for each
enum status signal_titles(struct db_read *r, struct keyring *k, const struct viewer *viewer,
                          const int64_t *ids, size_t count, struct arena *a, const char **ret,
                          struct error *reterr)
{
	enum { BEFORE = 4 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct db_value args[BEFORE + SIGNAL_TITLES_MAX] = { OF(viewer) };

	for (size_t i = 0; i < SIGNAL_TITLES_MAX; i++)
		args[BEFORE + i] = DB_INT(i < count ? ids[i] : 0);
	for (size_t i = 0; i < count; i++)
		ret[i] = NULL;
	enum status st = db_query(r, &TITLES, args, &rows, reterr);
	while (st == OK && db_next(&rows)) {
		const struct sealed_title sealed = signal_title_read(&rows, 1, a);
		const char *title;
		st = signal_title_open(k, &sealed, a, &title, reterr);
		for (size_t i = 0; st == OK && i < count; i++)
			if (ids[i] == db_int(&rows, 0))
				ret[i] = title;
	}
	return st == OK ? db_rows_end(&rows, reterr) : st;
}
