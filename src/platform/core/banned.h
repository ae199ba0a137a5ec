/* banned.h - functions whose use is a compile error; included before every file */
#ifndef PLATFORM_CORE_BANNED_H
#define PLATFORM_CORE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf strtok gets
#pragma GCC poison atoi atol atof gmtime localtime ctime asctime rand srand

#endif
