#include "matching/organisations.h"

#include <stdbool.h>
#include <string.h>

static const char *const LEGAL_FORMS[] = {
	"bv",
	"b v",
	"nv",
	"n v",
	"vof",
	"v o f",
	"cv",
	"c v",
	"bvba",
	"gmbh",
	"ag",
	"ltd",
	"limited",
	"llc",
	"inc",
	"sa",
	"sarl",
	"srl",
	"stichting",
	"st",
	"vereniging",
	"cooperatie",
	"ua",
	"u a",
	"eenmanszaak",
	"maatschap",
	"mts",
	"holding",
	"beheer",
	"i o",
	"in oprichting",
	"h o d n",
	"hodn",
	"t h o d n",
	"thodn",
	"firma",
	"fa",
	"ei",
	"sp z o o",
	"as",
	"ab",
	"oy",
	"plc",
	"kg",
	"ohg",
	"ev",
	"de",
	"het",
};

/* The bytes of the longest legal form that starts a word at text and ends one; 0: none. */
static int legal_form_at(const char *text, int left)
{
	int best = 0;

	for (size_t i = 0; i < sizeof(LEGAL_FORMS) / sizeof(LEGAL_FORMS[0]); i++) {
		int n = (int)strlen(LEGAL_FORMS[i]);
		if (n > best && n <= left && memcmp(text, LEGAL_FORMS[i], (size_t)n) == 0 &&
		    (n == left || text[n] == ' '))
			best = n;
	}
	return best;
}

int organisation_strip(char *folded, int bytes)
{
	char kept[256];
	int length = 0, at = 0;

	while (at < bytes && bytes < (int)sizeof(kept)) {
		int form = legal_form_at(folded + at, bytes - at);
		if (form > 0) {
			at += form + 1;
			continue;
		}
		if (length > 0)
			kept[length++] = ' ';
		while (at < bytes && folded[at] != ' ')
			kept[length++] = folded[at++];
		at++;
	}
	if (length == 0)
		return bytes;
	memcpy(folded, kept, (size_t)length);
	folded[length] = '\0';
	return length;
}
