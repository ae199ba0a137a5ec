#include "attachments/attachment.h"

#include <string.h>

#include "attachments/media.h"
#include "law/categories.h"
#include "platform/crypto/crypto.h"

const struct code ATTACHMENT_KINDS[] = {
	{ 301, "INSPECTION_REPORT", "Controleverslag" },
	{ 302, "ENFORCEMENT_DECISION", "Handhavingsbesluit of voornemen" },
	{ 303, "COMPLAINT", "Melding of klacht" },
	{ 304, "PERMIT_APPLICATION", "Aanvraag voor vergunning of subsidie" },
	{ 305, "PERMIT_DECISION", "Besluit op een aanvraag" },
	{ 306, "REGISTER_EXTRACT", "Uittreksel handelsregister" },
	{ 307, "DEED", "Akte of kadastraal uittreksel" },
	{ 308, "LEASE", "Huur- of pachtcontract" },
	{ 309, "BANK_STATEMENT", "Rekeningafschrift" },
	{ 310, "WAGE_OR_BENEFIT", "Loonstrook of uitkeringsbesluit" },
	{ 311, "VEHICLE_REGISTER", "Uittreksel kentekenregister" },
	{ 312, "FLOOR_PLAN", "Plattegrond of tekening van een pand" },
	{ 313, "PLACE_PHOTO", "Foto van een pand of voorwerp, zonder mensen" },
	{ 314, "TAX_DOCUMENT", "Aanslag, aangifte of controlerapport" },
	{ 315, "WOZ_DECISION", "WOZ-beschikking" },
	{ 316, "POLICE_REPORT", "Proces-verbaal of mutatie" },
	{ 317, "JUDGMENT", "Vonnis of strafvorderlijk stuk" },
	{ 318, "INVESTIGATION_FILE", "Stuk uit een gericht onderzoek" },
	{ 319, "MIXED", "Stuk met van alles wat" },
	{ 330, "PERSON_PHOTO", "Foto van een persoon" },
	{ 331, "ID_COPY", "Kopie van paspoort of rijbewijs" },
	{ 332, "BIBOB_ADVICE", "Advies van het Landelijk Bureau Bibob" },
	{ 333, "MEDICAL", "Medisch stuk" },
	{ 334, "CARE_FILE", "Dossier van Wmo, jeugd, schuldhulp of leerplicht" },
	{ 0 },
};

const struct code ATTACHMENT_CATEGORIES[] = {
	{ CATEGORY_IDENT, "IDENT", "Wie iemand is: naam, adres, BSN" },
	{ CATEGORY_RESIDENCE_STATUS, "RESIDENCE_STATUS", "Verblijfsrecht" },
	{ CATEGORY_HOUSING, "HOUSING", "Wonen en inschrijving" },
	{ CATEGORY_VEHICLE, "VEHICLE", "Voertuigen" },
	{ CATEGORY_FINANCIAL, "FINANCIAL", "Bezit, huur, schulden" },
	{ CATEGORY_CADASTRAL, "CADASTRAL", "Kadaster, koop, gebruik van een pand" },
	{ CATEGORY_COMPANY, "COMPANY", "Bedrijven en bestuur" },
	{ CATEGORY_INCOME, "INCOME", "Loon en uitkering" },
	{ CATEGORY_BUSINESS_RELATIONS, "BUSINESS_RELATIONS", "Wie met wie zaken doet" },
	{ CATEGORY_PERMITS_SUBSIDIES, "PERMITS_SUBSIDIES", "Vergunningen en subsidies" },
	{ CATEGORY_SUPERVISION, "SUPERVISION", "Controles, maatregelen, boetes" },
	{ CATEGORY_TAX, "TAX", "Belastingen en WOZ" },
	{ CATEGORY_POLICE_8_13, "POLICE_8_13", "Meldingen en mutaties van de politie" },
	{ CATEGORY_JUSTICE, "JUSTICE", "Strafzaken" },
	{ CATEGORY_SEXUAL_CONDUCT, "SEXUAL_CONDUCT", "Seksueel gedrag bij uitbuiting" },
	{ CATEGORY_POLICE_9_10, "POLICE_9_10", "Gericht onderzoek van de politie" },
	{ 0 },
};

/* ---- what is wrong with it ------------------------------------------------------------------- */

static size_t characters(const char *text)
{
	size_t count = 0;

	for (; *text != '\0'; text++)
		count += ((unsigned char)*text & 0xC0) != 0x80;
	return count;
}

int attachment_check(const struct attachment_input *in, const char *path, struct problems *problems)
{
	const struct input_value *f = in->file;
	enum media media = MEDIA_NONE;

	if (f == NULL)
		return MEDIA_NONE; /* the form said so */
	if (f->file.len > ATTACHMENT_BYTES_MAX) {
		problems_add(problems, PROBLEM_ERROR, path,
		             "Dit bestand is groter dan 20 MB. Splits het, of bewaar het kleiner.");
		return MEDIA_NONE;
	}
	const enum media_verdict verdict =
	    media_read(&f->file, f->file_name, f->content_type, &media);
	if (verdict != MEDIA_FINE)
		problems_add(problems, PROBLEM_ERROR, path, media_sentence(verdict));
	else if (characters(f->file_name) > ATTACHMENT_NAME_CHARS)
		problems_add(problems, PROBLEM_ERROR, path,
		             "De naam van dit bestand is te lang. Geef het een kortere naam.");
	return (int)media;
}

/* ---- sealing ---------------------------------------------------------------------------------- */

static struct seal_place place_of(const struct uuid *uuid, const char *column, int64_t category,
                                  int64_t source)
{
	return (struct seal_place){ .table = "attachment",
		                    .column = column,
		                    .id = uuid_number(uuid),
		                    .category = category,
		                    .source = source };
}

/* A browser of long ago sends the whole path. */
static const char *last_part(const char *name)
{
	const char *slash = strrchr(name, '/'), *back = strrchr(name, '\\');
	const char *last = slash > back ? slash : back;

	return last != NULL ? last + 1 : name;
}

// NOLINTNEXTLINE(readability-function-size): where, what, when, and room for the answer
enum status attachment_seal(struct keyring *k, const char *folder,
                            const struct attachment_input *in, int media, int64_t now_ms,
                            struct arena *a, struct sealed_attachment *ret, struct error *reterr)
{
	const char *name = last_part(in->file->file_name);
	struct digest d;
	char hex[2 * DIGEST_BYTES + 1];

	if (!sha256_source(&in->file->file, &d))
		return FAIL_INTERNAL(reterr);

	*ret = (struct sealed_attachment){ .uuid = uuid_at(now_ms),
		                           .kind = in->kind,
		                           .media = media,
		                           .category = in->category,
		                           .bytes = (int64_t)in->file->file.len,
		                           .source_participant_id = in->source_participant_id };
	const struct sealed_name where = { folder, ret->uuid };
	const struct seal_place name_place =
	    place_of(&ret->uuid, "name", in->category, in->source_participant_id);
	const struct seal_place digest_place =
	    place_of(&ret->uuid, "digest", in->category, in->source_participant_id);
	hex_text(d.bytes, sizeof d.bytes, hex);
	key_fresh(k, KEY_ATTACHMENT, &ret->key);
	ret->name = seal_in(a, &ret->key.key, &name_place, name, strlen(name), &ret->name_len);
	ret->digest = seal_in(a, &ret->key.key, &digest_place, hex, strlen(hex), &ret->digest_len);
	enum status st = sealed_file_write(&where, &ret->key.key, &in->file->file, reterr);
	seal_key_wipe(&ret->key.key);
	return st;
}

const char *attachment_size(struct arena *a, int64_t bytes)
{
	enum { KB = 1024, MB = 1024 * 1024 };

	if (bytes < MB)
		return arena_printf(a, "%lld kB", (long long)((bytes + KB - 1) / KB));
	return arena_printf(a, "%lld,%lld MB", (long long)(bytes / MB),
	                    (long long)(bytes % MB * 10 / MB));
}
