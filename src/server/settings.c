#include "server/settings.h"

#include <ctype.h>
#include <errno.h>

enum { LINE_MAX_BYTES = 4096, VALUE_INT_MAX = 100000 };

enum setting_kind { KIND_TEXT, KIND_INT, KIND_CONTACT };

struct setting {
	const char *name;
	enum setting_kind kind;
	const char *standard;
	const char *help; /* Dutch: who reads it keeps a server running */
	bool secret;      /* not printed: may hold a password */
	int64_t min, max;
};

static const struct setting TABLE[] = {
	[SET_DATA] = { .name = "data",
	               .standard = "data",
	               .help = "map met alles van deze installatie" },
	[SET_DATABASE] = { .name = "database",
	                   .standard = "sqlite",
	                   .secret = true,
	                   .help = "'sqlite', of de verbinding met PostgreSQL (libpq)" },
	[SET_DATABASE_OWNER] = { .name = "database-owner",
	                         .standard = "",
	                         .secret = true,
	                         .help = "PostgreSQL: verbinding van de eigenaar, alleen voor "
	                                 "migraties" },
	[SET_ADDRESS] = { .name = "address",
	                  .standard = "127.0.0.1",
	                  .help = "adres waarop Plein luistert" },
	[SET_PORT] = { .name = "port",
	               .kind = KIND_INT,
	               .standard = "8080",
	               .max = 65535,
	               .help = "poort; 0 kiest zelf een vrije" },
	[SET_WORKERS] = { .name = "workers",
	                  .kind = KIND_INT,
	                  .standard = "4",
	                  .min = 1,
	                  .max = 64,
	                  .help = "aantal werkers dat verzoeken afhandelt" },
	[SET_HTTP_THREADS] = { .name = "http-threads",
	                       .kind = KIND_INT,
	                       .standard = "2",
	                       .min = 1,
	                       .max = 32,
	                       .help = "aantal draden dat verzoeken leest" },
	[SET_QUEUE] = { .name = "queue",
	                .kind = KIND_INT,
	                .standard = "256",
	                .min = 1,
	                .max = 10000,
	                .help = "verzoeken die mogen wachten; daarna volgt 503" },
	[SET_TLS_CERTIFICATE] = { .name = "tls-certificate",
	                          .standard = "",
	                          .help = "bestand met het certificaat; leeg: geen TLS" },
	[SET_TLS_KEY] = { .name = "tls-key",
	                  .standard = "",
	                  .help = "bestand met de sleutel van het certificaat" },
	[SET_PUBLIC_ORIGIN] = { .name = "public-origin",
	                        .standard = "",
	                        .help = "adres dat gebruikers typen, bijvoorbeeld "
	                                "https://plein.example" },
	[SET_TRUSTED_PROXIES] = { .name = "trusted-proxies",
	                          .standard = "",
	                          .help = "adressen van proxy's, met komma's; alleen daarvan "
	                                  "tellen X-Forwarded-*" },
	[SET_ACCESS_LOG] = { .name = "access-log",
	                     .standard = "",
	                     .help = "bestand voor het toegangslog (JSON per regel), '-' is "
	                             "standaarduitvoer, leeg: geen" },
	[SET_KEY_EXPORT] = { .name = "key-export",
	                     .standard = "",
	                     .help =
	                         "bestand met de levende sleutels, bij elke wisseling "
	                         "vernieuwd; zet het bij de reservekopieën. Leeg: keys.export in "
	                         "de datamap" },
	[SET_SECURITY_CONTACT] = { .name = "security-contact",
	                           .kind = KIND_CONTACT,
	                           .standard = "",
	                           .help = "waar iemand een zwakke plek meldt: mailto:, tel: of "
	                                   "https://; staat in /.well-known/security.txt. Leeg: "
	                                   "die pagina is er niet" },
	[SET_CLAMD] = { .name = "clamd",
	                .standard = "",
	                .help = "socket van clamd voor de viruscontrole van bijlagen, als pad of "
	                        "adres:poort; leeg: geen controle" },
	[SET_SMTP_URL] = { .name = "smtp-url",
	                   .standard = "",
	                   .help = "mailserver, bijvoorbeeld smtps://mail.example:465 of "
	                           "smtp://mail.example:587 (met STARTTLS); leeg: geen mail" },
	[SET_SMTP_USER] = { .name = "smtp-user",
	                    .standard = "",
	                    .help = "naam om bij de mailserver in te loggen; leeg: zonder" },
	[SET_SMTP_PASSWORD] = { .name = "smtp-password",
	                        .standard = "",
	                        .secret = true,
	                        .help = "wachtwoord bij de mailserver" },
	[SET_SMTP_FROM] = { .name = "smtp-from",
	                    .standard = "",
	                    .help = "afzender van de mail, bijvoorbeeld plein@riec.example" },
	[SET_BUDGET_READ_ALARM] = { .name = "budget-read-alarm",
	                            .kind = KIND_INT,
	                            .standard = "400",
	                            .max = VALUE_INT_MAX,
	                            .help = "zo vaak mag een persoon per uur iets openen; daarna "
	                                    "krijgt de autorisatiebeheerder een taak; 0: geen "
	                                    "grens" },
	[SET_BUDGET_READ_STOP] = { .name = "budget-read-stop",
	                           .kind = KIND_INT,
	                           .standard = "1200",
	                           .max = VALUE_INT_MAX,
	                           .help =
	                               "zo vaak mag een persoon per uur ten hoogste iets openen; "
	                               "daarna wacht hij tot het volgende uur; 0: geen "
	                               "grens" },
	[SET_BUDGET_SEARCH_ALARM] = { .name = "budget-search-alarm",
	                              .kind = KIND_INT,
	                              .standard = "150",
	                              .max = VALUE_INT_MAX,
	                              .help = "zo vaak mag een persoon per uur zoeken; daarna "
	                                      "krijgt de autorisatiebeheerder een taak; 0: geen "
	                                      "grens" },
	[SET_BUDGET_SEARCH_STOP] = { .name = "budget-search-stop",
	                             .kind = KIND_INT,
	                             .standard = "400",
	                             .max = VALUE_INT_MAX,
	                             .help = "zo vaak mag een persoon per uur ten hoogste zoeken; "
	                                     "daarna wacht hij tot het volgende uur; 0: geen "
	                                     "grens" },
	[SET_BUDGET_EXPORT_ALARM] = { .name = "budget-export-alarm",
	                              .kind = KIND_INT,
	                              .standard = "40",
	                              .max = VALUE_INT_MAX,
	                              .help = "zo vaak mag een persoon per uur iets meenemen (csv, "
	                                      "afdruk, kopie); daarna "
	                                      "krijgt de autorisatiebeheerder een taak; 0: geen "
	                                      "grens" },
	[SET_BUDGET_EXPORT_STOP] = { .name = "budget-export-stop",
	                             .kind = KIND_INT,
	                             .standard = "100",
	                             .max = VALUE_INT_MAX,
	                             .help = "zo vaak mag een persoon per uur ten hoogste iets "
	                                     "meenemen (csv, afdruk, kopie); "
	                                     "daarna wacht hij tot het volgende uur; 0: geen "
	                                     "grens" },
};
_Static_assert(sizeof TABLE / sizeof TABLE[0] == SETTING_COUNT, "every setting has a row");

static int setting_named(const char *name, size_t len)
{
	for (int i = 0; i < SETTING_COUNT; i++)
		if (strlen(TABLE[i].name) == len && strncmp(TABLE[i].name, name, len) == 0)
			return i;
	return -1;
}

static enum status check_number(const struct setting *row, const char *value, struct error *reterr)
{
	char *end = NULL;

	errno = 0;
	long number = strtol(value, &end, 10);
	if (errno != 0 || end == value || *end != '\0' || number < row->min || number > row->max)
		return FAIL(reterr, ERR_INVALID,
		            "De instelling '%s' moet een getal zijn van %d tot en met %d.",
		            row->name, (int)row->min, (int)row->max);
	return OK;
}

/* It becomes a line of a public page: a URI of visible ASCII, or nothing. */
static enum status check_contact(const struct setting *row, const char *value, struct error *reterr)
{
	static const char *const WAYS[] = { "mailto:", "tel:", "https://" };
	bool known = *value == '\0';

	for (size_t i = 0; i < sizeof WAYS / sizeof WAYS[0]; i++)
		known = known || strncmp(value, WAYS[i], strlen(WAYS[i])) == 0;
	for (const char *c = value; *c != '\0'; c++)
		known = known && isgraph((unsigned char)*c);
	if (!known)
		return FAIL(reterr, ERR_INVALID,
		            "De instelling '%s' begint met mailto:, tel: of https:// en heeft "
		            "geen spaties, bijvoorbeeld mailto:veiligheid@riec.example.",
		            row->name);
	return OK;
}

static enum status check(const struct setting *row, const char *value, struct error *reterr)
{
	switch (row->kind) {
	case KIND_INT:
		return check_number(row, value, reterr);
	case KIND_CONTACT:
		return check_contact(row, value, reterr);
	case KIND_TEXT:
		break;
	}
	return OK;
}

static enum status take(struct settings *s, struct arena *a, int id, const char *value,
                        enum setting_origin origin, struct error *reterr)
{
	enum status st = check(&TABLE[id], value, reterr);

	if (st != OK)
		return st;
	s->values[id] = arena_strdup(a, value);
	s->origins[id] = origin;
	return OK;
}

static char *trim(char *text)
{
	while (isspace((unsigned char)*text))
		text++;
	size_t len = strlen(text);
	while (len > 0 && isspace((unsigned char)text[len - 1]))
		text[--len] = '\0';
	return text;
}

static enum status take_line(struct settings *s, struct arena *a, const char *path, int number,
                             char *line, struct error *reterr)
{
	char *text = trim(line);
	if (*text == '\0' || *text == '#')
		return OK;
	char *equals = strchr(text, '=');
	if (equals == NULL)
		return FAIL(reterr, ERR_INVALID, "%s, regel %d: schrijf 'naam = waarde'.", path,
		            number);
	*equals = '\0';
	const char *name = trim(text);
	int id = setting_named(name, strlen(name));
	if (id < 0)
		return FAIL(reterr, ERR_INVALID, "%s, regel %d: de instelling '%s' bestaat niet.",
		            path, number, name);
	return take(s, a, id, trim(equals + 1), FROM_FILE, reterr);
}

static void close_file(FILE **f)
{
	if (*f != NULL)
		(void)fclose(*f);
}

/* The next line, NUL instead of its end. *ret_end: there was none. */
static enum status next_line(FILE *f, const char *path, int number, char line[LINE_MAX_BYTES],
                             bool *ret_end, struct error *reterr)
{
	size_t len = 0;
	int c;

	while ((c = getc(f)) != EOF && c != '\n') {
		if (c == '\0')
			return FAIL(reterr, ERR_INVALID,
			            "%s, regel %d: hier staan tekens die geen tekst zijn.", path,
			            number);
		if (len + 1 == LINE_MAX_BYTES)
			return FAIL(reterr, ERR_INVALID,
			            "%s, regel %d: deze regel is te lang (meer dan %d tekens).",
			            path, number, LINE_MAX_BYTES - 1);
		line[len++] = (char)c;
	}
	line[len] = '\0';
	*ret_end = c == EOF && len == 0;
	return OK;
}

enum status settings_read_lines(struct settings *s, struct arena *a, const char *path, FILE *f,
                                struct error *reterr)
{
	char line[LINE_MAX_BYTES] = "";
	bool end = false;

	for (int number = 1; !end; number++) {
		enum status st = next_line(f, path, number, line, &end, reterr);
		if (st == OK && !end)
			st = take_line(s, a, path, number, line, reterr);
		if (st != OK)
			return st;
	}
	return OK;
}

static enum status read_file(struct settings *s, struct arena *a, const char *path, bool must_exist,
                             struct error *reterr)
{
	AUTO(close_file) FILE *f = fopen(path, "re");

	if (f == NULL && (must_exist || errno != ENOENT))
		return FAIL(reterr, ERR_INVALID, "Het bestand %s kan niet worden gelezen.", path);
	return f != NULL ? settings_read_lines(s, a, path, f, reterr) : OK;
}

static enum status read_environment(struct settings *s, struct arena *a, struct error *reterr)
{
	for (int id = 0; id < SETTING_COUNT; id++) {
		char *name = arena_printf(a, "PLEIN_%s", TABLE[id].name);
		for (char *p = name; *p != '\0'; p++)
			*p = *p == '-' ? '_' : (char)toupper((unsigned char)*p);
		/* settings are what the environment is for; read once, before any thread */
		const char *value = secure_getenv(name);
		if (value == NULL)
			continue;
		enum status st = take(s, a, id, value, FROM_ENVIRONMENT, reterr);
		if (st != OK)
			return st;
	}
	return OK;
}

struct flags {
	int argc;
	char **argv;
	char **rest;
	int rest_count;
	const char *config;
};

/* --name value, --name=value; `value` is NULL when the flag isn't a setting's. */
static enum status read_flag(struct flags *f, int *at, struct settings *s, struct arena *a,
                             struct error *reterr)
{
	const char *arg = f->argv[*at];
	if (strncmp(arg, "--", 2) != 0) {
		f->rest[f->rest_count++] = f->argv[*at];
		return OK;
	}
	const char *name = arg + 2;
	const char *equals = strchr(name, '=');
	size_t len = equals != NULL ? (size_t)(equals - name) : strlen(name);
	bool config = len == 6 && strncmp(name, "config", len) == 0;
	int id = setting_named(name, len);
	if (id < 0 && !config) {
		f->rest[f->rest_count++] = f->argv[*at];
		return OK;
	}
	if (equals == NULL && *at + 1 >= f->argc)
		return FAIL(reterr, ERR_INVALID, "Achter %s hoort een waarde.", arg);
	const char *value = equals != NULL ? equals + 1 : f->argv[++*at];
	if (config) {
		f->config = value;
		return OK;
	}
	return s != NULL ? take(s, a, id, value, FROM_FLAG, reterr) : OK;
}

static enum status read_flags(struct flags *f, struct settings *s, struct arena *a,
                              struct error *reterr)
{
	f->rest_count = 0;
	for (int i = 0; i < f->argc; i++) {
		enum status st = read_flag(f, &i, s, a, reterr);
		if (st != OK)
			return st;
	}
	return OK;
}

void settings_standard(struct settings *ret)
{
	for (int id = 0; id < SETTING_COUNT; id++)
		ret->values[id] = TABLE[id].standard, ret->origins[id] = FROM_DEFAULT;
}

const char *setting_name(enum setting_id id)
{
	return TABLE[id].name;
}

enum status settings_read(int argc, char **argv, struct arena *a, struct settings *ret,
                          char ***ret_rest, int *ret_rest_count, struct error *reterr)
{
	struct flags f = { .argc = argc,
		           .argv = argv,
		           .rest = ARENA_ARRAY(a, char *, (size_t)argc + 1) };
	struct settings early = { 0 };

	settings_standard(ret);
	early = *ret;
	/* where the file lies depends on --config and --data: look at the flags first */
	enum status st = read_environment(&early, a, reterr);
	if (st == OK)
		st = read_flags(&f, &early, a, reterr);
	if (st == OK)
		st = read_file(ret, a,
		               f.config != NULL
		                   ? f.config
		                   : arena_printf(a, "%s/plein.conf", early.values[SET_DATA]),
		               f.config != NULL, reterr);
	if (st == OK)
		st = read_environment(ret, a, reterr);
	if (st == OK)
		st = read_flags(&f, ret, a, reterr);
	*ret_rest = f.rest;
	*ret_rest_count = f.rest_count;
	return st;
}

const char *setting_text(const struct settings *s, enum setting_id id)
{
	return s->values[id];
}

const char *setting_or_null(const struct settings *s, enum setting_id id)
{
	return s->values[id][0] != '\0' ? s->values[id] : NULL;
}

int64_t setting_int(const struct settings *s, enum setting_id id)
{
	return strtol(s->values[id], NULL, 10);
}

void settings_print(const struct settings *s, struct out *o)
{
	static const char *const ORIGINS[] = { "standaard", "bestand", "omgeving", "opdracht" };

	for (int id = 0; id < SETTING_COUNT; id++) {
		const struct setting *row = &TABLE[id];
		bool hide = row->secret && s->origins[id] != FROM_DEFAULT &&
		            strcmp(s->values[id], "sqlite") != 0;
		out_fmt(o, "%-19s = %-24s (%s)\n    %s\n", row->name,
		        hide ? "(ingevuld, niet getoond)" : s->values[id], ORIGINS[s->origins[id]],
		        row->help);
	}
}
