#include "platform/mail/smtp.h"

#include <curl/curl.h>
#include <pthread.h>
#include <string.h>

#include "platform/core/calendar.h"
#include "platform/core/out.h"

static pthread_once_t started = PTHREAD_ONCE_INIT;

static void start(void)
{
	(void)curl_global_init(CURL_GLOBAL_DEFAULT);
}

/* Nothing that could begin a header line of its own, or a second command. */
static bool one_line(const char *text)
{
	for (const unsigned char *p = (const unsigned char *)text; *p != '\0'; p++)
		if (*p < ' ' || *p == 0x7f)
			return false;
	return true;
}

static bool is_address(const char *text)
{
	const char *at = strchr(text, '@');

	return at != NULL && at != text && at[1] != '\0' && one_line(text) &&
	       strpbrk(text, " <>,;\"\\()") == NULL;
}

static void date_header(struct out *o, int64_t now_ms)
{
	static const char *const DAYS[] = { "", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	static const char *const MONTHS[] = { "",    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
		                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	const struct local_time t = local_from_ms(now_ms);
	const struct civil c = civil_from_day(t.day);

	out_fmt(o, "Date: %s, %d %s %d %02d:%02d:%02d +%02d00\r\n", DAYS[weekday_of(t.day)], c.day,
	        MONTHS[c.month], c.year, t.hour, t.minute, t.second, t.offset_minutes / 60);
}

static void body(struct out *o, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '\n')
			OUT_LIT(o, "\r\n");
		else
			out_raw(o, text, 1);
	}
}

static void compose(struct out *o, const struct smtp_server *server, const struct smtp_message *m)
{
	const char *domain = strchr(server->from, '@');

	date_header(o, m->now_ms);
	out_fmt(o, "From: Plein <%s>\r\nTo: <%s>\r\nSubject: %s\r\n", server->from, m->to,
	        m->subject);
	out_fmt(o, "Message-ID: <%s%s>\r\n", m->id, domain);
	OUT_LIT(o, "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
	           "Content-Transfer-Encoding: 8bit\r\nAuto-Submitted: auto-generated\r\n\r\n");
	body(o, m->text);
}

struct source {
	const struct out *message;
	size_t at;
};

static size_t read_source(char *to, size_t size, size_t count, void *context)
{
	struct source *s = context;
	const size_t left = s->message->len - s->at, room = size * count;
	const size_t part = left < room ? left : room;

	memcpy(to, s->message->data + s->at, part);
	s->at += part;
	return part;
}

static bool is_here(const char *url)
{
	static const char *const HERE[] = { "smtp://127.0.0.1", "smtp://localhost",
		                            "smtp://[::1]" };

	for (size_t i = 0; i < sizeof HERE / sizeof HERE[0]; i++) {
		const size_t len = strlen(HERE[i]);
		if (strncmp(url, HERE[i], len) == 0 && strchr(":/", url[len]) != NULL)
			return true;
	}
	return false;
}

static CURLcode set_up(CURL *c, const struct smtp_server *server, struct curl_slist *to,
                       struct source *source)
{
	const long tls = is_here(server->url) ? CURLUSESSL_TRY : CURLUSESSL_ALL;
	const struct {
		CURLoption option;
		const char *text;
	} TEXTS[] = {
		{ CURLOPT_URL, server->url },
		{ CURLOPT_PROTOCOLS_STR, "smtp,smtps" },
		{ CURLOPT_MAIL_FROM, server->from },
		{ CURLOPT_USERNAME, server->user },
		{ CURLOPT_PASSWORD, server->user != NULL ? server->password : NULL },
	};
	CURLcode code = CURLE_OK;

	for (size_t i = 0; code == CURLE_OK && i < sizeof TEXTS / sizeof TEXTS[0]; i++)
		if (TEXTS[i].text != NULL)
			code = curl_easy_setopt(c, TEXTS[i].option, TEXTS[i].text);
	if (code == CURLE_OK)
		code = curl_easy_setopt(c, CURLOPT_MAIL_RCPT, to);
	if (code == CURLE_OK)
		code = curl_easy_setopt(c, CURLOPT_USE_SSL, tls);
	if (code == CURLE_OK)
		code = curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)SMTP_SECONDS);
	if (code == CURLE_OK)
		code = curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	if (code == CURLE_OK)
		code = curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
	if (code == CURLE_OK)
		code = curl_easy_setopt(c, CURLOPT_READFUNCTION, read_source);
	return code == CURLE_OK ? curl_easy_setopt(c, CURLOPT_READDATA, source) : code;
}

static enum status perform(const struct smtp_server *server, struct curl_slist *to,
                           struct source *source, struct error *reterr)
{
	CURL *c = curl_easy_init();
	long answer = 0;

	if (c == NULL)
		return FAIL_INTERNAL(reterr);
	CURLcode code = set_up(c, server, to, source);
	if (code == CURLE_OK)
		code = curl_easy_perform(c);
	(void)curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &answer);
	curl_easy_cleanup(c);
	if (code == CURLE_OK)
		return OK;
	return FAIL(reterr, ERR_UNAVAILABLE, "De mailserver nam het bericht niet aan: %s (%ld).",
	            curl_easy_strerror(code), answer);
}

enum status smtp_send(const struct smtp_server *server, const struct smtp_message *m,
                      struct error *reterr)
{
	struct out message;
	struct source source = { .message = &message };

	if (!is_address(m->to) || !is_address(server->from) || !one_line(m->subject) ||
	    !one_line(m->id))
		return FAIL(reterr, ERR_INVALID, "Dit mailadres of onderwerp kan niet.");
	(void)pthread_once(&started, start);
	struct curl_slist *to = curl_slist_append(NULL, m->to);
	if (to == NULL)
		return FAIL_INTERNAL(reterr);
	out_init(&message, SMTP_TEXT_MAX * 2);
	compose(&message, server, m);
	enum status st = out_end(&message, reterr);
	if (st == OK)
		st = perform(server, to, &source, reterr);
	curl_slist_free_all(to);
	out_free(&message);
	return st;
}
