#include "demo/stories.h"

static const struct story STORIES[] = {
	{ "LAUNDERING",
	  "LOCATION",
	  "GM",
	  911,
	  "OWN",
	  "Winkel zonder klanten, met steeds een nieuwe houder",
	  "Bij drie controles was de winkel aan $S open, zonder voorraad en zonder klanten. De "
	  "laatste controle was op $D. De exploitatievergunning kreeg in twee jaar vier houders.",
	  "Het kan een dekmantel zijn om geld wit te wassen.",
	  "Wij stuurden twee brieven en voerden een gesprek met de vergunninghouder.",
	  "De winkelstraat is weer van gewone winkels, en het pand is niet meer bruikbaar als "
	  "dekmantel.",
	  { "Drie controles zonder klant of voorraad, en vier vergunninghouders in twee jaar. Dat "
	    "staat in ons vergunningregister.",
	    "Dit past bij witwassen: kosten van huur en personeel zonder zichtbare omzet.",
	    "Wij zien alleen de vergunningen. Of de omzet klopt, weet de Belastingdienst. Of er "
	    "personeel is, weet het UWV.",
	    "Als wij de vergunning intrekken, komt er een nieuwe houder. Alleen samen raakt dit de "
	    "eigenaar.",
	    "Het pand staat in $M, in deze regio." },
	  { STORY_PERSON, STORY_FIRM, STORY_PLACE },
	  "Op welke dagen waren de controles, en wat stond er in de winkel?",
	  "De controles waren op drie zaterdagen. Er stonden vier lege rekken en een kassa zonder "
	  "stroom.",
	  "Zoek uit waarvan deze winkel bestaat, wie er echt achter zit en welke panden erbij "
	  "horen." },
	{ "CANNABIS",
	  "LOCATION",
	  "GM",
	  907,
	  "OWN",
	  "Loods met zware stroomaansluiting en dichte ramen",
	  "De loods aan $S kreeg dit jaar een drie keer zo zware aansluiting. Alle ramen zijn "
	  "dichtgemaakt. Bij het bezoek op $D deed niemand open; er liepen vier afzuigkanalen door "
	  "het dak.",
	  "Dit lijkt op een kwekerij of op voorbereiding daarvan.",
	  "Wij schreven de eigenaar aan. Hij zegt dat hij de loods verhuurt en weet de huurder "
	  "niet.",
	  "De loods wordt weer gewoon verhuurd, en de ondernemers ernaast voelen zich veilig.",
	  { "Een verzwaarde aansluiting, dichte ramen en vier afzuigkanalen, gezien bij toezicht "
	    "op gebouwen.",
	    "Dit past bij georganiseerde hennepteelt: de inrichting is professioneel en de huurder "
	    "verborgen.",
	    "Wij weten niet wie de huurder is en of hij elders ook loodsen huurt.",
	    "Wij kunnen het gebruik stoppen, maar de huurder gaat dan naar een andere loods. De "
	    "politie en de Belastingdienst zijn nodig.",
	    "De loods staat op een bedrijventerrein in $M." },
	  { STORY_PLACE, STORY_FIRM, STORY_VEHICLE },
	  "Wanneer is de aansluiting verzwaard, en wie vroeg dat aan?",
	  "In het voorjaar. De aanvraag staat op naam van het bedrijf dat ook op het bord bij de "
	  "poort staat.",
	  "Breng in beeld wie de loodsen op dit terrein huurt en wie daaraan verdient." },
	{ "DRUGS",
	  "OPPORTUNITY",
	  "GM",
	  804,
	  "KNOWN",
	  "Jongens wachten 's nachts bij het haventerrein",
	  "Toezichthouders zagen in zes nachten groepjes van twee tot vier jongens bij het hek aan "
	  "$S. Er zijn drie gaten in het hek geknipt. Op $D lagen er twee rugzakken met "
	  "handschoenen en een zaklamp.",
	  "Het gaat waarschijnlijk om uithalers.",
	  "Het havenbedrijf repareerde het hek drie keer. De boa's lopen een extra ronde.",
	  "Jongens uit de buurt zien dit niet meer als makkelijk geld.",
	  { "Zes nachten met waarnemingen van onze toezichthouders, drie gaten in het hek, spullen "
	    "die achterbleven.",
	    "Dit past bij drugshandel: het zijn de plek, de tijd en de spullen van uithalers.",
	    "Wij weten niet welke containers het betreft en wie deze jongens stuurt.",
	    "Een gebiedsverbod helpt tegen de jongens, niet tegen wie ze stuurt. Douane, politie "
	    "en haven moeten samen optreden.",
	    "Het terrein ligt in $M; de jongens komen uit deze regio." },
	  { STORY_PLACE, STORY_VEHICLE, STORY_NONE },
	  "Zijn er kentekens genoteerd van auto's die de jongens brachten?",
	  "Ja, van één auto, die in drie nachten is gezien. Het kenteken staat nu bij de "
	  "onderwerpen.",
	  "Zoek uit hoe de jongens worden geworven, wie hen brengt en welke bedrijven toegang "
	  "geven." },
	{ "HUMAN_TRAFFICKING",
	  "SUBJECT",
	  "NLA",
	  1101,
	  "OWN",
	  "Negen mensen slapen boven de keuken",
	  "Bij de controle van restaurant $F aan $S op $D troffen inspecteurs negen matrassen "
	  "boven de keuken aan. Zeven mensen werkten er zonder rooster. Hun paspoorten lagen in "
	  "een kluis op kantoor.",
	  "De medewerkers lijken niet vrij om te gaan.",
	  "Wij maakten een boeterapport op voor de arbeidstijden.",
	  "De medewerkers zijn veilig en krijgen hun loon; de eigenaar kan dit niet elders "
	  "herhalen.",
	  { "Negen matrassen, zeven medewerkers zonder rooster, paspoorten in een kluis: "
	    "vastgelegd door onze inspecteurs.",
	    "Dit past bij mensenhandel: werk en slapen op één plek, en papieren die zijn "
	    "afgenomen.",
	    "Wij zien de arbeid. Verblijf, huur en geldstromen zien de IND, de gemeente en de "
	    "Belastingdienst.",
	    "Een boete alleen laat de medewerkers zonder huis en werk achter. Gemeente en politie "
	    "zijn nodig voor opvang en onderzoek.",
	    "Het restaurant staat in $M; een tweede zaak staat in een buurgemeente." },
	  { STORY_FIRM, STORY_PERSON, STORY_PLACE },
	  "Is er al contact met de opvang voor deze mensen?",
	  "Ja. Vier van hen hebben hulp aanvaard; drie zijn vertrokken zonder adres.",
	  "Breng de zaken van deze ondernemer in beeld, en wie er woont en werkt." },
	{ "REAL_ESTATE",
	  "LOCATION",
	  "GM",
	  908,
	  "OWN",
	  "Drie panden met te veel bewoners en één beheerder",
	  "Op $S staan 14 mensen ingeschreven in een woning voor vier. Twee panden in dezelfde "
	  "straat laten hetzelfde zien. Bewoners betalen contant aan dezelfde beheerder. De "
	  "laatste controle was op $D.",
	  "Dit lijkt op uitbuiting door huisjesmelkers.",
	  "Wij legden een last onder dwangsom op voor één pand.",
	  "Bewoners wonen veilig en betalen een gewone huur.",
	  { "Inschrijvingen, drie controles en verklaringen van vier bewoners over contante huur.",
	    "Dit past bij misbruik van vastgoed: te veel bewoners, contante huur en verborgen "
	    "eigenaren.",
	    "Wij weten niet waar de huur naartoe gaat en wie de panden betaalde.",
	    "Onze dwangsom raakt één pand. De eigenaar heeft er meer; alleen samen stopt het "
	    "verdienmodel.",
	    "De panden staan in $M." },
	  { STORY_PERSON, STORY_PLACE, STORY_FIRM },
	  "Wie staat als eigenaar in het kadaster?",
	  "Twee panden staan op naam van één vennootschap, het derde op naam van een particulier.",
	  "Zoek uit wie de eigenaren zijn, hoe de panden zijn betaald en waar de huur blijft." },
	{ "LABOUR",
	  "SUBJECT",
	  "NLA",
	  1105,
	  "OWN",
	  "Uitzendbureau zonder kantoor, met busjes vol mensen",
	  "Uitzendbureau $F heeft geen kantoor op het adres $S. Elke ochtend vertrekken er vier "
	  "busjes met elk acht mensen. Van de 41 gecontroleerde medewerkers op $D kregen 29 minder "
	  "dan het minimumloon.",
	  "Er is een vast patroon van onderbetaling.",
	  "Wij legden eerder een boete op. De vennootschap hief zich op; een nieuwe ging verder.",
	  "Medewerkers krijgen hun loon, en inleners kiezen een eerlijk bureau.",
	  { "Controle van 41 medewerkers, loonstroken en vier busjes, vastgelegd in ons rapport.",
	    "Dit hoort bij uitbuiting op het werk: onderbetaling, huisvesting en vervoer in één "
	    "hand.",
	    "Wij missen wie achter de opeenvolgende vennootschappen zit en waar het geld blijft.",
	    "Een boete aan een lege vennootschap werkt niet. Belastingdienst, gemeente en UWV "
	    "kunnen de mensen erachter raken.",
	    "De medewerkers wonen en werken in $M en omgeving." },
	  { STORY_FIRM, STORY_PERSON, STORY_VEHICLE },
	  "Bij welke bedrijven werken deze mensen?",
	  "Bij drie tuinders en één verpakkingsbedrijf; de namen van die bedrijven staan in ons "
	  "rapport.",
	  "Breng de keten van bureau, huisvesting en inleners in beeld." },
	{ "CARE_FRAUD",
	  "SUBJECT",
	  "GM",
	  905,
	  "KNOWN",
	  "Zorgbureau declareert uren die niemand ziet",
	  "Zorgbureau $F op $S declareert voor 23 cliënten de volle uren. Bij huisbezoeken op $D "
	  "was er bij negen van de tien geen begeleider geweest die week. De bestuurder kocht twee "
	  "panden in een jaar.",
	  "Mogelijk wordt zorggeld voor iets anders gebruikt.",
	  "Wij stopten twee budgetten en vroegen de administratie op; die kregen wij niet.",
	  "Cliënten krijgen zorg, en zorggeld gaat niet naar panden.",
	  { "Declaraties, tien huisbezoeken en een weigering om de administratie te tonen.",
	    "Dit hoort bij zware georganiseerde criminaliteit met geldstromen: grote bedragen, "
	    "schijnzorg en vastgoed.",
	    "Wij zien alleen onze eigen budgetten. Andere gemeenten en de Belastingdienst zien de "
	    "rest.",
	    "Als wij stoppen, gaat het bureau verder in een buurgemeente. Samen stopt het wel.",
	    "Het bureau zit in $M en werkt in vier gemeenten van deze regio." },
	  { STORY_FIRM, STORY_PERSON, STORY_NONE },
	  "Om welke gemeenten gaat het?",
	  "Om vier gemeenten; met twee daarvan hebben wij al gesproken.",
	  "Zoek uit waar het zorggeld blijft en welke bestuurders vaker terugkomen." },
	{ "MOTORCYCLE_GANGS",
	  "SUBJECT",
	  "POLICE",
	  101,
	  "OWN",
	  "Clubhuis in een garagebedrijf",
	  "Sinds het voorjaar komen leden van een verboden motorclub elke vrijdag samen in garage "
	  "$F aan $S. Op $D zijn 31 motoren geteld. Ondernemers in de straat zeggen geen aangifte "
	  "te durven doen.",
	  "De garage is waarschijnlijk een voortzetting van het clubhuis.",
	  "De wijkagent sprak met de ondernemers; niemand wil iets verklaren.",
	  "De straat is weer van de ondernemers, en de club heeft geen plek.",
	  { "Waarnemingen van dertien vrijdagen, tellingen en gesprekken door de wijkagent.",
	    "Dit hoort bij zware georganiseerde criminaliteit: een verboden club die haar werk "
	    "voortzet.",
	    "Wij weten niet wie de garage betaalt en of de vergunningen kloppen.",
	    "Wij kunnen controleren, de gemeente kan sluiten en de Belastingdienst kan de boeken "
	    "bekijken. Los van elkaar werkte het niet.",
	    "De garage staat in $M." },
	  { STORY_FIRM, STORY_PLACE, STORY_VEHICLE },
	  "Zijn er eerdere besluiten over dit adres?",
	  "Twee jaar geleden is op dit adres een vergunning geweigerd. Het stuk ligt bij de "
	  "gemeente.",
	  "Breng in beeld wie de garage draagt en wat partners tegen de voortzetting kunnen "
	  "doen." },
	{ "ENVIRONMENT",
	  "PHENOMENON",
	  "NVWA",
	  1201,
	  "OWN",
	  "Vaten met afval in sloten langs de polderweg",
	  "In negen weken zijn zes keer vaten gevonden langs $S, de laatste keer op $D. Het gaat "
	  "om 48 vaten met resten van oplosmiddel. De vaten komen van één leverancier.",
	  "Dit is afval van een drugslab in de omgeving.",
	  "De vaten zijn opgeruimd; de boer betaalde de eerste keer zelf.",
	  "Boeren draaien niet meer op voor dit afval, en het lab verdwijnt.",
	  { "Zes vondsten met foto's en een analyse van de vaten, door onze inspecteurs "
	    "vastgelegd.",
	    "Dit past bij drugsproductie: soort en hoeveelheid horen bij een lab.",
	    "Wij weten waar de vaten vandaan komen, niet wie ze kocht.",
	    "Opruimen stopt niets. Politie, gemeente, waterschap en leverancier moeten samen "
	    "optreden.",
	    "De vindplaatsen liggen in $M." },
	  { STORY_PLACE, STORY_VEHICLE, STORY_NONE },
	  "Is er iets bekend over de koper van de vaten?",
	  "De leverancier noemt één koper in deze regio; die staat nu bij de onderwerpen.",
	  "Zoek uit waar de vaten worden gekocht, wie ze vervoert en waar het lab staat." },
	{ "LAUNDERING",
	  "SUBJECT",
	  "TAX",
	  201,
	  "OWN",
	  "Autoverhuur met meer auto's dan omzet",
	  "Autoverhuurder $F op $S geeft 60.000 euro omzet op en heeft 34 dure auto's. De leningen "
	  "komen van personen zonder inkomen dat daarbij past. De laatste aangifte is van $D.",
	  "De auto's lijken met crimineel geld betaald.",
	  "Wij begonnen een boekenonderzoek; de administratie is onvolledig.",
	  "De verhuur is geen rijdende bank meer voor criminelen.",
	  { "Aangiften, kentekens en leningen zonder herkomst, uit ons boekenonderzoek.",
	    "Dit past bij witwassen: dure bezittingen en leningen zonder bank.",
	    "Wij weten niet wie in de auto's rijden en wie de geldschieters echt zijn.",
	    // NOLINTNEXTLINE(bugprone-suspicious-missing-comma): one sentence of more than a line
	    "Een naheffing alleen verplaatst de auto's naar een nieuwe vennootschap. De politie en "
	    "de gemeente kunnen die weg afsluiten.",
	    "Het bedrijf staat in $M." },
	  { STORY_FIRM, STORY_PERSON, STORY_VEHICLE },
	  "In welke gemeenten rijden de auto's rond?",
	  "Vooral in vier gemeenten in de regio; dat blijkt uit de boetes.",
	  "Zoek uit wie de auto's gebruikt en wie het geld leent." },
	{ "REAL_ESTATE",
	  "OPPORTUNITY",
	  "GM",
	  906,
	  "OWN",
	  "Vakantiepark waar mensen het hele jaar wonen",
	  "Op het park aan $S zijn 61 van de 140 huisjes het hele jaar bewoond. Twaalf huisjes "
	  "wisselden dit jaar twee keer van eigenaar, steeds contant. Bij de controle op $D was "
	  "een deel van de huisjes afgesloten met camera's.",
	  "Het park is kwetsbaar voor mensen die niet gevonden willen worden.",
	  "Wij spraken met de beheerder; die wil stoppen maar vindt geen koper.",
	  "Het park is weer voor vakantie, en bewoners die hulp nodig hebben krijgen die.",
	  { "Controle van 140 huisjes, eigendomswisselingen en verklaringen van de beheerder.",
	    "Dit past bij misbruik van vastgoed: contante wisselingen en verborgen bewoners.",
	    "Wij missen wie er woont zonder inschrijving en waar het geld voor de huisjes vandaan "
	    "komt.",
	    "Handhaven op wonen raakt de verkeerde mensen als niet ook politie en Belastingdienst "
	    "meedoen.",
	    "Het park ligt in $M." },
	  { STORY_PLACE, STORY_FIRM, STORY_NONE },
	  "Hoeveel bewoners staan ingeschreven op het park?",
	  "Achttien. De anderen staan nergens of op een ander adres ingeschreven.",
	  "Breng eigenaren, bewoners en geldstromen van het park in beeld." },
	{ "DRUGS",
	  "LOCATION",
	  "GM",
	  803,
	  "OWN",
	  "Café waar drugs onder de toonbank ligt",
	  "Bij de controle van café $F aan $S op $D zijn 36 zakjes gevonden achter de tap. In de "
	  "kelder stond een geldtelmachine. Het is de tweede vondst in een jaar.",
	  "De exploitant lijkt niet zelf de baas te zijn.",
	  "Wij gaven vorig jaar een waarschuwing.",
	  "Het café is dicht of van een gewone ondernemer; de buurt merkt het verschil.",
	  { "Twee vondsten bij controles, een geldtelmachine en een eerdere waarschuwing.",
	    // NOLINTNEXTLINE(bugprone-suspicious-missing-comma): one sentence of more than a line
	    "Dit past bij georganiseerde drugshandel: voorraad, geldtelmachine en een exploitant "
	    "op papier.",
	    "Wij weten niet wie de zaak echt leidt en waar het geld heen gaat.",
	    "Sluiten duurt zes maanden; daarna begint het opnieuw als de eigenaar dezelfde blijft.",
	    "Het café staat in $M." },
	  { STORY_FIRM, STORY_PERSON, STORY_VEHICLE },
	  "Op wiens naam staat de vergunning?",
	  "Op naam van een man die volgens de buren nooit in het café is.",
	  "Zoek uit wie het café leidt, en of de vergunning en de pacht kloppen." },
};

static const char *const STREETS[] = { "Kwartelkade",    "Ankersteeg",       "Rietgorzenlaan",
	                               "Tolhekweg",      "Gruttohof",        "Schippersdam",
	                               "Lindelaagte",    "Vlaskamp",         "Zilverreigerpad",
	                               "Oude Sluiskade", "Meestoofweg",      "Hennepwerf",
	                               "Beverdijk",      "Korenbeursstraat", "Taanschuur",
	                               "Wulpenplein" };
static const char *const FIRMS[] = { "De Blauwe Emmer",  "Noorderzwaan",       "Driesprong Handel",
	                             "Zilverpunt",       "Kleine Beer",        "Oostwal Beheer",
	                             "Het Groene Anker", "Windroos Verhuur",   "Morgenster Zorg",
	                             "De Lange Lijn",    "Kruiwagen Diensten", "Bosuil Trading",
	                             "Halve Maan",       "Waterlelie",         "Rode Luifel",
	                             "Vlonder en Zoon" };

#define COUNT(t) (sizeof(t) / sizeof((t)[0]))

const struct story *demo_stories(size_t *ret_count)
{
	*ret_count = COUNT(STORIES);
	return STORIES;
}

const char *demo_street(size_t i)
{
	return STREETS[i % COUNT(STREETS)];
}

const char *demo_firm(size_t i)
{
	return FIRMS[i % COUNT(FIRMS)];
}
