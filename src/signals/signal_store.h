/* signal_store.h - the name that signals.h had; other rooms include that one */
#ifndef SIGNALS_SIGNAL_STORE_H
#define SIGNALS_SIGNAL_STORE_H

#include "signals/signals.h"

#endif
