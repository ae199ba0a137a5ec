#include "demo/crowd.h"

#include <assert.h>
#include <string.h>

#include "platform/crypto/crypto.h"

/* ---- everything random comes from the seed, a purpose and a name --------------------------------
 */

static struct digest drawn(uint64_t seed, const char *purpose, const char *name)
{
	const struct span parts[] = { SPAN_OF(seed), SPAN_TEXT(purpose), SPAN("", 1),
		                      SPAN_TEXT(name) };
	return sha256_parts(parts, sizeof parts / sizeof parts[0]);
}

static struct uuid uuid_of(uint64_t seed, const char *purpose, const char *name)
{
	const struct digest digest = drawn(seed, purpose, name);
	struct uuid uuid;

	memcpy(uuid.bytes, digest.bytes, sizeof uuid.bytes);
	uuid.bytes[6] = (uint8_t)((uuid.bytes[6] & 0x0f) | 0x40); /* version 4 */
	uuid.bytes[8] = (uint8_t)((uuid.bytes[8] & 0x3f) | 0x80);
	return uuid;
}

struct totp_secret crowd_secret(uint64_t seed, const char *email)
{
	const struct digest digest = drawn(seed, "totp", email);
	struct totp_secret secret;

	memcpy(secret.bytes, digest.bytes, sizeof secret.bytes);
	return secret;
}

static uint32_t number_of(uint64_t seed, const char *purpose, const char *name)
{
	const struct digest digest = drawn(seed, purpose, name);
	uint32_t number;

	memcpy(&number, digest.bytes, sizeof number);
	return number;
}

/* ---- names
 * ---------------------------------------------------------------------------------------- */

static const char *const FIRST_NAMES[] = {
	"Ada",     "Akin",    "Anouk",  "Arno",  "Aysel",  "Bart",  "Bea",   "Berend", "Carmen",
	"Cas",     "Dagny",   "Deniz",  "Dirk",  "Elif",   "Emma",  "Eva",   "Faas",   "Femke",
	"Finn",    "Gea",     "Gerrit", "Hamza", "Heleen", "Ids",   "Ilse",  "Jara",   "Jasper",
	"Jitske",  "Jorn",    "Kaat",   "Karim", "Kim",    "Lars",  "Leyla", "Lies",   "Luuk",
	"Maaike",  "Marloes", "Mats",   "Merel", "Mila",   "Naima", "Niek",  "Oscar",  "Paula",
	"Quinten", "Rachid",  "Rosa",   "Sjaak", "Stella", "Sven",  "Tara",  "Teun",   "Timo",
	"Vera",    "Wessel",  "Yasmin", "Yme",   "Zeynep", "Zoë"
};
static const char *const SURNAME_STARTS[] = { "Wester", "Ooster", "Brand",  "Klaver", "Lang",
	                                      "Meer",   "Veld",   "Linden", "Zand",   "Hooi",
	                                      "Water",  "Kruis",  "Berk",   "Steen",  "Riet",
	                                      "Molen",  "Dijk",   "Haver",  "Ganze",  "Eiken" };
static const char *const SURNAME_ENDS[] = { "kampen", "horn",  "boer",   "maat",   "hage",
	                                    "laar",   "stra",  "sema",   "wijck",  "goed",
	                                    "hof",    "borgh", "kerken", "linge",  "mans",
	                                    "sloot",  "vaart", "brink",  "schoor", "terp" };

#define COUNT(t) (sizeof(t) / sizeof((t)[0]))
enum { NAME_STRIDE = 7919 /* prime: walks through all names before one comes back */ };

static void lower_ascii(char *text)
{
	for (char *c = text; *c != '\0'; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
}

/* Without spaces and in lower case, as addresses are. */
static const char *address_part(const char *name, struct arena *a)
{
	char *part = arena_strdup(a, name);
	char *to = part;

	for (const char *from = name; *from != '\0'; from++)
		if (*from != ' ')
			*to++ = *from;
	*to = '\0';
	lower_ascii(part);
	return part;
}

static size_t participant_index(const char *code)
{
	size_t count;
	const struct deltaland_participant *all = deltaland_participants(&count);
	size_t i = 0;

	while (i < count && strcmp(all[i].code, code) != 0)
		i++;
	assert(i < count);
	return i;
}

const char *cast_email(const struct cast_person *person, struct arena *a)
{
	size_t count;
	const struct deltaland_participant *all = deltaland_participants(&count);
	char *first = arena_strndup(a, person->first_name, 1);

	lower_ascii(first);
	return arena_printf(a, "%s.%s@%s", first, address_part(person->surname, a),
	                    all[participant_index(person->participant)].domain);
}

/* ---- the others
 * ------------------------------------------------------------------------------------ */

/* The first of a municipality are those that none can do without; then by chance, in hundredths. */
struct chance {
	uint32_t below;
	struct cast_role role;
};
static const struct cast_role MUNICIPAL_FIRST[] = {
	{ ROLE_AUTHORISATION_MANAGER, 'i', NULL },
	{ ROLE_MAYOR_READER, 'h', NULL },
	{ ROLE_SUBMITTER, 'i', NULL }, /* and speaks for it in the informatie-overleg */
	{ ROLE_MUNICIPAL_CONTACT, 'i', NULL },
};
enum { MUNICIPAL_SPEAKER = 2 };
static const struct chance MUNICIPAL[] = {
	{ 60, { ROLE_SUBMITTER, 'i', NULL } },      { 75, { ROLE_SUBMITTER, 'h', NULL } },
	{ 85, { ROLE_PARTNER_DESK, 'i', NULL } },   { 95, { ROLE_EXECUTOR, 'i', NULL } },
	{ 100, { ROLE_WORKING_GROUP, 'i', NULL } },
};
static const struct chance PARTNER[] = {
	{ 45, { ROLE_PARTNER_DESK, 0, NULL } },
	{ 70, { ROLE_SUBMITTER, 0, NULL } },
	{ 85, { ROLE_EXECUTOR, 0, NULL } },
	{ 100, { ROLE_WORKING_GROUP, 0, NULL } },
};

static struct cast_role role_by_chance(bool municipal, size_t nth, uint32_t draw)
{
	if (municipal && nth < COUNT(MUNICIPAL_FIRST))
		return MUNICIPAL_FIRST[nth];
	const struct chance *row = municipal ? MUNICIPAL : PARTNER;
	while (draw % 100 >= row->below)
		row++;
	return row->role;
}

static struct crowd_person other(uint64_t seed, size_t participant, size_t nth, struct arena *a)
{
	size_t count;
	const struct deltaland_participant *from = &deltaland_participants(&count)[participant];
	const size_t names = COUNT(FIRST_NAMES) * COUNT(SURNAME_STARTS) * COUNT(SURNAME_ENDS);
	size_t pick = (number_of(seed, "names", from->code) % names + nth * NAME_STRIDE) % names;

	const char *first = FIRST_NAMES[pick % COUNT(FIRST_NAMES)];
	pick /= COUNT(FIRST_NAMES);
	const char *surname = arena_printf(a, "%s%s", SURNAME_STARTS[pick % COUNT(SURNAME_STARTS)],
	                                   SURNAME_ENDS[pick / COUNT(SURNAME_STARTS)]);
	/* The address in ASCII: the one name that isn't, has two bytes at its end. */
	const char *ascii = strcmp(first, "Zoë") == 0 ? "Zoe" : first;
	const char *email = arena_printf(a, "%s.%s@%s", address_part(ascii, a),
	                                 address_part(surname, a), from->domain);
	const bool municipal = strncmp(from->code, "GM", 2) == 0;
	struct crowd_person ret = {
		.email = email,
		.full_name = arena_printf(a, "%s %s", first, surname),
		.surname = surname,
		.participant = participant,
		.roles = { role_by_chance(municipal, nth, number_of(seed, "role", email)) },
	};
	if (municipal && nth == MUNICIPAL_SPEAKER)
		ret.roles[1] = (struct cast_role){ ROLE_INFO_MEETING_MEMBER, 'i', NULL };
	return ret;
}

/* ---- together
 * -------------------------------------------------------------------------------------- */

static struct crowd_person of_cast(const struct cast_person *person, struct arena *a)
{
	struct crowd_person ret = {
		.email = cast_email(person, a),
		.full_name = arena_printf(a, "%s %s", person->first_name, person->surname),
		.surname = person->surname,
		.participant = participant_index(person->participant),
	};

	memcpy(ret.roles, person->roles, sizeof ret.roles);
	return ret;
}

static void number(uint64_t seed, struct crowd_person *person)
{
	static const char *const PURPOSES[CAST_ROLES_MAX] = { "role 1", "role 2", "role 3" };

	person->uuid = uuid_of(seed, "person", person->email);
	for (size_t i = 0; i < CAST_ROLES_MAX; i++)
		person->role_uuids[i] = uuid_of(seed, PURPOSES[i], person->email);
}

const struct crowd_person *crowd_new(uint64_t seed, size_t count, struct arena *a)
{
	size_t cast_count, participant_count;
	const struct cast_person *cast = deltaland_cast(&cast_count);
	struct crowd_person *crowd = ARENA_ARRAY(a, struct crowd_person, count);

	assert(count >= cast_count);
	(void)deltaland_participants(&participant_count);
	const size_t partners = participant_count - 1; /* the bureau is complete */
	for (size_t i = 0; i < count; i++) {
		const size_t nth = i - cast_count;
		crowd[i] = i < cast_count ? of_cast(&cast[i], a)
		                          : other(seed, 1 + nth % partners, nth / partners, a);
		number(seed, &crowd[i]);
	}
	return crowd;
}
