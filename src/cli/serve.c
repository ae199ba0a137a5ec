/* plein serve: opens everything, listens, and stops gracefully. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "audit/log.h"
#include "cli/cli.h"
#include "matches/live.h"
#include "people/budget.h"
#include "platform/core/memory.h"
#include "platform/crypto/keyring.h"
#include "platform/view/schema.h"
#include "server/open.h"
#include "server/assets.h"
#include "server/rooms.h"
#include "server/sights.h"
#include "server/upkeep.h"

static const char HELP[] =
    "plein serve - start de server\n"
    "\n"
    "  plein serve [--data MAP] [--port 8080] [--address 127.0.0.1]\n"
    "\n"
    "Alle instellingen: plein config. Stop met Ctrl-C; wat bezig is, wordt afgemaakt.\n";

enum { PROXIES_MAX = 32 };

/* "10.0.0.1, ::1" as a NULL-terminated list. */
static const char *const *proxies(struct arena *a, const char *text)
{
	const char **list = ARENA_ARRAY(a, const char *, PROXIES_MAX + 1);
	size_t count = 0;
	char *copy = arena_strdup(a, text);

	for (char *at = copy, *item; count < PROXIES_MAX && (item = strsep(&at, ", ")) != NULL;)
		if (*item != '\0')
			list[count++] = item;
	return list;
}

static int access_log(const struct settings *s)
{
	const char *path = setting_or_null(s, SET_ACCESS_LOG);

	if (path == NULL)
		return -1;
	if (strcmp(path, "-") == 0)
		return STDOUT_FILENO;
	return open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static enum status start_http(struct plein *p, const struct settings *s, struct arena *a,
                              struct gate *gate, struct error *reterr)
{
	*gate = people_gate(p, PLACES);
	p->routes = ALL_ROUTES;
	p->namers = SEARCH_NAMERS;
	p->sights = SIGHTS;
	gate->may_hear = rooms_may_hear;
	const struct http_config cfg = {
		.bind_address = setting_text(s, SET_ADDRESS),
		.port = (uint16_t)setting_int(s, SET_PORT),
		.http_threads = (int)setting_int(s, SET_HTTP_THREADS),
		.workers = (int)setting_int(s, SET_WORKERS),
		.queue_max = (int)setting_int(s, SET_QUEUE),
		.tls_certificate_file = setting_or_null(s, SET_TLS_CERTIFICATE),
		.tls_key_file = setting_or_null(s, SET_TLS_KEY),
		.trusted_proxies = proxies(a, setting_text(s, SET_TRUSTED_PROXIES)),
		.public_origin = setting_or_null(s, SET_PUBLIC_ORIGIN),
		.access_log_fd = access_log(s),
		.spool_folder = setting_text(s, SET_DATA),
		.clock = p->clock,
		.key = p->web_key,
		.assets = ASSETS,
		.version = p->version,
		.view_schema = view_schema,
	};
	return http_start(&cfg, p->db, gate, ALL_ROUTES, &p->http, reterr);
}

static void wait_for_stop(void)
{
	sigset_t set;
	int got = 0;

	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGINT);
	(void)sigaddset(&set, SIGTERM);
	while (sigwait(&set, &got) != 0)
		;
}

/* Before any thread starts, so that all inherit it: only wait_for_stop takes the signals. */
static void block_signals(void)
{
	sigset_t set;

	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGINT);
	(void)sigaddset(&set, SIGTERM);
	(void)pthread_sigmask(SIG_BLOCK, &set, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
}

struct workers {
	struct schedule *upkeep;
	struct ticker *counter, *feeder, *matcher, *postman, *importer, *packer;
	struct mailer mailer;
};

static enum status start_workers(struct plein *p, const struct settings *s, struct workers *w,
                                 struct error *reterr)
{
	const struct schedule_config upkeep = upkeep_of(p);
	const struct ticker_config counter = counter_of(p);
	const struct ticker_config feeder = feeder_of(p), matcher = matcher_of(p),
				   importer = importer_of(p), packer = packer_of(p),
				   postman = postman_of(&w->mailer);
	enum status st = schedule_start(&upkeep, &w->upkeep, reterr);

	if (st == OK)
		st = ticker_start(&counter, &w->counter, reterr);
	if (st == OK)
		st = ticker_start(&feeder, &w->feeder, reterr);
	if (st == OK)
		st = ticker_start(&matcher, &w->matcher, reterr);
	if (st == OK)
		st = ticker_start(&importer, &w->importer, reterr);
	if (st == OK)
		st = ticker_start(&packer, &w->packer, reterr);
	if (st == OK)
		st = mailer_read(s, p, &w->mailer, reterr);
	if (st == OK && w->mailer.how.server.url != NULL)
		st = ticker_start(&postman, &w->postman, reterr);
	return st;
}

static void stop_workers(struct workers *w)
{
	ticker_stop(w->postman);
	ticker_stop(w->packer);
	ticker_stop(w->importer);
	ticker_stop(w->matcher);
	ticker_stop(w->feeder);
	ticker_stop(w->counter);
	schedule_stop(w->upkeep);
}

/* With what was counted this hour before the start. */
static enum status start_counting(struct plein *p, const struct settings *s, struct arena *a,
                                  struct error *reterr)
{
	const struct budget_limits limits = {
		.alarm = { [BUDGET_READ] = setting_int(s, SET_BUDGET_READ_ALARM),
		           [BUDGET_SEARCH] = setting_int(s, SET_BUDGET_SEARCH_ALARM),
		           [BUDGET_EXPORT] = setting_int(s, SET_BUDGET_EXPORT_ALARM) },
		.stop = { [BUDGET_READ] = setting_int(s, SET_BUDGET_READ_STOP),
		          [BUDGET_SEARCH] = setting_int(s, SET_BUDGET_SEARCH_STOP),
		          [BUDGET_EXPORT] = setting_int(s, SET_BUDGET_EXPORT_STOP) },
	};
	bool more = false;

	p->budgets = budgets_open(a, &limits);
	return budgets_settle(p->budgets, p->db, clock_now_ms(p->clock), &more, reterr);
}

/* What was counted in the last seconds; a failure loses those and no more. */
static void stop_counting(struct plein *p)
{
	struct error ignored = { 0 };
	bool more = p->budgets != NULL;

	while (more)
		if (budgets_settle(p->budgets, p->db, clock_now_ms(p->clock), &more, &ignored) !=
		    OK)
			break;
	budgets_close(p->budgets);
}

static enum status serve(const struct settings *s, struct arena *a, struct error *reterr)
{
	struct plein *p = NULL;
	struct control *control = NULL;
	struct workers workers = { 0 };
	struct gate gate;

	memory_keep();
	block_signals();
	enum status st = process_protect(reterr);
	if (st == OK)
		st = plein_open(&(struct opening){ .settings = s, .passwords = true }, a, &p,
		                reterr);
	if (st == OK)
		st = rooms_prepare(p->db, a, reterr);
	if (st == OK)
		st = audit_log_start(p->log, reterr);
	if (st == OK)
		p->live = live_new();
	if (st == OK)
		st = start_counting(p, s, a, reterr);
	if (st == OK)
		st = start_http(p, s, a, &gate, reterr);
	if (st == OK)
		st = control_start(p, setting_text(s, SET_DATA), a, &control, reterr);
	if (st == OK)
		st = start_workers(p, s, &workers, reterr);
	if (st == OK) {
		(void)printf("Plein luistert op %s, poort %d. Stop met Ctrl-C.\n",
		             setting_text(s, SET_ADDRESS), http_port(p->http));
		(void)fflush(stdout);
		wait_for_stop();
	}
	control_stop(control);
	stop_workers(&workers);
	/* What hangs still uses all that is below: the process ends around it. What was changed is kept. */
	if (p != NULL && !http_stop(p->http))
		return st;
	if (p != NULL)
		stop_counting(p);
	if (p != NULL)
		live_free(p->live);
	plein_close(p);
	return st;
}

int cli_serve(int argc, char **argv)
{
	return cli_with_settings(argc, argv, HELP, 0, serve);
}
