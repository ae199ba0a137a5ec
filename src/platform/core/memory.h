/* memory.h - when there is none left: no sensible answer exists, the supervisor restarts us */
#ifndef PLATFORM_CORE_MEMORY_H
#define PLATFORM_CORE_MEMORY_H

/* Says so on standard error and stops the process. */
_Noreturn void memory_exhausted(void);

#endif
