/* match_progress.h - a line on the terminal that tells how far a run is */
#ifndef CLI_MATCH_PROGRESS_H
#define CLI_MATCH_PROGRESS_H

#include <pthread.h>
#include <stdbool.h>

#include "matching/progress.h"

/* Lives as long as the run; the run gets &shown.progress. */
struct shown_progress {
	struct progress progress;
	_Atomic bool ending;
	bool started;
	pthread_t thread;
};

/* Shows the line twice a second where stderr is a terminal; elsewhere it does nothing. */
void shown_progress_start(struct shown_progress *s, bool quiet);
void shown_progress_end(struct shown_progress *s);

#endif
