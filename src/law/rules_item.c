#include "law/rules.h"
#include "law/topics.h"

#define BGS_215 "BGS, artikel 2.15"
#define ART_222 "WGS, artikel 2.22, eerste lid"

struct verdict law_r1_complete(const struct law_item *item)
{
	if (law_category(item->category) == NULL)
		return verdict_no("R-1", ART_222, "Wat voor gegeven is dit? Kies eerst de soort.",
		                  "Kies uit de lijst wat het is. Plein weet dan de rest.");
	if (!law_letter_known(item->source))
		return verdict_no("R-1", BGS_215, "Van wie komt dit gegeven? Kies de deelnemer.",
		                  "Kies de deelnemer die het levert.");
	if (item->phase > PHASE_3)
		return verdict_no("R-1", "WGS, artikel 2.23, zesde lid",
		                  "In welke fase hoort dit gegeven? Dat is niet vastgelegd.",
		                  "Kies de fase die voor deze persoon open is.");
	return verdict_yes();
}

static struct verdict x1_no(const char *sentence, const char *next)
{
	return verdict_no("X-1", ART_222, sentence, next);
}

struct verdict law_x1_traceable(const struct law_item *item)
{
	if (!item->about_subject && !item->about_place && !item->about_phenomenon)
		return x1_no("Over wie of wat gaat dit? Noem een persoon, plek of verschijnsel.",
		             "Kies waar het gegeven bij hoort.");
	if (!item->in_signal && !item->in_casefile)
		return x1_no("Dit gegeven hoort nog bij geen signaal of casus.",
		             "Leg het vast in een signaal of casus.");
	if (item->received_day == DAY_NONE)
		return x1_no("Wanneer kwam dit gegeven binnen? Vul de dag in.", "Vul de dag in.");
	const struct law_task *task = law_task(item->task);
	if (task == NULL)
		return x1_no("Uit welke taak of welk register komt dit? Kies er een.",
		             "Staat de taak er niet bij? Dan mag het gegeven niet in Plein.");
	if (task->letter != item->source)
		return x1_no("Deze taak hoort niet bij de deelnemer die het gegeven levert.",
		             "Kies de taak van deze deelnemer, of een andere deelnemer.");
	return verdict_yes();
}

struct verdict law_x2_phase_open(const struct law_item *item)
{
	const struct law_category_row *row = law_category(item->category);

	if (row == NULL || !item->in_casefile || !item->about_subject)
		return verdict_yes(); /* R-1 speaks about the first; phase 0 has its own rule */
	enum law_phase needed = row->phase > item->phase ? row->phase : item->phase;
	if (needed <= item->opened_phase)
		return verdict_yes();
	if (needed == PHASE_3)
		return verdict_no(
		    "X-2", "WGS, artikel 2.23, zesde lid, onderdeel c",
		    "Nee, nog niet. Fase 3 is voor deze betrokkene dicht.",
		    "De werkgroep kan fase 3 openen. Politie en OM moeten instemmen.");
	if (needed == PHASE_2)
		return verdict_no("X-2", "WGS, artikel 2.23, zesde lid, onderdeel b",
		                  "Nee, nog niet. Fase 2 is voor deze betrokkene dicht.",
		                  "De werkgroep kan fase 2 openen. Leg uit waarom het nodig is.");
	return verdict_no(
	    "X-2", "WGS, artikel 2.23, zesde lid, onderdeel a",
	    "Nee, nog niet. Het overleg heeft dit signaal niet in behandeling genomen.",
	    "Wacht op het besluit van het overleg.");
}

static struct verdict not_from_tax(enum law_category category)
{
	return verdict_no(
	    "R-3", BGS_215,
	    category == CATEGORY_INCOME
		? "Nee. Inkomen mag niet van de Belastingdienst komen."
		: "Nee. Financiële gegevens mogen niet van de Belastingdienst komen.",
	    category == CATEGORY_INCOME
		? "Vraag het aan het UWV of de gemeente. Een aangifte of aanslag "
		  "mag wel, in fase 2."
		: "Vraag het aan de gemeente, het UWV of de politie. Fiscale gegevens "
		  "mogen wel, in fase 2.");
}

static struct verdict wrong_source(enum law_category category)
{
	switch ((int)category) {
	case CATEGORY_RESIDENCE_STATUS:
		return verdict_no("R-3", BGS_215,
		                  "Nee. Verblijfsstatus mag alleen van de IND komen.",
		                  "Vraag het aan de IND.");
	case CATEGORY_PERMITS_SUBSIDIES:
		return verdict_no(
		    "R-3", BGS_215,
		    "Nee. Vergunningen en subsidies mogen alleen komen van gemeente, "
		    "provincie, UWV of NVWA.",
		    "Vraag het aan wie het besluit nam. Een voornemen of maatregel valt "
		    "onder toezicht: dat mag elke deelnemer leveren.");
	case CATEGORY_FINANCIAL:
	case CATEGORY_INCOME:
		return not_from_tax(category);
	case CATEGORY_TAX:
		return verdict_no(
		    "R-3", BGS_215,
		    "Nee. Fiscale gegevens mogen alleen komen van de Belastingdienst of "
		    "het college van de gemeente.",
		    "Vraag het aan de Belastingdienst of het college.");
	case CATEGORY_POLICE_8_13:
		return verdict_no(
		    "R-3", "WGS, artikel 2.22, eerste lid, onderdeel a, onder 2°",
		    "Nee. Politiegegevens komen van wie ze zelf verwerkt, zoals politie, "
		    "Marechaussee of boa.",
		    "Vraag het aan de politie.");
	case CATEGORY_JUSTICE:
		return verdict_no("R-3", "WGS, artikel 2.22, eerste lid, onderdeel a, onder 2°",
		                  "Nee. Strafvorderlijke gegevens mogen alleen van het OM komen.",
		                  "Vraag het aan het OM.");
	case CATEGORY_POLICE_9_10:
		return verdict_no(
		    "R-3", "WGS, artikel 2.22, eerste lid, onderdeel a, onder 3°",
		    "Nee. Deze politiegegevens komen alleen van politie, Marechaussee of een "
		    "opsporingsdienst.",
		    "Vraag het aan de politie.");
	default:
		return verdict_no("R-3", BGS_215,
		                  "Nee. Deze deelnemer mag dit gegeven niet leveren.",
		                  "Kies een andere deelnemer.");
	}
}

struct verdict law_r3_source(const struct law_item *item)
{
	if (law_category(item->category) == NULL ||
	    law_source_may(item->category, item->source, item->source_unit))
		return verdict_yes();
	return wrong_source(item->category);
}

struct verdict law_x3_source_category(const struct law_item *item)
{
	if (item->category == CATEGORY_STAFF)
		return verdict_no(
		    "X-3", "WGS, artikel 2.22, eerste lid, onderdeel c",
		    "Nee. Dit zijn gegevens over medewerkers, niet over een betrokkene.",
		    "Medewerkers staan alleen bij hun eigen account.");
	struct verdict v = law_r3_source(item);
	if (v.kind != VERDICT_YES)
		v.rule = "X-3";
	return v;
}

struct verdict law_x4_no_heavy_on_scan(const struct law_item *item)
{
	bool heavy = item->category == CATEGORY_POLICE_9_10 || item->phase == PHASE_3;

	if (!heavy || item->activity != ACTIVITY_SCAN)
		return verdict_yes();
	return verdict_no("X-4", "WGS, artikel 2.23, zesde lid, onderdeel c",
	                  "Nee. In een gebiedsscan mag fase 3 nooit open.",
	                  "Is het nodig voor een persoon? Breng een signaal in voor een casus.");
}

struct verdict law_x5_sexual_conduct(const struct law_item *item)
{
	if (item->category != CATEGORY_SEXUAL_CONDUCT)
		return verdict_yes();
	if (item->crime_form != CRIME_FORM_HUMAN_TRAFFICKING && !item->exploitation)
		return verdict_no(
		    "X-5", BGS_215,
		    "Nee. Seksueel gedrag mag alleen bij mensenhandel, illegale prostitutie "
		    "of uitbuiting.",
		    "Laat het weg. Gaat de casus hierover? Leg dan eerst die vorm vast.");
	if (!item->criminal_data_present)
		return verdict_no(
		    "X-5", BGS_215,
		    "Nee. Dit mag alleen als aanvulling op strafrechtelijke gegevens over "
		    "deze persoon.",
		    "Vraag eerst de politie of het OM om hun gegevens.");
	return verdict_yes();
}

static bool grade_known(char source_grade, char information_grade)
{
	bool source = source_grade == 'A' || source_grade == 'B' || source_grade == 'C' ||
	              source_grade == 'X';
	return source && information_grade >= '1' && information_grade <= '4';
}

struct verdict law_x8_fact_or_judgement(const struct law_item *item)
{
	if (item->is_judgement && !item->has_author)
		return verdict_no("X-8", "Wet politiegegevens, artikel 4, derde lid",
		                  "Wiens oordeel is dit? Noem de persoon of het team.",
		                  "Vul in wie dit vindt.");
	if (!item->is_judgement && !item->has_origin)
		return verdict_no("X-8", "BGS, artikel 1.6, eerste lid",
		                  "Hoe weet uw organisatie dit? Kies waar het feit vandaan komt.",
		                  "Is het een mening? Leg het vast als oordeel.");
	if (item->category == CATEGORY_POLICE_9_10 &&
	    !grade_known(item->source_grade, item->information_grade))
		return verdict_no(
		    "X-8", "Wet politiegegevens, artikel 3, vijfde lid",
		    "Hoe betrouwbaar zijn bron en informatie? In fase 3 is dat verplicht.",
		    "Kies een letter voor de bron en een cijfer voor de informatie.");
	return verdict_yes();
}

struct verdict law_x21_no_bibob_advice(const struct law_item *item)
{
	const struct law_kind *kind = law_kind(item->kind);

	if (item->is_bibob_advice)
		return verdict_no("X-21", "Wet Bibob, artikel 28",
		                  "Nee. Een Bibob-advies blijft buiten Plein.",
		                  "De aanvraag, uw besluit en een procedure mogen wel.");
	if (kind != NULL && kind->refused)
		return verdict_no("X-21", kind->article, kind->note,
		                  "Laat het weg en gebruik wat wel mag.");
	return verdict_yes();
}

struct verdict law_phase_0(const struct law_item *item)
{
	const struct law_category_row *row = law_category(item->category);

	if (row == NULL || row->in_signal == IN_SIGNAL_YES)
		return verdict_yes();
	if (row->in_signal == IN_SIGNAL_NEVER)
		return verdict_no("X-2", "WGS, artikel 2.23, eerste en zesde lid",
		                  "Nee. Dit mag niet in een signaal. Het kan pas in een casus.",
		                  "Laat het weg. In de casus kan het overleg erom vragen.");
	if (item->marked_minimum)
		return verdict_yes();
	return verdict_only_if("X-2", "WGS, artikel 2.23, eerste lid",
	                       "Alleen als dit nodig is om het signaal te begrijpen.",
	                       "Beperk het tot het minimum en vink dat aan.");
}

static struct verdict at_its_stage(const struct law_item *item)
{
	return item->in_casefile ? law_x2_phase_open(item) : law_phase_0(item);
}

struct verdict law_item_may(const struct law_item *item)
{
	static struct verdict (*const rules[])(const struct law_item *) = {
		law_x21_no_bibob_advice,
		law_r1_complete,
		law_x3_source_category,
		law_x4_no_heavy_on_scan,
		at_its_stage,
		law_x5_sexual_conduct,
		law_x1_traceable,
		law_x8_fact_or_judgement,
	};

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		struct verdict v = rules[i](item);
		if (v.kind != VERDICT_YES)
			return v;
	}
	return verdict_yes();
}

struct verdict law_r4_nationality(bool to_identify, bool has_reason)
{
	if (to_identify && has_reason)
		return verdict_yes();
	if (to_identify)
		return verdict_only_if("R-4", "BGS, artikel 1.9",
		                       "Alleen als het niet anders kan om te weten wie dit is.",
		                       "Schrijf waarom naam en geboortedatum niet genoeg zijn.");
	return verdict_no("R-4", "BGS, artikel 1.9",
	                  "Nee. Nationaliteit mag alleen om vast te stellen wie iemand is.",
	                  "Laat het weg.");
}

struct verdict law_r5_topic(int topic)
{
	const struct law_topic_row *row = law_topic((enum law_topic)topic);

	if (row == NULL)
		return verdict_yes();
	return verdict_no(row->rule, row->article, row->sentence,
	                  "Haal het weg. Gaat het om zorg? Ga naar het Zorg- en Veiligheidshuis.");
}

struct verdict law_r6_bsn(bool in_own_field, bool on_person, bool adopted_or_own_draft)
{
	if (!on_person)
		return verdict_no("R-6", "WGS, artikel 2.21, eerste lid",
		                  "Een BSN hoort alleen bij een persoon.",
		                  "Kies de persoon, of laat het weg.");
	if (!in_own_field)
		return verdict_only_if("R-6", "WGS, artikel 2.21, eerste lid",
		                       "Alleen als u het in het vak BSN zet, niet in de tekst.",
		                       "Zet het over. Plein haalt het uit de tekst.");
	if (!adopted_or_own_draft)
		return verdict_no(
		    "R-6", "WGS, artikel 2.21, eerste lid",
		    "Een BSN kan hier pas als het overleg het signaal in behandeling neemt.",
		    "De indiener kan het zelf invullen.");
	return verdict_yes();
}
