/* sights.h - what there is to see in the house, room by room: for "Wat ziet iemand, en waarom?" */
#ifndef SERVER_SIGHTS_H
#define SERVER_SIGHTS_H

#include "explain/sight.h"

extern const struct sight SIGHTS[]; /* ends in a row without label */

#endif
