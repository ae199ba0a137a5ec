/* match_times.h - how long many small things took: by the clock, and of processor time */
#ifndef CLI_MATCH_TIMES_H
#define CLI_MATCH_TIMES_H

#include <stddef.h>
#include <stdint.h>

struct match_took {
	float wall_ms;
	float processor_ms; /* of this thread: without what others on the machine did meanwhile */
};
struct match_start {
	int64_t wall_ns, processor_ns;
};

struct match_start match_times_start(void);
struct match_took match_times_since(struct match_start start);

/* One line on stderr: half of them within p50, all but one in a hundred within p99. what: "Toevoegen".
 * Leaves took sorted by processor time. Nothing when count is 0. */
void match_times_tell(const char *what, struct match_took *took, size_t count);

#endif
