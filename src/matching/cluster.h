/*
 * cluster.h - records that hang together by pairs
 *
 * Connected components by union-find (Tarjan 1975): nearly linear. A cluster is a proposal: it
 * follows from the pairs and is kept nowhere.
 */
#ifndef MATCHING_CLUSTER_H
#define MATCHING_CLUSTER_H

#include <stddef.h>
#include <stdint.h>

#include "matching/block.h"

/* For each record the lowest record number of its cluster (itself when alone), into ret[count]. */
void clusters_of(const struct pair *pairs, size_t pair_count, uint32_t count, uint32_t *ret);

#endif
