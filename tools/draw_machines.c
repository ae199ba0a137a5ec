/*
 * draw-machines: each state machine of the program as a drawing for the docs
 *
 *     draw-machines FOLDER           writes FOLDER/NAME.svg
 *     draw-machines --check FOLDER   fails where a drawing there differs from the tables
 */
#include <stdbool.h>

#include "advice/advice.h"
#include "advice/quick_action.h"
#include "analysis/analysis.h"
#include "people/account.h"
#include "people/appointment.h"
#include "casework/casefile.h"
#include "casework/phase.h"
#include "platform/view/machine_svg.h"
#include "requests/information_request.h"
#include "retention/hold.h"
#include "imports/import.h"
#include "interventions/intervention.h"
#include "learning/practice.h"
#include "signals/signal.h"
#include "steering/steering.h"
#include "weighing/weighing.h"

static const struct {
	const struct machine *machine;
	const char *title;
} MACHINES[] = {
	{ &ACCOUNT_MACHINE, "Account" },
	{ &APPOINTMENT_MACHINE, "Aanstelling" },
	{ &SIGNAL_MACHINE, "Signaal" },
	{ &IMPORT_MACHINE, "Inlezen" },
	{ &MEETING_MACHINE, "Overleg" },
	{ &ITEM_MACHINE, "Agendapunt" },
	{ &STEERING_MACHINE, "Stuurploeg" },
	{ &POINT_MACHINE, "Agendapunt van de Stuurploeg" },
	{ &INTERVENTION_MACHINE, "Interventie" },
	{ &REQUEST_MACHINE, "Bevraging" },
	{ &CASEFILE_MACHINE, "Casus" },
	{ &REQUEST_MACHINE, "Bevraging" },
	{ &CASEFILE_MACHINE, "Casus" },
	{ &FROZEN_MACHINE, "Vastgestelde analyse" },
	{ &PHASE_MACHINE, "Fase" },
	{ &HOLD_MACHINE, "Bewaarstop" },
	{ &ADVICE_MACHINE, "Advies" },
	{ &QUICK_MACHINE, "Snelle actie" },
	{ &PRACTICE_MACHINE, "Goede aanpak" },
};

static bool same_as(const char *path, const struct out *o)
{
	static char stored[1 << 20];
	FILE *f = fopen(path, "rb");
	if (f == NULL)
		return false;
	size_t len = fread(stored, 1, sizeof(stored), f);
	fclose(f);
	return len == o->len && memcmp(stored, o->data, len) == 0;
}

static bool written(const char *path, const struct out *o)
{
	FILE *f = fopen(path, "wb");
	if (f == NULL)
		return false;
	bool fine = fwrite(o->data, 1, o->len, f) == o->len;
	return fclose(f) == 0 && fine;
}

int main(int argc, char **argv)
{
	bool check = argc == 3 && strcmp(argv[1], "--check") == 0;
	int failures = 0;

	if (argc != 2 && !check) {
		fputs("usage: draw-machines [--check] FOLDER\n", stderr);
		return 2;
	}
	for (size_t i = 0; i < sizeof(MACHINES) / sizeof(MACHINES[0]); i++) {
		struct out o;
		char path[4096];
		out_init(&o, 1 << 20);
		machine_svg(&o, MACHINES[i].machine, MACHINES[i].title);
		(void)snprintf(path, sizeof(path), "%s/%s.svg", argv[argc - 1],
		               MACHINES[i].machine->name);
		if (!(check ? same_as(path, &o) : written(path, &o))) {
			fprintf(stderr, "%s: %s\n", path,
			        check ? "differs from the table: run draw-machines docs/machines"
			              : "can't be written");
			failures++;
		}
		out_free(&o);
	}
	return failures == 0 ? 0 : 1;
}
