#include "demo/deltaland.h"

enum { AGES = 20080101, EXISTS = 0 };

static const struct deltaland_municipality MUNICIPALITIES[] = {
	{ "9901", "Duinwaard", 38400, AGES, EXISTS, NULL },
	{ "9902", "Oosterhaven", 655200, AGES, EXISTS, NULL },
	{ "9903", "Lindemeer", 124600, AGES, EXISTS, NULL },
	{ "9904", "Sluisdam", 27300, AGES, EXISTS, NULL },
	{ "9905", "Kronewaard", 79800, AGES, EXISTS, NULL },
	{ "9906", "Molenbroek", 21900, AGES, EXISTS, NULL },
	{ "9907", "Brederzand", 118300, AGES, EXISTS, NULL },
	{ "9908", "Elzenoord", 48700, AGES, EXISTS, NULL },
	{ "9909", "Grevelstein", 66100, AGES, EXISTS, NULL },
	{ "9910", "Haverlo", 14200, AGES, EXISTS, NULL },
	{ "9911", "IJsselbroek", 31500, AGES, EXISTS, NULL },
	{ "9912", "Klaverdijk", 25800, AGES, EXISTS, NULL },
	{ "9913", "Oeverstad", 73400, AGES, EXISTS, NULL },
	{ "9914", "Polderhoven", 33600, AGES, EXISTS, NULL },
	{ "9915", "Rietmonde", 19700, AGES, EXISTS, NULL },
	{ "9916", "'s-Gravenoord", 44900, AGES, EXISTS, NULL },
	{ "9917", "Veldermonde", 29100, AGES, EXISTS, NULL },
	{ "9918", "Wilgenrade", 18900, AGES, EXISTS, NULL },
	{ "9919", "Zijlmeer", 52300, 20150101, EXISTS, NULL },
	{ "9920", "Deltapoort", 87900, 20190101, EXISTS, NULL },
	{ "9921", "Drieherenland", 44200, 20190101, EXISTS, NULL },
	{ "9922", "Groenvliet", 30400, 20190101, EXISTS, NULL },
	{ "9923", "Kustmonde", 73100, 20230101, EXISTS, NULL },
	{ "9924", "Oudezijl", 21300, AGES, 20141231, "9919" },
	{ "9925", "Nieuwezijl", 29800, AGES, 20141231, "9919" },
	{ "9926", "Ankerveen", 24100, AGES, 20181231, "9920" },
	{ "9927", "Boezemdijk", 12700, AGES, 20181231, "9920" },
	{ "9928", "Kruisgors", 10900, AGES, 20181231, "9920" },
	{ "9929", "Steenkreek", 8600, AGES, 20181231, "9920" },
	{ "9930", "Hoekerland", 28700, AGES, 20181231, "9920" },
	{ "9931", "Aalhof", 14600, AGES, 20181231, "9921" },
	{ "9932", "Berkenvoort", 20400, AGES, 20181231, "9921" },
	{ "9933", "Heerloo", 8700, AGES, 20181231, "9921" },
	{ "9934", "Groenhoek", 17100, AGES, 20181231, "9922" },
	{ "9935", "Vlietzand", 12600, AGES, 20181231, "9922" },
	{ "9936", "Brielzand", 17500, AGES, 20221231, "9923" },
	{ "9937", "Helderkreek", 40300, AGES, 20221231, "9923" },
	{ "9938", "Westduin", 14900, AGES, 20221231, "9923" },
};

const struct deltaland_municipality *deltaland_municipalities(size_t *ret_count)
{
	*ret_count = sizeof MUNICIPALITIES / sizeof MUNICIPALITIES[0];
	return MUNICIPALITIES;
}

static const struct deltaland_participant PARTICIPANTS[] = {
	{ "RIEC", "riec-deltaland.example" },
	{ "POLICE", "politie.example" },
	{ "TAX", "belastingdienst.example" },
	{ "FIOD", "fiod.example" },
	{ "KMAR", "marechaussee.example" },
	{ "UWV", "uwv.example" },
	{ "IND", "ind.example" },
	{ "OM", "om.example" },
	{ "NLA", "nla.example" },
	{ "NVWA", "nvwa.example" },
	{ "PROV-DELTA", "provincie-delta.example" },
	{ "GM9901", "duinwaard.example" },
	{ "GM9902", "oosterhaven.example" },
	{ "GM9903", "lindemeer.example" },
	{ "GM9904", "sluisdam.example" },
	{ "GM9905", "kronewaard.example" },
	{ "GM9906", "molenbroek.example" },
	{ "GM9907", "brederzand.example" },
	{ "GM9908", "elzenoord.example" },
	{ "GM9909", "grevelstein.example" },
	{ "GM9910", "haverlo.example" },
	{ "GM9911", "ijsselbroek.example" },
	{ "GM9912", "klaverdijk.example" },
	{ "GM9913", "oeverstad.example" },
	{ "GM9914", "polderhoven.example" },
	{ "GM9915", "rietmonde.example" },
	{ "GM9916", "s-gravenoord.example" },
	{ "GM9917", "veldermonde.example" },
	{ "GM9918", "wilgenrade.example" },
	{ "GM9919", "zijlmeer.example" },
	{ "GM9920", "deltapoort.example" },
	{ "GM9921", "drieherenland.example" },
	{ "GM9922", "groenvliet.example" },
	{ "GM9923", "kustmonde.example" },
};

const struct deltaland_participant *deltaland_participants(size_t *ret_count)
{
	*ret_count = sizeof PARTICIPANTS / sizeof PARTICIPANTS[0];
	return PARTICIPANTS;
}
