/*
 * naughty.h - texts that break programs: each must come back exactly as typed, escaped
 *
 * All are valid UTF-8 without NUL, as input.h promises of what reaches a record.
 */
#ifndef TESTS_WORLD_NAUGHTY_H
#define TESTS_WORLD_NAUGHTY_H

#include <stddef.h>

static const char *const NAUGHTY[] = {
	"",
	" ",
	"\t\n\r ",
	"null",
	"NULL",
	"undefined",
	"true",
	"0",
	"-1",
	"1e309",
	"NaN",
	"0x7fffffff",
	"9223372036854775808",
	"1.234,56",
	"001",
	"' OR '1'='1",
	"'; DROP TABLE signal; --",
	"$1",
	"%s%s%s%n",
	"%00",
	"\\",
	"\\u0000",
	"\\\"",
	"\"",
	"'",
	"''",
	"<",
	">",
	"&",
	"&amp;",
	"&lt;script&gt;",
	"&#60;",
	"<script>alert(1)</script>",
	"</script><script>alert(1)</script>",
	"<!--",
	"-->",
	"]]>",
	"<![CDATA[",
	"<img src=x onerror=alert(1)>",
	"\"><svg onload=alert(1)>",
	"'><svg onload=alert(1)>",
	"\" onmouseover=\"alert(1)",
	"' onmouseover='alert(1)",
	"</textarea><script>alert(1)</script>",
	"</title><script>alert(1)</script>",
	"</select><option selected>",
	"javascript:alert(1)",
	"data:text/html,<script>alert(1)</script>",
	"{{title}}",
	"{{{title}}}",
	"{{#title}}",
	"{{> frame/top}}",
	"{{=<% %>=}}",
	"=1+1",
	"=cmd|' /C calc'!A0",
	"+31612345678",
	"-2",
	"@SUM(A1:A9)",
	"\t=1+1",
	"a;b;c",
	"a,b",
	"regel een\nregel twee",
	"regel een\r\nregel twee",
	"\xEF\xBB\xBF"
	"bom",
	"\xC2\xA0"
	"vaste spatie",
	"\xE2\x80\xAE"
	"omgekeerd",
	"\xE2\x80\x8B",
	"\xE2\x80\xA8"
	"regelscheiding",
	"Ren\xC3\xA9"
	"e van den \xC4\xB2"
	"ssel",
	"e\xCC\x81\xCC\x81\xCC\x81\xCC\x81"
	"x",
	"\xC3\x98rsted \xC5\xBD"
	"i\xC5\xBE"
	"ek \xC4\xB0"
	"stanbul \xC4\xB1",
	"\xD0\x9F\xD0\xBB\xD0\xB5\xD0\xB9\xD0\xBD",
	"\xD8\xB3\xD8\xA7\xD8\xAD\xD8\xA9",
	"\xE5\xBA\x83\xE5\xA0\xB4",
	"\xF0\x9F\x8F\xB3\xEF\xB8\x8F\xE2\x80\x8D\xF0\x9F\x8C\x88",
	"\xF4\x8F\xBF\xBF",
	"\x01\x02\x1B\x7F",
	"../../../etc/passwd",
	"/dev/null",
	"C:\\CON",
	"http://user:pass@localhost/",
	"subjects[2].familyName",
	"_csrf=1&_once=2",
	"Scunthorpe",
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	"aaaaaaaaaa",
};

enum { NAUGHTY_COUNT = sizeof(NAUGHTY) / sizeof(NAUGHTY[0]) };

#endif
