/*
 * progress.h - how far a run is, for whoever wants to look meanwhile from another thread
 *
 * The run writes, anyone may read at any time. total is an estimate of the work of the stage in
 * units of its own (bytes, buckets of keys): done / total is what it is for.
 */
#ifndef MATCHING_PROGRESS_H
#define MATCHING_PROGRESS_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

enum progress_stage { PROGRESS_BEGIN, PROGRESS_READ, PROGRESS_COMPARE, PROGRESS_WEIGH };

struct progress {
	_Atomic int stage; /* enum progress_stage */
	_Atomic uint64_t done, total;
};

/* p may be NULL: nobody looks. */
static inline void progress_stage(struct progress *p, enum progress_stage stage, uint64_t total)
{
	if (p == NULL)
		return;
	atomic_store_explicit(&p->done, 0, memory_order_relaxed);
	atomic_store_explicit(&p->total, total, memory_order_relaxed);
	atomic_store_explicit(&p->stage, (int)stage, memory_order_relaxed);
}

static inline void progress_add(struct progress *p, uint64_t done)
{
	if (p != NULL)
		atomic_fetch_add_explicit(&p->done, done, memory_order_relaxed);
}

#endif
